package io.lazuli.storage.blob;

import io.lazuli.storage.content.Blob;
import io.lazuli.storage.content.BlobAddress;
import io.lazuli.storage.content.Blobs;
import io.lazuli.storage.content.Blocks;
import io.lazuli.storage.content.Containers;
import io.lazuli.storage.content.CustomerKey;
import io.lazuli.storage.content.Encryption;
import io.lazuli.storage.content.Generation;
import io.lazuli.storage.content.StagedFile;
import io.lazuli.storage.http.Conditions;
import io.lazuli.storage.http.Exchange;
import io.lazuli.storage.http.ServiceFailure;
import io.lazuli.storage.http.Xml;
import io.lazuli.storage.metadata.BlobKind;
import io.lazuli.storage.metadata.BlobRecord;
import io.lazuli.storage.metadata.Block;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Put Block, Put Block From URL, Put Block List, Get Block List. */
public final class BlockOperations {
    private static final int MAX_BLOCKS = 50_000;
    private static final long MAX_BLOCK_BYTES = 4000L << 20;
    private static final List<String> LIST_TYPES = List.of("committed", "uncommitted", "all");
    private static final int MAX_LIST_BYTES = 16 * 1024 * 1024;

    private final Containers containers;
    private final Blobs blobs;
    private final Blocks blocks;
    private final CopySources sources;

    public BlockOperations(Containers containers, Blobs blobs, Blocks blocks, CopySources sources) {
        this.containers = containers;
        this.blobs = blobs;
        this.blocks = blocks;
        this.sources = sources;
    }

    public void putBlock(Exchange exchange) throws IOException {
        BlobHeaders.refuseUnsupportedButKey(exchange);
        containers.require(exchange.target().account(), exchange.target().container());
        WriteCheck.requireCurrent(exchange);
        BlobAddress address = BlobAddress.of(exchange.target());
        String id = blockId(exchange);
        CustomerKey key = CustomerKey.of(exchange);
        Optional<Blob> existing = blobs.find(address);
        existing.ifPresent(blob -> {
            requireBlockBlob(blob);
            LeaseCheck.change("Blob", blob.lease(), exchange.header("x-ms-lease-id"));
        });
        boolean fromUrl = exchange.header("x-ms-copy-source") != null;
        if (!fromUrl && exchange.contentLength() == 0) {
            throw ServiceFailure.invalidHeader("Content-Length", "0");
        }
        try (StagedFile content = blocks.stage(key)) {
            if (fromUrl) {
                FromUrl.copyRange(exchange, sources, content, MAX_BLOCK_BYTES);
            } else {
                BodyLimit limit = new BodyLimit(exchange, MAX_BLOCK_BYTES);
                Checksums checksums = Checksums.ofPart(exchange);
                exchange.body().writeTo(content.channel(), 0, limit.andThen(checksums.quick()), checksums.slow());
                checksums.verify(exchange);
            }
            blocks.put(address, id, exchange.encryptionScope(), content.seal());
        }
        exchange.set("x-ms-request-server-encrypted", "true");
        exchange.set("x-ms-encryption-key-sha256", key == null ? null : key.hash());
        exchange.respond(201);
    }

    private static String blockId(Exchange exchange) {
        String id = exchange.query("blockid");
        if (id == null) {
            throw ServiceFailure.badRequest("MissingRequiredQueryParameter",
                "A query parameter that's mandatory for this request is not specified.").with("QueryParameterName", "blockid");
        }
        Blocks.decode(id);
        return id;
    }

    private static void requireBlockBlob(Blob blob) {
        if (blob.record().kind() != BlobKind.BlockBlob) {
            throw ServiceFailure.invalidBlobType();
        }
    }

    public void putBlockList(Exchange exchange) throws IOException {
        BlobHeaders.refuseUnsupportedButKey(exchange);
        containers.require(exchange.target().account(), exchange.target().container());
        BlobAddress address = BlobAddress.of(exchange.target());
        String document = exchange.bodyText(MAX_LIST_BYTES);
        Checksums checksums = Checksums.ofPart(exchange);
        checksums.accept(ByteBuffer.wrap(document.getBytes(StandardCharsets.UTF_8)));
        checksums.verify(exchange);
        List<Blocks.Choice> choices = choices(document);
        checkDates(exchange, address);
        Encryption encryption = Encryption.of(exchange);
        BlobRecord properties = PutBlob.properties(exchange, BlobKind.BlockBlob);
        // The content type of the request is that of the list, not of the blob.
        BlobRecord described = properties.withHeaders(BlobHeaders.read(exchange, false));
        try (Blobs.Opened existing = existing(address, choices, encryption.key());
                StagedFile content = blobs.stage(address, encryption.key())) {
            content.replaces(blobs.find(address).isPresent());
            Blocks.Assembled assembled = blocks.assemble(address, choices, existing, encryption, content);
            Blob blob = blobs.put(address, content.seal(), described.withBlocks(assembled.blocks()),
                WriteCheck.replacing(exchange, BlobKind.BlockBlob));
            blocks.discard(address, assembled);
            PutBlob.answer(exchange, blob);
        }
    }

