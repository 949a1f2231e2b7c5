package io.lazuli.storage.blob;

import io.lazuli.storage.content.Blob;
import io.lazuli.storage.content.BlobAddress;
import io.lazuli.storage.content.Blobs;
import io.lazuli.storage.content.Containers;
import io.lazuli.storage.content.CustomerKey;
import io.lazuli.storage.content.StagedFile;
import io.lazuli.storage.http.Exchange;
import io.lazuli.storage.http.ServiceFailure;
import io.lazuli.storage.metadata.BlobKind;
import io.lazuli.storage.metadata.BlobRecord;
import java.io.IOException;

/** Append Block, Append Block From URL, Append Blob Seal. */
public final class AppendOperations {
    private static final int MAX_BLOCKS = 50_000;
    private static final long MAX_BLOCK_BYTES = 100L << 20;

    private final Containers containers;
    private final Blobs blobs;
    private final CopySources sources;

    public AppendOperations(Containers containers, Blobs blobs, CopySources sources) {
        this.containers = containers;
        this.blobs = blobs;
        this.sources = sources;
    }

    public void append(Exchange exchange) throws IOException {
        BlobHeaders.refuseUnsupportedButKey(exchange);
        containers.require(exchange.target().account(), exchange.target().container());
        BlobAddress address = BlobAddress.of(exchange.target());
        boolean fromUrl = exchange.header("x-ms-copy-source") != null;
        if (!fromUrl && exchange.contentLength() == 0) {
            throw ServiceFailure.invalidHeader("Content-Length", "0");
        }
        try (StagedFile block = blobs.stage(address, CustomerKey.of(exchange))) {
            if (fromUrl) {
                FromUrl.copyRange(exchange, sources, block, MAX_BLOCK_BYTES);
            } else {
                BodyLimit limit = new BodyLimit(exchange, MAX_BLOCK_BYTES);
                Checksums checksums = Checksums.ofPart(exchange);
                exchange.body().writeTo(block.channel(), 0, limit.andThen(checksums.quick()), checksums.slow());
                checksums.verify(exchange);
            }
            long length = block.channel().size();
            block.seal();
            Blob blob = blobs.append(address, Blobs.Part.of(block, length), found -> check(exchange, found, length),
                BlobRecord::withAppendedBlock);
            exchange.set("x-ms-blob-append-offset", blob.size() - length);
            exchange.set("x-ms-blob-committed-block-count", blob.record().appendedBlocks());
            PutBlob.answer(exchange, blob);
        }
    }

    private static void check(Exchange exchange, Blob blob, long length) {
        if (blob.record().kind() != BlobKind.AppendBlob) {
            throw ServiceFailure.invalidBlobType();
        }
        WriteCheck.writing(exchange, exchange.header("x-ms-lease-id")).accept(blob);
        if (blob.record().sealed()) {
            throw new ServiceFailure(409, "BlobIsSealed", "The specified blob is sealed, and its contents can't be modified unless the "
                + "blob is re-created after a delete.");
        }
        checkPosition(exchange, blob);
        Long most = number(exchange, "x-ms-blob-condition-maxsize");
        if (most != null && blob.size() + length > most) {
            throw new ServiceFailure(412, "MaxBlobSizeConditionNotMet", "The max blob size condition specified was not met.");
        }
        if (blob.record().appendedBlocks() >= MAX_BLOCKS) {
            throw new ServiceFailure(409, "BlockCountExceedsLimit",
                "The committed block count cannot exceed the maximum limit of 50,000 blocks.");
        }
    }

    private static void checkPosition(Exchange exchange, Blob blob) {
        Long position = number(exchange, "x-ms-blob-condition-appendpos");
        if (position != null && position != blob.size()) {
            throw new ServiceFailure(412, "AppendPositionConditionNotMet", "The append position condition specified was not met.");
        }
    }

    private static Long number(Exchange exchange, String header) {
        String value = exchange.header(header);
        if (value != null && !value.matches("\\d{1,18}")) {
            throw ServiceFailure.invalidHeader(header, value);
        }
        return value == null ? null : (Long) Long.parseLong(value);
    }

    public void seal(Exchange exchange) throws IOException {
        containers.require(exchange.target().account(), exchange.target().container());
        Blob blob = blobs.update(BlobAddress.of(exchange.target()), found -> {
            if (found.record().kind() != BlobKind.AppendBlob) {
                throw ServiceFailure.invalidBlobType();
            }
            WriteCheck.changing(exchange).accept(found);
            checkPosition(exchange, found);
        }, record -> record.asSealed());
        BlobHeaders.identity(exchange, blob.record());
        exchange.set("x-ms-blob-sealed", "true");
        exchange.respond(200);
    }
}
