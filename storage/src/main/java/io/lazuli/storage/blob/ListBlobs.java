package io.lazuli.storage.blob;

import io.lazuli.storage.content.Blob;
import io.lazuli.storage.content.BlobAddress;
import io.lazuli.storage.content.Blobs;
import io.lazuli.storage.content.Blocks;
import io.lazuli.storage.content.Containers;
import io.lazuli.storage.content.Listing;
import io.lazuli.storage.http.Exchange;
import io.lazuli.storage.http.HttpDates;
import io.lazuli.storage.http.ServiceFailure;
import io.lazuli.storage.http.Xml;
import io.lazuli.storage.metadata.BlobKind;
import io.lazuli.storage.metadata.BlobRecord;
import io.lazuli.storage.metadata.ContentHeaders;
import io.lazuli.storage.metadata.CopyRecord;
import io.lazuli.storage.metadata.LeaseRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** List Blobs: flat, or with a delimiter by levels. */
public final class ListBlobs {
    private static final List<String> INCLUDES =
        List.of("metadata", "copy", "tags", "uncommittedblobs", "snapshots", "versions", "deleted", "deletedwithversions",
            "immutabilitypolicy", "legalhold", "permissions");

    private final Containers containers;
    private final Blobs blobs;
    private final Blocks blocks;

    public ListBlobs(Containers containers, Blobs blobs, Blocks blocks) {
        this.containers = containers;
        this.blobs = blobs;
        this.blocks = blocks;
    }

    public void list(Exchange exchange) throws IOException {
        String account = exchange.target().account();
        String container = exchange.target().container();
        containers.require(account, container);
        Paging paging = Paging.of(exchange);
        String prefix = Optional.ofNullable(exchange.query("prefix")).orElse("");
        String delimiter = Optional.ofNullable(exchange.query("delimiter")).filter(text -> !text.isEmpty()).orElse(null);
        List<String> include = include(exchange);
        BlobAddress place = new BlobAddress(account, container, "");
        Listing page = Listing.of(blobs.tree(place), new Listing.Question(safe(prefix), delimiter, paging.after(), paging.limit()));
        Xml xml = new Xml()
            .open("EnumerationResults", "ServiceEndpoint", exchange.origin() + "/" + account + "/", "ContainerName", container)
            .element("Prefix", prefix).optional("Marker", exchange.query("marker")).optional("MaxResults", exchange.query("maxresults"))
            .optional("Delimiter", delimiter).open("Blobs");
        page.items().forEach(item -> item(xml, place, item, include));
        if (include.contains("uncommittedblobs") && page.next() == null) {
            uncommitted(xml, place, prefix);
        }
        xml.close("Blobs").element("NextMarker", Paging.marker(page.next())).close("EnumerationResults");
        exchange.respondXml(200, xml.toString());
    }

    /** A prefix that the lake cannot hold matches nothing; one that begins or ends with a slash is fine. */
    private static String safe(String prefix) {
        for (String part : prefix.split("/")) {
            if (part.equals("..") || part.equals(".") || part.indexOf('\0') >= 0) {
                throw ServiceFailure.invalidParameter("prefix", prefix, "The lake holds no such names.");
            }
        }
        return prefix;
    }

    private static List<String> include(Exchange exchange) {
        List<String> all = exchange.target().query().getOrDefault("include", List.of()).stream()
            .flatMap(value -> Arrays.stream(value.split(","))).map(String::strip).filter(value -> !value.isEmpty()).toList();
        for (String value : all) {
            if (!INCLUDES.contains(value)) {
                throw ServiceFailure.invalidParameter("include", value, "Expected one of " + String.join(", ", INCLUDES) + ".");
            }
        }
        return all;
    }

    private void item(Xml xml, BlobAddress place, Listing.Item item, List<String> include) {
        switch (item) {
            case Listing.PrefixItem prefix -> xml.open("BlobPrefix").name(prefix.name()).close("BlobPrefix");
            case Listing.BlobItem file -> write(xml, blobs.blob(place.withPath(file.name()), file.status()), include);
        }
    }

