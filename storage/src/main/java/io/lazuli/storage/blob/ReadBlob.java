package io.lazuli.storage.blob;

import io.lazuli.storage.content.Blob;
import io.lazuli.storage.content.BlobAddress;
import io.lazuli.storage.content.Blobs;
import io.lazuli.storage.content.Containers;
import io.lazuli.storage.content.CustomerKey;
import io.lazuli.storage.content.Directories;
import io.lazuli.storage.content.Generation;
import io.lazuli.storage.http.ByteRange;
import io.lazuli.storage.http.Caller;
import io.lazuli.storage.http.Conditions;
import io.lazuli.storage.http.Crc64;
import io.lazuli.storage.http.Exchange;
import io.lazuli.storage.http.ServiceFailure;
import io.lazuli.storage.http.StructuredMessage;
import io.lazuli.storage.http.StructuredWriter;
import io.lazuli.storage.metadata.DirectoryRecord;
import io.lazuli.storage.metadata.LeaseRecord;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Base64;
import java.util.Optional;

/** Get Blob, and Get Blob Properties with HEAD. */
public final class ReadBlob {
    private static final String RANGE_MD5 = "x-ms-range-get-content-md5";
    private static final String RANGE_CRC64 = "x-ms-range-get-content-crc64";
    private static final int MAX_RANGE_FOR_CHECKSUM = 4 * 1024 * 1024;

    private final Containers containers;
    private final Blobs blobs;
    private final Directories directories;

    public ReadBlob(Containers containers, Blobs blobs, Directories directories) {
        this.containers = containers;
        this.blobs = blobs;
        this.directories = directories;
    }

    public void get(Exchange exchange) throws IOException {
        containers.require(exchange.target().account(), exchange.target().container());
        BlobAddress address = BlobAddress.of(exchange.target());
        Optional<Generation> generation = Generation.of(exchange.target());
        try (Blobs.Opened opened = blobs.open(address, generation, CustomerKey.of(exchange))) {
            content(exchange, opened);
        } catch (ServiceFailure failure) {
            if (failure.status() != 404 || !isDirectory(address, generation)) {
                throw failure;
            }
            range(exchange, 0);
            directory(exchange, address);
        }
    }

    private void content(Exchange exchange, Blobs.Opened opened) throws IOException {
        Blob blob = opened.blob();
        check(exchange, blob);
        Tiers.requireOnline(blob);
        ByteRange range = range(exchange, blob.size());
        requireChecksums(exchange, range);
        describe(exchange, blob);
        String md5 = blob.record().headers().md5();
        if (range == null) {
            exchange.set("Content-MD5", md5);
            respond(exchange, 200, opened.channel(), new ByteRange(0, blob.size()));
        } else {
            exchange.set("x-ms-blob-content-md5", md5);
            exchange.set("Content-Range", range.contentRange(blob.size()));
            checksums(exchange, opened.channel(), range);
            respond(exchange, 206, opened.channel(), range);
        }
    }

    /** Both endpoints answer here: the properties of a blob and, where there are directories, those of a path. */
    private void describe(Exchange exchange, Blob blob) {
        // Who may see who owns a path is known.
        if (exchange.target().flat()) {
            exchange.set("x-ms-resource-type", PathHeaders.isDirectory(blob.record().metadata()) ? "directory" : "file");
            PathHeaders.properties(exchange, blob.record().metadata());
        } else if (!exchange.caller().equals(Caller.NOBODY)) {
            PathHeaders.write(exchange, directories.access(blob.address(), false), false);
            PathHeaders.properties(exchange, blob.record().metadata());
        }
        BlobHeaders.write(exchange, blob);
        BlobHeaders.tier(exchange, blob.record());
    }

    private static void respond(Exchange exchange, int status, FileChannel file, ByteRange range) throws IOException {
        if (StructuredMessage.isAsked(exchange)) {
            StructuredWriter.respond(exchange, status, file, range.offset(), range.length());
        } else {
            exchange.respondFile(status, file, range.offset(), range.length());
        }
    }

    private static ByteRange range(Exchange exchange, long size) {
        try {
            return ByteRange.of(exchange, size);
        } catch (ServiceFailure failure) {
            if (failure.status() == 416) {
                exchange.set("Content-Range", "bytes */" + size);
            }
            throw failure;
        }
    }

    private static boolean isAsked(Exchange exchange, String checksum) {
        return "true".equalsIgnoreCase(exchange.header(checksum));
    }

