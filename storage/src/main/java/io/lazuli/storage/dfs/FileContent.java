package io.lazuli.storage.dfs;

import io.lazuli.storage.blob.BlobHeaders;
import io.lazuli.storage.blob.Checksums;
import io.lazuli.storage.blob.LeaseCheck;
import io.lazuli.storage.blob.WriteCheck;
import io.lazuli.storage.content.Appends;
import io.lazuli.storage.content.Blob;
import io.lazuli.storage.content.BlobAddress;
import io.lazuli.storage.content.Blobs;
import io.lazuli.storage.content.CustomerKey;
import io.lazuli.storage.content.Directories;
import io.lazuli.storage.content.StagedFile;
import io.lazuli.storage.http.Exchange;
import io.lazuli.storage.http.ServiceFailure;
import io.lazuli.storage.metadata.BlobKind;
import io.lazuli.storage.metadata.BlobRecord;
import java.io.IOException;
import java.util.function.Consumer;

/** The bytes of files: append, which keeps them aside, and flush, which makes them part of the file. */
final class FileContent {
    private final Blobs blobs;
    private final Appends appends;
    private final FileLease leases;

    FileContent(Blobs blobs, Appends appends) {
        this.blobs = blobs;
        this.appends = appends;
        this.leases = new FileLease(blobs);
    }

    private static long position(Exchange exchange) {
        String text = exchange.query("position");
        if (text == null) {
            throw ServiceFailure.badRequest("MissingRequiredQueryParameter",
                "A query parameter that's mandatory for this request is not specified.").with("QueryParameterName", "position");
        }
        if (!text.matches("\\d{1,18}")) {
            throw ServiceFailure.invalidParameter("position", text, "Expected a number of bytes.");
        }
        return Long.parseLong(text);
    }

    void append(Exchange exchange, BlobAddress address) throws IOException {
        if (exchange.contentLength() == 0) {
            throw ServiceFailure.invalidHeader("Content-Length", "0");
        }
        long position = position(exchange);
        boolean flushes = isTrue(exchange, "flush");
        CustomerKey key = CustomerKey.of(exchange);
        BlobRecord record = blobs.find(address).orElseThrow(Directories::notFound).record();
        requireNoPages(record);
        CustomerKey.require(key, record.keyHash());
        leases.around(exchange, address, flushes, lease -> {
            if (record.kind() == BlobKind.AppendBlob) {
                appendAtOnce(exchange, address, position, lease, key);
                return;
            }
            Checksums checksums = new Checksums(exchange, false);
            Appends.Writer body = (file, place) -> {
                long length = exchange.body().writeTo(file, place, checksums.quick(), checksums.slow());
                checksums.verify(exchange);
                return length;
            };
            if (flushes) {
                identify(exchange, appends.append(address, position, flush(exchange, lease, key), body));
            } else {
                appends.append(address, position, appending(lease, key), body);
            }
        });
        respond(exchange, 202, key);
    }

    /** Page blobs have their size from the beginning. */
    private static void requireNoPages(BlobRecord record) {
        if (record.kind() == BlobKind.PageBlob) {
            throw ServiceFailure.invalidBlobType();
        }
    }

    private static void respond(Exchange exchange, int status, CustomerKey key) throws IOException {
        exchange.set("x-ms-request-server-encrypted", "true");
        exchange.set("x-ms-encryption-key-sha256", key == null ? null : key.hash());
        exchange.respond(status);
    }

    /** Conditions are for what changes the file; an append without a flush does not yet. */
    private static Consumer<Blob> appending(String lease, CustomerKey key) {
        return writable(key).andThen(blob -> LeaseCheck.change("Blob", blob.lease(), lease));
    }

    private static Consumer<Blob> writable(CustomerKey key) {
        return blob -> {
            requireNoPages(blob.record());
            CustomerKey.require(key, blob.record().keyHash());
        };
    }

    /** An append blob has no data aside. */
    private void appendAtOnce(Exchange exchange, BlobAddress address, long position, String lease, CustomerKey key) throws IOException {
        Checksums checksums = new Checksums(exchange, false);
        try (StagedFile bytes = blobs.stage(address, key)) {
            long length = exchange.body().writeTo(bytes.channel(), 0, checksums.quick(), checksums.slow());
            checksums.verify(exchange);
            identify(exchange, blobs.append(address, Blobs.Part.of(bytes.seal(), length), found -> {
                WriteCheck.writing(exchange, lease).accept(found);
                if (found.size() != position) {
                    throw ServiceFailure.invalidParameter("position", Long.toString(position), "The file ends at " + found.size() + ".");
                }
            }, BlobRecord::withAppendedBlock));
        }
    }

    void flush(Exchange exchange, BlobAddress address) throws IOException {
        long position = position(exchange);
        if (exchange.contentLength() > 0) {
            throw ServiceFailure.badRequest("ContentLengthMustBeZero", "The Content-Length request header must be zero.");
        }
        CustomerKey key = CustomerKey.of(exchange);
        BlobRecord record = blobs.find(address).orElseThrow(Directories::notFound).record();
        requireNoPages(record);
        CustomerKey.require(key, record.keyHash());
        leases.around(exchange, address, true, lease -> identify(exchange,
            appends.flush(address, position, flush(exchange, lease, key))));
        respond(exchange, 200, key);
    }

    private static Appends.Flush flush(Exchange exchange, String lease, CustomerKey key) {
        return new Appends.Flush(isTrue(exchange, "retainuncommitteddata"), key,
            WriteCheck.writing(exchange, lease).andThen(writable(key)), record -> {
            BlobRecord worded = record.withHeaders(PathOperations.merge(record.headers(), PathOperations.headers(exchange)));
            return record.kind() == BlobKind.AppendBlob ? worded : worded.withBlocks(null);
        });
    }

    private static void identify(Exchange exchange, Blob blob) {
        BlobHeaders.identity(exchange, blob.record());
    }

    private static boolean isTrue(Exchange exchange, String parameter) {
        return "true".equalsIgnoreCase(exchange.query(parameter));
    }
}
