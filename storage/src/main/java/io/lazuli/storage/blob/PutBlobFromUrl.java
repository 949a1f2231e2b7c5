package io.lazuli.storage.blob;

import io.lazuli.storage.content.Blob;
import io.lazuli.storage.content.BlobAddress;
import io.lazuli.storage.content.Blobs;
import io.lazuli.storage.content.Blocks;
import io.lazuli.storage.content.CustomerKey;
import io.lazuli.storage.content.StagedFile;
import io.lazuli.storage.http.Conditions;
import io.lazuli.storage.http.Exchange;
import io.lazuli.storage.http.ServiceFailure;
import io.lazuli.storage.metadata.BlobKind;
import io.lazuli.storage.metadata.BlobRecord;
import io.lazuli.storage.metadata.ContentHeaders;
import java.io.IOException;

/** Put Blob From URL: a new block blob with what a URL gives. */
final class PutBlobFromUrl {
    static final long MAX_BYTES = 5000L << 20;

    private final Blobs blobs;
    private final Blocks blocks;
    private final CopySources sources;

    PutBlobFromUrl(Blobs blobs, Blocks blocks, CopySources sources) {
        this.blobs = blobs;
        this.blocks = blocks;
        this.sources = sources;
    }

    void put(Exchange exchange) throws IOException {
        String kind = exchange.header("x-ms-blob-type");
        if (!kind.equals("BlockBlob")) {
            throw ServiceFailure.invalidHeader("x-ms-blob-type", kind);
        }
        requireEntityTags(exchange);
        BlobAddress address = BlobAddress.of(exchange.target());
        CustomerKey key = CustomerKey.of(exchange);
        try (CopySource source = sources.openContent(exchange); StagedFile content = blobs.stage(address, key)) {
            BlobRecord given = PutBlob.properties(exchange, BlobKind.BlockBlob).withTags(FromUrl.tags(exchange, source));
            BlobRecord record = given.withHeaders(headers(exchange, given.headers(), source.properties().headers()));
            String md5 = FromUrl.copy(exchange, source, content, MAX_BYTES);
            BlobRecord complete = md5 == null || key != null ? record : record.withHeaders(record.headers().withMd5(md5));
            Blob blob = blobs.put(address, content.seal(), complete, WriteCheck.replacing(exchange));
            blocks.discard(address);
            PutBlob.answer(exchange, blob);
        }
    }

    /** An {@code If-Match} that names no entity tag at all is refused before a blob is looked at, in words of its own. */
    private static void requireEntityTags(Exchange exchange) {
        if (Conditions.of(exchange, "x-ms-source-").matchesNothing()) {
            throw CopySources.conditionNotMet();
        }
        if (Conditions.of(exchange).matchesNothing()) {
            throw new ServiceFailure(412, "TargetConditionNotMet",
                "The target condition specified using HTTP conditional header(s) is not met.");
        }
    }

    /** The source's content headers, unless told otherwise. */
    private static ContentHeaders headers(Exchange exchange, ContentHeaders given, ContentHeaders original) {
        if ("false".equalsIgnoreCase(exchange.header("x-ms-copy-source-blob-properties"))) {
            return given;
        }
        ContentHeaders own = BlobHeaders.read(exchange, false);
        return new ContentHeaders(
            own.type() == null ? original.type() : own.type(),
            own.encoding() == null ? original.encoding() : own.encoding(),
            own.language() == null ? original.language() : own.language(),
            own.disposition() == null ? original.disposition() : own.disposition(),
            own.cacheControl() == null ? original.cacheControl() : own.cacheControl(), null);
    }
}