    /** A checksum is that of a range of 4 MB at most; null for no range. */
    private static void requireChecksums(Exchange exchange, ByteRange range) {
        boolean crc64 = isAsked(exchange, RANGE_CRC64);
        boolean some = crc64 || isAsked(exchange, RANGE_MD5);
        if (some && (range == null || range.length() > MAX_RANGE_FOR_CHECKSUM || crc64 && isAsked(exchange, RANGE_MD5))) {
            throw ServiceFailure.invalidHeader(crc64 ? RANGE_CRC64 : RANGE_MD5, "true");
        }
    }

    /** The MD5 or CRC64 of a range, for who asks for one. */
    private static void checksums(Exchange exchange, FileChannel file, ByteRange range) throws IOException {
        boolean md5 = isAsked(exchange, RANGE_MD5);
        if (!md5 && !isAsked(exchange, RANGE_CRC64)) {
            return;
        }
        ByteBuffer bytes = ByteBuffer.allocate((int) range.length());
        while (bytes.hasRemaining() && file.read(bytes, range.offset() + bytes.position()) >= 0) {
            continue;
        }
        if (md5) {
            exchange.set("Content-MD5", Base64.getEncoder().encodeToString(Checksums.md5().digest(bytes.array())));
        } else {
            Crc64 checksum = new Crc64();
            checksum.update(bytes.flip());
            exchange.set("x-ms-content-crc64", Base64.getEncoder().encodeToString(checksum.value()));
        }
    }

    public void head(Exchange exchange) throws IOException {
        containers.require(exchange.target().account(), exchange.target().container());
        BlobAddress address = BlobAddress.of(exchange.target());
        Optional<Generation> generation = Generation.of(exchange.target());
        if (isDirectory(address, generation)) {
            directory(exchange, address);
            return;
        }
        Blob blob = blobs.require(address, generation);
        check(exchange, blob);
        CustomerKey.require(CustomerKey.of(exchange), blob.record().keyHash());
        describe(exchange, blob);
        exchange.set("Content-MD5", blob.record().headers().md5());
        exchange.set("Content-Length", blob.size());
        exchange.respond(200);
    }

    private boolean isDirectory(BlobAddress address, Optional<Generation> generation) {
        return generation.isEmpty() && !address.path().isEmpty() && blobs.find(address).isEmpty() && directories.find(address).isPresent();
    }

    /** A directory looks like an empty blob that says what it is. */
    private void directory(Exchange exchange, BlobAddress address) throws IOException {
        DirectoryRecord record = directories.find(address).orElseThrow(Blobs::notFound);
        LeaseRecord lease = directories.lease(address);
        LeaseCheck.read("Blob", lease, exchange.header("x-ms-lease-id"));
        Conditions.of(exchange).checkRead(record.etag(), record.modified());
        CustomerKey.require(CustomerKey.of(exchange), record);
        exchange.set("x-ms-encryption-key-sha256", record.keyHash());
        exchange.set("ETag", record.etag());
        exchange.setDate("Last-Modified", record.modified());
        exchange.setDate("x-ms-creation-time", record.created());
        exchange.setMetadata(record.metadata());
        PathHeaders.properties(exchange, record.metadata());
        exchange.set("x-ms-meta-hdi_isfolder", "true");
        exchange.set("x-ms-blob-type", "BlockBlob");
        exchange.set("Accept-Ranges", "bytes");
        BlobHeaders.content(exchange, record.headers());
        exchange.set("Content-MD5", record.headers().md5());
        exchange.set("x-ms-server-encrypted", "true");
        exchange.set("x-ms-encryption-scope", containers.require(address.account(), address.container()).record().encryption().named());
        BlobHeaders.lease(exchange, lease);
        exchange.set("x-ms-resource-type", "directory");
        if (!exchange.caller().equals(Caller.NOBODY)) {
            PathHeaders.write(exchange, directories.access(address, true), true);
        }
        exchange.set("Content-Length", 0);
        exchange.respond(200);
    }

    /** Refuses a read that the request's lease or conditions forbid. */
    public static void check(Exchange exchange, Blob blob) {
        BlobHeaders.refuseUnsupportedButKey(exchange);
        LeaseCheck.read("Blob", blob.lease(), exchange.header("x-ms-lease-id"));
        Conditions.of(exchange).checkRead(blob.etag(), blob.record().modified());
        TagCondition.check(exchange, blob.record().tags());
    }
}
