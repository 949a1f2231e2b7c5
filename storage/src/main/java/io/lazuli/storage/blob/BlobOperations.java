package io.lazuli.storage.blob;

import io.lazuli.storage.content.Blob;
import io.lazuli.storage.content.BlobAddress;
import io.lazuli.storage.content.Blobs;
import io.lazuli.storage.content.Containers;
import io.lazuli.storage.content.CustomerKey;
import io.lazuli.storage.content.Directories;
import io.lazuli.storage.content.Generation;
import io.lazuli.storage.http.Conditions;
import io.lazuli.storage.http.Exchange;
import io.lazuli.storage.http.Xml;
import io.lazuli.storage.metadata.ContentHeaders;
import io.lazuli.storage.metadata.DirectoryRecord;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** What is done to a blob that is there: properties, metadata, tags. */
public final class BlobOperations {
    private static final int MAX_TAGS_BYTES = 64 * 1024;

    private final Containers containers;
    private final Blobs blobs;
    private final Directories directories;

    public BlobOperations(Containers containers, Blobs blobs, Directories directories) {
        this.directories = directories;
        this.containers = containers;
        this.blobs = blobs;
    }

    private BlobAddress address(Exchange exchange) {
        BlobHeaders.refuseUnsupportedButKey(exchange);
        containers.require(exchange.target().account(), exchange.target().container());
        return BlobAddress.of(exchange.target());
    }

    public void setProperties(Exchange exchange) throws IOException {
        ContentHeaders headers = BlobHeaders.read(exchange, false).asAll();
        BlobAddress address = address(exchange);
        if (isDirectory(address)) {
            identify(exchange, directories.update(address, WriteCheck.changingDirectory(exchange, directories, address),
                record -> record.withHeaders(headers)));
            exchange.respond(200);
            return;
        }
        Blob blob = blobs.update(address, WriteCheck.changingOnline(exchange), record -> record.withHeaders(headers));
        BlobHeaders.identity(exchange, blob);
        exchange.respond(200);
    }

    public void setMetadata(Exchange exchange) throws IOException {
        Map<String, String> metadata = exchange.metadata();
        BlobAddress address = address(exchange);
        if (isDirectory(address)) {
            setDirectoryMetadata(exchange, address, metadata);
            return;
        }
        Blob blob = blobs.updateVersion(address, WriteCheck.changingOnline(exchange).andThen(requireKey(exchange)),
            record -> record.withMetadata(metadata));
        BlobHeaders.identity(exchange, blob);
        exchange.set("x-ms-request-server-encrypted", "true");
        exchange.set("x-ms-encryption-key-sha256", blob.record().keyHash());
        exchange.respond(200);
    }

    private boolean isDirectory(BlobAddress address) {
        return !address.path().isEmpty() && blobs.find(address).isEmpty() && directories.find(address).isPresent();
    }

    /** What says that it is a directory is no metadata of its own. */
    private void setDirectoryMetadata(Exchange exchange, BlobAddress address, Map<String, String> given) throws IOException {
        Map<String, String> metadata = new LinkedHashMap<>(given);
        metadata.keySet().removeIf("hdi_isfolder"::equalsIgnoreCase);
        CustomerKey key = CustomerKey.of(exchange);
        DirectoryRecord changed = directories.update(address, WriteCheck.changingDirectory(exchange, directories, address)
            .andThen(record -> CustomerKey.require(key, record)),
            record -> record.describedWith(CustomerKey.hash(key)).withMetadata(metadata));
        identify(exchange, changed);
        exchange.set("x-ms-request-server-encrypted", "true");
        exchange.set("x-ms-encryption-key-sha256", changed.keyHash());
        exchange.respond(200);
    }

    private static void identify(Exchange exchange, DirectoryRecord directory) {
        exchange.set("ETag", directory.etag());
        exchange.setDate("Last-Modified", directory.modified());
    }

    private void getDirectoryMetadata(Exchange exchange, BlobAddress address) throws IOException {
        DirectoryRecord directory = directories.find(address).orElseThrow(Blobs::notFound);
        LeaseCheck.read("Blob", directories.lease(address), exchange.header("x-ms-lease-id"));
        Conditions.of(exchange).checkRead(directory.etag(), directory.modified());
        CustomerKey.require(CustomerKey.of(exchange), directory);
        identify(exchange, directory);
        exchange.setMetadata(directory.metadata());
        exchange.set("x-ms-meta-hdi_isfolder", "true");
        exchange.respond(200);
    }

    /** Metadata is shown and changed with the key of the content. */
    private static Consumer<Blob> requireKey(Exchange exchange) {
        CustomerKey key = CustomerKey.of(exchange);
        return blob -> CustomerKey.require(key, blob.record().keyHash());
    }

    public void getMetadata(Exchange exchange) throws IOException {
        BlobAddress address = address(exchange);
        Optional<Generation> generation = Generation.of(exchange.target());
        if (generation.isEmpty() && isDirectory(address)) {
            getDirectoryMetadata(exchange, address);
            return;
        }
        Blob blob = blobs.require(address, generation);
        ReadBlob.check(exchange, blob);
        requireKey(exchange).accept(blob);
        BlobHeaders.identity(exchange, blob);
        exchange.setMetadata(blob.record().metadata());
        exchange.respond(200);
    }

    public void getTags(Exchange exchange) throws IOException {
        Blob blob = blobs.require(address(exchange), Generation.of(exchange.target()));
        LeaseCheck.read("Blob", blob.lease(), exchange.header("x-ms-lease-id"));
        contentCondition(exchange).accept(blob);
        TagCondition.check(exchange, blob.record().tags());
        Xml xml = new Xml().open("Tags");
        Tags.write(xml, blob.record().tags());
        exchange.respondXml(200, xml.close("Tags").toString());
    }

    public void setTags(Exchange exchange) throws IOException {
        Map<String, String> tags = Tags.parseDocument(exchange.bodyText(MAX_TAGS_BYTES));
        blobs.rewrite(address(exchange), Generation.of(exchange.target()),
            WriteCheck.tagging(exchange).andThen(contentCondition(exchange)), record -> record.withTags(tags));
        exchange.respond(204);
    }

    /** Tags are no part of what entity tags and times of changes speak of: conditions on these have names of their own. */
    private static Consumer<Blob> contentCondition(Exchange exchange) {
        Conditions conditions = Conditions.of(exchange, "x-ms-blob-");
        return blob -> conditions.checkWrite(blob.etag(), blob.record().modified());
    }
}