    /** The blob whose blocks may be taken, null when there is none or no block of it can be meant. */
    private Blobs.Opened existing(BlobAddress address, List<Blocks.Choice> choices, CustomerKey key) {
        boolean needed = choices.stream().anyMatch(choice -> !choice.uncommittedOnly());
        Optional<Blob> blob = needed ? blobs.find(address) : Optional.empty();
        return blob.filter(found -> !found.record().blocks().isEmpty())
            .map(found -> blobs.open(address, Optional.empty(), key)).orElse(null);
    }

    private static List<Blocks.Choice> choices(String document) {
        Xml.Element list = Xml.parse(document);
        if (!list.name().equals("BlockList")) {
            throw ServiceFailure.invalidXml("Expected a BlockList");
        }
        if (list.children().size() > MAX_BLOCKS) {
            throw new ServiceFailure(400, "BlockListTooLong", "The block list may not contain more than 50,000 blocks.");
        }
        return list.children().stream().map(BlockOperations::choice).toList();
    }

    /** A blob of which there are only uncommitted blocks has the date of the last one. */
    private void checkDates(Exchange exchange, BlobAddress address) {
        Conditions conditions = Conditions.of(exchange);
        if (conditions.areOfDates() && blobs.find(address).isEmpty()) {
            blocks.lastUploaded(address).ifPresent(conditions::checkUnfinished);
        }
    }

    private static Blocks.Choice choice(Xml.Element block) {
        String id = block.text().strip();
        try {
            Blocks.decode(id);
        } catch (ServiceFailure notAnId) {
            throw ServiceFailure.badRequest("InvalidBlockId", "The specified block ID is invalid. The block ID must be Base64-encoded.");
        }
        return switch (block.name()) {
            case "Latest" -> new Blocks.Choice(id, false, false);
            case "Committed" -> new Blocks.Choice(id, true, false);
            case "Uncommitted" -> new Blocks.Choice(id, false, true);
            default -> throw ServiceFailure.invalidXml("Expected Latest, Committed or Uncommitted instead of " + block.name());
        };
    }

    public void getBlockList(Exchange exchange) throws IOException {
        containers.require(exchange.target().account(), exchange.target().container());
        BlobAddress address = BlobAddress.of(exchange.target());
        Optional<Blob> blob = blobs.find(address, Generation.of(exchange.target()));
        List<Block> waiting = blocks.list(address);
        if (blob.isEmpty() && waiting.isEmpty()) {
            throw Blobs.notFound();
        }
        blob.ifPresent(BlockOperations::requireBlockBlob);
        blob.ifPresent(found -> ReadBlob.check(exchange, found));
        String type = Optional.ofNullable(exchange.query("blocklisttype")).orElse("committed").toLowerCase(Locale.ROOT);
        if (!LIST_TYPES.contains(type)) {
            throw ServiceFailure.invalidParameter("blocklisttype", type, "Expected one of " + String.join(", ", LIST_TYPES) + ".");
        }
        Xml xml = new Xml().open("BlockList");
        if (!type.equals("uncommitted")) {
            write(xml, "CommittedBlocks", blob.map(found -> found.record().blocks()).orElse(List.of()));
        }
        if (!type.equals("committed")) {
            write(xml, "UncommittedBlocks", waiting);
        }
        blob.ifPresent(found -> {
            BlobHeaders.identity(exchange, found.record());
            exchange.set("x-ms-blob-content-length", found.size());
        });
        exchange.respondXml(200, xml.close("BlockList").toString());
    }

    private static void write(Xml xml, String name, List<Block> list) {
        xml.open(name);
        list.forEach(block -> xml.open("Block").element("Name", block.id()).element("Size", block.size()).close("Block"));
        xml.close(name);
    }
}
