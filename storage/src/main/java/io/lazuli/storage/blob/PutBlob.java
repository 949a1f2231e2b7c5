package io.lazuli.storage.blob;

import io.lazuli.storage.content.Blob;
import io.lazuli.storage.content.BlobAddress;
import io.lazuli.storage.content.Blobs;
import io.lazuli.storage.content.Blocks;
import io.lazuli.storage.content.Containers;
import io.lazuli.storage.content.CustomerKey;
import io.lazuli.storage.content.Directories;
import io.lazuli.storage.content.NewAccess;
import io.lazuli.storage.content.StagedFile;
import io.lazuli.storage.http.Conditions;
import io.lazuli.storage.http.Exchange;
import io.lazuli.storage.http.ServiceFailure;
import io.lazuli.storage.metadata.BlobKind;
import io.lazuli.storage.metadata.BlobRecord;
import io.lazuli.storage.metadata.ContentHeaders;
import io.lazuli.storage.metadata.DirectoryRecord;
import io.lazuli.storage.metadata.EntityTag;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Put Blob: a block blob with its content, or an append blob without. */
public final class PutBlob {
    private static final String FOLDER_MARK = "hdi_isfolder";
    private static final long LARGE_BYTES = 16 << 20;

    private final Containers containers;
    private final Blobs blobs;
    private final Blocks blocks;
    private final CopyBlob copy;
    private final PutBlobFromUrl fromUrl;
    private final Directories directories;

    public PutBlob(Containers containers, Blobs blobs, Blocks blocks, CopySources sources, CopyBlob copy, Directories directories) {
        this.containers = containers;
        this.blobs = blobs;
        this.blocks = blocks;
        this.copy = copy;
        this.fromUrl = new PutBlobFromUrl(blobs, blocks, sources);
        this.directories = directories;
    }

    public void put(Exchange exchange) throws IOException {
        String kind = exchange.header("x-ms-blob-type");
        boolean copies = exchange.header("x-ms-copy-source") != null;
        if (copies && kind == null) {
            copy.copy(exchange);
            return;
        }
        BlobHeaders.refuseUnsupportedButKey(exchange);
        containers.require(exchange.target().account(), exchange.target().container());
        if (copies) {
            fromUrl.put(exchange);
            return;
        }
        switch (kind == null ? null : kind.toLowerCase(Locale.ROOT)) {
            case null -> throw ServiceFailure.missingHeader("x-ms-blob-type");
            case "blockblob" -> {
                if (isFolder(exchange) && directories.areIn(exchange.target().account())) {
                    createFolder(exchange);
                } else {
                    upload(exchange, BlobKind.BlockBlob);
                }
            }
            case "appendblob" -> upload(exchange, BlobKind.AppendBlob);
            case "pageblob" -> PageOperations.create(exchange, blobs);
            default -> throw ServiceFailure.invalidHeader("x-ms-blob-type", kind);
        }
    }

    /** Clients without the Data Lake endpoint make a folder as an empty blob with a mark, or with a slash at the end of its name. */
    private static boolean isFolder(Exchange exchange) {
        if (exchange.contentLength() != 0) {
            return false;
        }
        boolean marked = exchange.metadata().entrySet().stream()
            .anyMatch(entry -> entry.getKey().equalsIgnoreCase(FOLDER_MARK) && entry.getValue().equalsIgnoreCase("true"));
        return marked || exchange.target().path().endsWith("/");
    }

    private void createFolder(Exchange exchange) throws IOException {
        ImmutabilityHeaders.refuse(exchange);
        BlobAddress address = BlobAddress.of(exchange.target());
        CustomerKey key = CustomerKey.of(exchange);
        Map<String, String> metadata = new LinkedHashMap<>(exchange.metadata());
        metadata.keySet().removeIf(FOLDER_MARK::equalsIgnoreCase);
        DirectoryRecord made = directories.create(address, metadata, BlobHeaders.read(exchange, false),
            above -> NewAccess.usual(above, true), null, key,
            lease -> {
                requireCreatable(exchange, address);
                return lease;
            });
        exchange.set("ETag", made.etag());
        exchange.setDate("Last-Modified", made.modified());
        exchange.set("x-ms-request-server-encrypted", "true");
        exchange.set("x-ms-encryption-key-sha256", made.keyHash());
        exchange.respond(201);
    }

    private void requireCreatable(Exchange exchange, BlobAddress address) {
        Conditions conditions = Conditions.of(exchange);
        Optional<DirectoryRecord> existing = directories.find(address);
        if (existing.isPresent() && conditions.wantsNone()) {
            throw new ServiceFailure(409, "BlobAlreadyExists", "The specified blob already exists.");
        }
        existing.ifPresentOrElse(WriteCheck.replacingDirectory(exchange, directories, address), conditions::checkMissing);
    }

    private void upload(Exchange exchange, BlobKind kind) throws IOException {
        if (kind == BlobKind.AppendBlob && exchange.contentLength() > 0) {
            throw ServiceFailure.invalidHeader("Content-Length", Long.toString(exchange.contentLength()));
        }
        BodyLimit limit = new BodyLimit(exchange, PutBlobFromUrl.MAX_BYTES);
        BlobAddress address = BlobAddress.of(exchange.target());
        BlobRecord properties = properties(exchange, kind);
        CustomerKey key = CustomerKey.of(exchange);
        Checksums checksums = kind == BlobKind.BlockBlob ? Checksums.ofBlob(exchange) : new Checksums(exchange, false);
        try (StagedFile content = blobs.stage(address, key)) {
            content.replaces((exchange.contentLength() < 0 || exchange.contentLength() >= LARGE_BYTES) && blobs.find(address).isPresent());
            Consumer<ByteBuffer> growth = limit.andThen(bytes -> content.grew(bytes.remaining()));
            exchange.body().writeTo(content.channel(), 0, growth.andThen(checksums.quick()), checksums.slow());
            String md5 = checksums.verify(exchange);
            ContentHeaders headers = properties.headers();
            BlobRecord complete = headers.md5() == null && key == null
                ? properties.withHeaders(headers.withMd5(md5)) : properties;
            Blob blob = blobs.put(address, content.seal(), complete, WriteCheck.replacing(exchange));
            blocks.discard(address);
            answer(exchange, blob);
        }
    }

    /** Content headers, metadata, tags, tier and immutability that a request gives a new blob. */
    static BlobRecord properties(Exchange exchange, BlobKind kind) {
        ContentHeaders headers = BlobHeaders.read(exchange, true);
        BlobRecord record = ImmutabilityHeaders.apply(exchange,
            BlobRecord.of(kind, headers.type() == null ? withDefaultType(headers) : headers, exchange.metadata()))
            .withEncryptionScope(exchange.encryptionScope());
        Map<String, String> tags = BlobHeaders.tags(exchange);
        String tier = exchange.header("x-ms-access-tier");
        BlobRecord tagged = tags == null ? record : record.withTags(tags);
        return tier == null ? tagged : tagged.withTier(Tiers.valid(tier), EntityTag.now());
    }

    private static ContentHeaders withDefaultType(ContentHeaders headers) {
        return new ContentHeaders(ContentHeaders.DEFAULT_TYPE, headers.encoding(), headers.language(), headers.disposition(),
            headers.cacheControl(), headers.md5());
    }

    static void answer(Exchange exchange, Blob blob) throws IOException {
        BlobHeaders.identity(exchange, blob);
        exchange.set("x-ms-request-server-encrypted", "true");
        exchange.set("x-ms-encryption-key-sha256", blob.record().keyHash());
        exchange.respond(201);
    }
}