    private void uncommitted(Xml xml, BlobAddress place, String prefix) {
        List<BlobAddress> found = new ArrayList<>(blocks.blobs(place.account(), place.container()));
        found.removeIf(address -> !address.path().startsWith(prefix) || blobs.find(address).isPresent());
        found.forEach(address -> xml.open("Blob").name(address.path()).open("Properties").element("Content-Length", 0)
            .element("BlobType", "BlockBlob").close("Properties").close("Blob"));
    }

    /** A blob's element, as lists and searches have it. */
    private static void write(Xml xml, Blob blob, List<String> include) {
        BlobRecord record = blob.record();
        xml.open("Blob").name(blob.address().path()).open("Properties")
            .element("Creation-Time", HttpDates.formatMicros(record.created()))
            .element("Last-Modified", HttpDates.formatMicros(record.modified()))
            .element("Etag", record.etag().replace("\"", ""))
            .element("Content-Length", record.size());
        content(xml, record.headers());
        xml.element("BlobType", record.kind().name());
        if (record.kind() == BlobKind.BlockBlob) {
            tier(xml, record);
        }
        lease(xml, blob.lease());
        xml.element("ServerEncrypted", "true");
        if (include.contains("copy") && record.copy() != null) {
            copy(xml, record.copy());
        }
        if (!record.tags().isEmpty()) {
            xml.element("TagCount", record.tags().size());
        }
        xml.close("Properties");
        if (include.contains("metadata")) {
            xml.open("Metadata");
            record.metadata().forEach(xml::element);
            xml.close("Metadata");
        }
        if (include.contains("tags") && !record.tags().isEmpty()) {
            xml.open("Tags");
            Tags.write(xml, record.tags());
            xml.close("Tags");
        }
        xml.close("Blob");
    }

    private static void tier(Xml xml, BlobRecord record) {
        xml.element("AccessTier", record.tier() == null ? "Hot" : record.tier());
        if (record.tier() == null) {
            xml.element("AccessTierInferred", "true");
        }
        if (record.tierChanged() != null) {
            xml.element("AccessTierChangeTime", HttpDates.formatMicros(record.tierChanged()));
        }
        if (record.rehydration() != null) {
            xml.element("ArchiveStatus", BlobHeaders.archiveStatus(record.rehydration()))
                .element("RehydratePriority", record.rehydration().priority());
        }
    }

    private static void content(Xml xml, ContentHeaders headers) {
        xml.element("Content-Type", headers.type() == null ? ContentHeaders.DEFAULT_TYPE : headers.type())
            .element("Content-Encoding", text(headers.encoding())).element("Content-Language", text(headers.language()))
            .element("Content-MD5", text(headers.md5())).element("Cache-Control", text(headers.cacheControl()))
            .element("Content-Disposition", text(headers.disposition()));
    }

    private static String text(String value) {
        return value == null ? "" : value;
    }

    static void lease(Xml xml, LeaseRecord lease) {
        long now = System.currentTimeMillis();
        LeaseRecord.State state = lease == null ? LeaseRecord.State.available : lease.state(now);
        xml.element("LeaseStatus", lease != null && lease.isHeld(now) ? "locked" : "unlocked").element("LeaseState", state.name());
        if (state == LeaseRecord.State.leased) {
            xml.element("LeaseDuration", lease.durationSeconds() < 0 ? "infinite" : "fixed");
        }
    }

    private static void copy(Xml xml, CopyRecord copy) {
        xml.element("CopyId", copy.id()).element("CopySource", copy.source()).element("CopyStatus", copy.status().name())
            .element("CopyProgress", copy.bytes() + "/" + Math.max(copy.bytes(), copy.total()))
            .optional("CopyStatusDescription", copy.description());
        if (copy.completedMicros() != null) {
            xml.element("CopyCompletionTime", HttpDates.formatMicros(copy.completedMicros()));
        }
    }
}
