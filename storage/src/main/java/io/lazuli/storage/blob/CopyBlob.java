package io.lazuli.storage.blob;

import io.lazuli.storage.content.Blob;
import io.lazuli.storage.content.BlobAddress;
import io.lazuli.storage.content.Blobs;
import io.lazuli.storage.content.Blocks;
import io.lazuli.storage.content.Containers;
import io.lazuli.storage.content.PendingCopies;
import io.lazuli.storage.content.StagedFile;
import io.lazuli.storage.http.Exchange;
import io.lazuli.storage.http.Guid;
import io.lazuli.storage.http.ServiceFailure;
import io.lazuli.storage.metadata.BlobKind;
import io.lazuli.storage.metadata.BlobRecord;
import io.lazuli.storage.metadata.CopyRecord;
import io.lazuli.storage.metadata.EntityTag;
import io.lazuli.storage.metadata.Immutability;
import io.lazuli.storage.metadata.Pages;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Copy Blob, which may go on after it is answered, Copy Blob From URL, which does not, and Abort Copy Blob. */
public final class CopyBlob {
    /** What is copied before the answer: it takes no longer than that a client begins to ask. */
    private static final long AT_ONCE_BYTES = 32L << 20;
    private static final long MAX_SYNCHRONOUS_BYTES = 256L << 20;

    private final Containers containers;
    private final Blobs blobs;
    private final Blocks blocks;
    private final CopySources sources;
    private final CopyJobs jobs;
    private final PendingCopies pending;
    private final Tiers tiers;

    public CopyBlob(Containers containers, Blobs blobs, Blocks blocks, CopySources sources, CopyJobs jobs, PendingCopies pending,
            Tiers tiers) {
        this.containers = containers;
        this.blobs = blobs;
        this.blocks = blocks;
        this.sources = sources;
        this.jobs = jobs;
        this.pending = pending;
        this.tiers = tiers;
    }

    public void copy(Exchange exchange) throws IOException {
        BlobHeaders.refuseUnsupported(exchange);
        containers.require(exchange.target().account(), exchange.target().container());
        BlobAddress address = BlobAddress.of(exchange.target());
        boolean synchronous = "true".equalsIgnoreCase(exchange.header("x-ms-requires-sync"));
        CopySource source = synchronous ? sources.openAtOnce(exchange) : sources.open(exchange);
        boolean handedOver = false;
        try {
            BlobRecord record = record(exchange, source, synchronous);
            if (synchronous) {
                FromUrl.requireSize(source, MAX_SYNCHRONOUS_BYTES);
            }
            boolean later = !synchronous && (source.size() < 0 || source.size() > AT_ONCE_BYTES);
            Blob blob = later ? begin(exchange, address, record) : copyNow(exchange, address, source, record);
            if (later) {
                jobs.start(source, blob, record);
                handedOver = true;
            }
            answer(exchange, blob);
        } finally {
            if (!handedOver) {
                source.close();
            }
        }
    }

    private Blob copyNow(Exchange exchange, BlobAddress address, CopySource source, BlobRecord record) throws IOException {
        Checksums checksums = Checksums.ofSource(exchange);
        try (StagedFile content = blobs.stage(address)) {
            source.writeTo(content, checksums);
            checksums.verify(exchange);
            content.seal();
            Blob blob = blobs.put(address, content, record.withCopy(record.copy().succeeded(content.size())),
                WriteCheck.replacing(exchange, record.kind()));
            blocks.discard(address);
            return blob;
        }
    }

    /** An empty blob that says what is coming. */
    private Blob begin(Exchange exchange, BlobAddress address, BlobRecord record) throws IOException {
        pending.note(address, record.copy().id());
        try (StagedFile nothing = blobs.stage(address)) {
            BlobRecord empty = record.withHeaders(record.headers().withMd5(null)).withBlocks(List.of())
                .withPages(record.pages() == null ? null : new Pages(record.pages().sequenceNumber(), null))
                .withImmutability(Immutability.NONE);
            Blob blob = blobs.put(address, nothing.seal(), empty, WriteCheck.replacing(exchange, record.kind()));
            blocks.discard(address);
            return blob;
        }
    }

