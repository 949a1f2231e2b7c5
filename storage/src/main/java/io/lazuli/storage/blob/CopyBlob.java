package io.lazuli.storage.blob;

import io.lazuli.storage.content.Blob;
import io.lazuli.storage.content.BlobAddress;
import io.lazuli.storage.content.Blobs;
import io.lazuli.storage.content.Blocks;
import io.lazuli.storage.content.Containers;
import io.lazuli.storage.content.StagedFile;
import io.lazuli.storage.http.Exchange;
import io.lazuli.storage.http.ServiceFailure;
import io.lazuli.storage.metadata.BlobKind;
import io.lazuli.storage.metadata.BlobRecord;
import io.lazuli.storage.metadata.ContentHeaders;
import io.lazuli.storage.metadata.CopyRecord;
import io.lazuli.storage.metadata.EntityTag;
import java.io.IOException;
import java.util.Map;
import java.util.UUID;

/** Copy Blob, Copy Blob From URL, Put Blob From URL: all end before they are answered. */
public final class CopyBlob {
    private final Containers containers;
    private final Blobs blobs;
    private final Blocks blocks;
    private final CopySources sources;

    public CopyBlob(Containers containers, Blobs blobs, Blocks blocks, CopySources sources) {
        this.containers = containers;
        this.blobs = blobs;
        this.blocks = blocks;
        this.sources = sources;
    }

    public void copy(Exchange exchange) throws IOException {
        BlobHeaders.refuseUnsupported(exchange);
        containers.require(exchange.target().account(), exchange.target().container());
        boolean putFromUrl = exchange.header("x-ms-blob-type") != null;
        if (putFromUrl && !exchange.header("x-ms-blob-type").equals("BlockBlob")) {
            throw ServiceFailure.invalidHeader("x-ms-blob-type", exchange.header("x-ms-blob-type"));
        }
        BlobAddress address = BlobAddress.of(exchange.target());
        try (Blobs.Opened source = sources.open(exchange); StagedFile content = blobs.stage(address)) {
            sources.copy(source, 0, source.blob().size(), content);
            BlobRecord record = putFromUrl ? described(exchange, source.blob()) : copied(exchange, source.blob());
            Blob blob = blobs.put(address, content.seal(), record, WriteCheck.replacing(exchange));
            blocks.discard(address);
            answer(exchange, blob, putFromUrl);
        }
    }

    /** A copy has the source's properties; metadata and tags that the request gives replace the source's. */
    private static BlobRecord copied(Exchange exchange, Blob source) {
        BlobRecord original = source.record();
        Map<String, String> metadata = exchange.metadata();
        Map<String, String> tags = BlobHeaders.tags(exchange);
        String tier = exchange.header("x-ms-access-tier");
        boolean copiesTags = "COPY".equalsIgnoreCase(exchange.header("x-ms-copy-source-tag-option"));
        String url = exchange.header("x-ms-copy-source").replaceFirst("\\?.*", "");
        return BlobRecord.of(original.kind(), original.headers(), metadata.isEmpty() ? original.metadata() : metadata)
            .withTags(tags != null ? tags : copiesTags ? original.tags() : Map.of())
            .withTier(tier == null ? original.tier() : Tiers.valid(tier), tier == null ? null : (Long) EntityTag.now())
            .withBlocks(original.blocks())
            .withCopy(new CopyRecord(UUID.randomUUID().toString(), url, source.size(), EntityTag.now()));
    }

    /** Put Blob From URL makes a new blob, with the source's content headers unless told otherwise. */
    private static BlobRecord described(Exchange exchange, Blob source) {
        BlobRecord given = PutBlob.properties(exchange, BlobKind.BlockBlob);
        if ("false".equalsIgnoreCase(exchange.header("x-ms-copy-source-blob-properties"))) {
            return given;
        }
        ContentHeaders own = BlobHeaders.read(exchange, false);
        ContentHeaders original = source.record().headers();
        return given.withHeaders(new ContentHeaders(
            own.type() == null ? original.type() : own.type(),
            own.encoding() == null ? original.encoding() : own.encoding(),
            own.language() == null ? original.language() : own.language(),
            own.disposition() == null ? original.disposition() : own.disposition(),
            own.cacheControl() == null ? original.cacheControl() : own.cacheControl(),
            own.md5() == null ? original.md5() : own.md5()));
    }

    private static void answer(Exchange exchange, Blob blob, boolean putFromUrl) throws IOException {
        BlobHeaders.identity(exchange, blob.record());
        if (putFromUrl) {
            exchange.set("Content-MD5", blob.record().headers().md5());
            exchange.respond(201);
            return;
        }
        exchange.set("x-ms-copy-id", blob.record().copy().id());
        exchange.set("x-ms-copy-status", "success");
        exchange.respond(202);
    }

    /** A copy has ended when it is answered, so that none can be aborted. */
    public void abort(Exchange exchange) {
        containers.require(exchange.target().account(), exchange.target().container());
        blobs.require(BlobAddress.of(exchange.target()));
        throw new ServiceFailure(409, "NoPendingCopyOperation", "There is currently no pending copy operation.");
    }
}
