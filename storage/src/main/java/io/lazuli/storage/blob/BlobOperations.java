package io.lazuli.storage.blob;

import io.lazuli.storage.content.Blob;
import io.lazuli.storage.content.BlobAddress;
import io.lazuli.storage.content.Blobs;
import io.lazuli.storage.content.Containers;
import io.lazuli.storage.content.CustomerKey;
import io.lazuli.storage.content.Generation;
import io.lazuli.storage.http.Exchange;
import io.lazuli.storage.http.Xml;
import io.lazuli.storage.metadata.ContentHeaders;
import java.io.IOException;
import java.util.Map;
import java.util.function.Consumer;

/** What is done to a blob that is there: properties, metadata, tags. */
public final class BlobOperations {
    private static final int MAX_TAGS_BYTES = 64 * 1024;

    private final Containers containers;
    private final Blobs blobs;

    public BlobOperations(Containers containers, Blobs blobs) {
        this.containers = containers;
        this.blobs = blobs;
    }

    private BlobAddress address(Exchange exchange) {
        BlobHeaders.refuseUnsupportedButKey(exchange);
        containers.require(exchange.target().account(), exchange.target().container());
        return BlobAddress.of(exchange.target());
    }

    public void setProperties(Exchange exchange) throws IOException {
        ContentHeaders headers = BlobHeaders.read(exchange, false);
        Blob blob = blobs.update(address(exchange), WriteCheck.changingOnline(exchange), record -> record.withHeaders(headers));
        BlobHeaders.identity(exchange, blob);
        exchange.respond(200);
    }

    public void setMetadata(Exchange exchange) throws IOException {
        Map<String, String> metadata = exchange.metadata();
        Blob blob = blobs.updateVersion(address(exchange), WriteCheck.changingOnline(exchange).andThen(requireKey(exchange)),
            record -> record.withMetadata(metadata));
        BlobHeaders.identity(exchange, blob);
        exchange.set("x-ms-request-server-encrypted", "true");
        exchange.respond(200);
    }

    /** Metadata is shown and changed with the key of the content. */
    private static Consumer<Blob> requireKey(Exchange exchange) {
        CustomerKey key = CustomerKey.of(exchange);
        return blob -> CustomerKey.require(key, blob.record().keyHash());
    }

    public void getMetadata(Exchange exchange) throws IOException {
        Blob blob = blobs.require(address(exchange), Generation.of(exchange.target()));
        ReadBlob.check(exchange, blob);
        requireKey(exchange).accept(blob);
        BlobHeaders.identity(exchange, blob);
        exchange.setMetadata(blob.record().metadata());
        exchange.respond(200);
    }

    public void getTags(Exchange exchange) throws IOException {
        Blob blob = blobs.require(address(exchange), Generation.of(exchange.target()));
        LeaseCheck.read("Blob", blob.lease(), exchange.header("x-ms-lease-id"));
        TagCondition.check(exchange, blob.record().tags());
        Xml xml = new Xml().open("Tags");
        Tags.write(xml, blob.record().tags());
        exchange.respondXml(200, xml.close("Tags").toString());
    }

    public void setTags(Exchange exchange) throws IOException {
        Map<String, String> tags = Tags.parseDocument(exchange.bodyText(MAX_TAGS_BYTES));
        blobs.rewrite(address(exchange), Generation.of(exchange.target()), WriteCheck.tagging(exchange),
            record -> record.withTags(tags));
        exchange.respond(204);
    }
}