    /** A copy has the source's properties; metadata and tags that the request gives replace the source's. */
    private BlobRecord record(Exchange exchange, CopySource source, boolean synchronous) throws IOException {
        BlobRecord original = source.properties();
        Map<String, String> metadata = exchange.metadata();
        String url = withoutSignature(exchange.header("x-ms-copy-source"));
        BlobRecord plain = BlobRecord.of(original.kind(), original.headers(), metadata.isEmpty() ? original.metadata() : metadata);
        BlobRecord copy = ImmutabilityHeaders.apply(exchange, seals(exchange, original) ? plain.asSealed() : plain)
            .withTags(FromUrl.tags(exchange, source))
            .withEncryptionScope(exchange.encryptionScope())
            .withBlocks(original.blocks()).withAppendedBlocks(original.appendedBlocks())
            .withPages(original.pages())
            .withCopy(CopyRecord.begun(UUID.randomUUID().toString(), url, source.size()));
        String given = exchange.header("x-ms-access-tier");
        String tier = given == null ? null : Tiers.valid(given);
        if (!original.isArchived()) {
            return tier == null ? copy : copy.withTier(tier, EntityTag.now());
        }
        if (synchronous || tier == null || tier.equals(BlobRecord.ARCHIVE)) {
            throw Tiers.archived();
        }
        return tiers.rehydrating(copy.withTier(BlobRecord.ARCHIVE, EntityTag.now()), tier, Tiers.priority(exchange));
    }

    /** A copy is sealed as its source is, unless the request says otherwise. */
    private static boolean seals(Exchange exchange, BlobRecord original) {
        String given = exchange.header("x-ms-seal-blob");
        return original.kind() == BlobKind.AppendBlob && (given == null ? original.sealed() : given.equalsIgnoreCase("true"));
    }

    /** A source is told with its snapshot or version, without what gives access to it. */
    private static String withoutSignature(String url) {
        int query = url.indexOf('?');
        String kept = query < 0 ? "" : Stream.of(url.substring(query + 1).split("&"))
            .filter(parameter -> parameter.startsWith("snapshot=") || parameter.startsWith("versionid=")).collect(Collectors.joining("&"));
        return (query < 0 ? url : url.substring(0, query)) + (kept.isEmpty() ? "" : "?" + kept);
    }

    private static void answer(Exchange exchange, Blob blob) throws IOException {
        BlobHeaders.identity(exchange, blob);
        exchange.set("x-ms-copy-id", blob.record().copy().id());
        exchange.set("x-ms-copy-status", blob.record().copy().status().name());
        exchange.respond(202);
    }

    private static String copyId(Exchange exchange) {
        String id = exchange.query("copyid");
        if (!Guid.matches(id)) {
            throw ServiceFailure.invalidParameter("copyid", String.valueOf(id), "Expected the id of a copy.");
        }
        return id;
    }

    /** Ends a copy that goes on; the blob stays, empty. */
    public void abort(Exchange exchange) throws IOException {
        containers.require(exchange.target().account(), exchange.target().container());
        if (!"abort".equalsIgnoreCase(exchange.header("x-ms-copy-action"))) {
            throw ServiceFailure.missingHeader("x-ms-copy-action");
        }
        String id = copyId(exchange);
        blobs.update(BlobAddress.of(exchange.target()), blob -> {
            LeaseCheck.change("Blob", blob.lease(), exchange.header("x-ms-lease-id"));
            CopyRecord copy = blob.record().copy();
            if (copy == null || copy.status() != CopyRecord.Status.pending) {
                throw new ServiceFailure(409, "NoPendingCopyOperation", "There is currently no pending copy operation.");
            }
            if (!copy.id().equals(id)) {
                throw new ServiceFailure(409, "CopyIdMismatch",
                    "The specified copy ID did not match the copy ID for the pending copy operation.");
            }
        }, record -> record.withCopy(record.copy().ended(CopyRecord.Status.aborted, null)));
        exchange.respond(204);
    }
}
