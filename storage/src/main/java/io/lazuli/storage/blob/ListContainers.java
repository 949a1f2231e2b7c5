package io.lazuli.storage.blob;

import io.lazuli.storage.content.Containers;
import io.lazuli.storage.content.Containers.Container;
import io.lazuli.storage.content.DeletedContainers.Deleted;
import io.lazuli.storage.http.Exchange;
import io.lazuli.storage.http.HttpDates;
import io.lazuli.storage.http.Operation;
import io.lazuli.storage.http.ServiceFailure;
import io.lazuli.storage.http.Xml;
import io.lazuli.storage.metadata.ContainerRecord;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** List Containers: those that there are, and with {@code include=deleted} those that can be restored. */
public final class ListContainers implements Operation {
    private static final Set<String> INCLUDES = Set.of("metadata", "deleted", "system");

    private sealed interface Entry {
        ContainerRecord record();
    }

    private record Current(Container container) implements Entry {
        @Override
        public ContainerRecord record() {
            return container.record();
        }
    }

    private record Gone(Deleted deleted) implements Entry {
        @Override
        public ContainerRecord record() {
            return deleted.record().container();
        }
    }

    private final Containers containers;

    public ListContainers(Containers containers) {
        this.containers = containers;
    }

    @Override
    public void run(Exchange exchange) throws IOException {
        String account = exchange.target().account();
        Paging paging = Paging.of(exchange);
        String prefix = Optional.ofNullable(exchange.query("prefix")).orElse("");
        List<String> include = include(exchange);
        TreeMap<String, Entry> found = new TreeMap<>();
        containers.list(account).forEach(container -> found.put(container.name(), new Current(container)));
        if (include.contains("deleted")) {
            containers.deleted(account).forEach(deleted -> found.put(deleted.place(), new Gone(deleted)));
        }
        List<Map.Entry<String, Entry>> rest = found.tailMap(paging.after(), paging.after().isEmpty()).entrySet().stream()
            .filter(entry -> entry.getKey().startsWith(prefix)).toList();
        List<Map.Entry<String, Entry>> page = rest.subList(0, Math.min(paging.limit(), rest.size()));
        Xml xml = new Xml().open("EnumerationResults", "ServiceEndpoint", exchange.origin() + "/" + account + "/")
            .element("Prefix", prefix).optional("Marker", exchange.query("marker")).optional("MaxResults", exchange.query("maxresults"))
            .open("Containers");
        page.forEach(entry -> write(xml, entry.getValue(), include.contains("metadata")));
        String next = page.size() < rest.size() ? page.getLast().getKey() : null;
        exchange.respondXml(200, xml.close("Containers").element("NextMarker", Paging.marker(next)).close("EnumerationResults").toString());
    }

    private static List<String> include(Exchange exchange) {
        List<String> wanted = exchange.target().query().getOrDefault("include", List.of()).stream()
            .flatMap(value -> Arrays.stream(value.split(","))).map(String::strip).filter(value -> !value.isEmpty()).toList();
        wanted.stream().filter(value -> !INCLUDES.contains(value)).findFirst().ifPresent(unknown -> {
            throw ServiceFailure.invalidParameter("include", unknown, "Containers are listed with " + INCLUDES.stream().sorted().toList());
        });
        return wanted;
    }

    private void write(Xml xml, Entry entry, boolean metadata) {
        xml.open("Container");
        switch (entry) {
            case Current(Container container) -> current(xml, container);
            case Gone(Deleted deleted) -> gone(xml, deleted);
        }
        xml.close("Properties");
        if (metadata) {
            xml.open("Metadata");
            entry.record().metadata().forEach(xml::element);
            xml.close("Metadata");
        }
        xml.close("Container");
    }

    private void current(Xml xml, Container container) {
        properties(xml.element("Name", container.name()), container.record());
        ListedBlob.lease(xml, container.lease());
        encryption(xml, container.record());
        immutability(xml, containers.hasImmutabilityPolicy(container), containers.hasLegalHold(container));
    }

    private static void gone(Xml xml, Deleted deleted) {
        xml.element("Name", deleted.name()).element("Deleted", "true").element("Version", deleted.record().version());
        properties(xml, deleted.record().container());
        ListedBlob.lease(xml, null);
        encryption(xml, deleted.record().container());
        immutability(xml, deleted.record().container().protection().days() > 0, false);
        xml.element("DeletedTime", HttpDates.formatMicros(deleted.record().deleted()))
            .element("RemainingRetentionDays", Long.toString(remainingDays(deleted)));
    }

    private static void properties(Xml xml, ContainerRecord record) {
        xml.open("Properties").element("Last-Modified", HttpDates.formatMicros(record.modified())).element("Etag", record.etag())
            .optional("PublicAccess", record.publicAccess());
    }

    private static void encryption(Xml xml, ContainerRecord record) {
        xml.element("DefaultEncryptionScope", record.encryption().scope())
            .element("DenyEncryptionScopeOverride", Boolean.toString(record.encryption().enforced()));
    }

    private static void immutability(Xml xml, boolean policy, boolean hold) {
        xml.element("HasImmutabilityPolicy", Boolean.toString(policy)).element("HasLegalHold", Boolean.toString(hold))
            .element("ImmutableStorageWithVersioningEnabled", "true");
    }

    private static long remainingDays(Deleted deleted) {
        long left = deleted.record().expires() - TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis());
        return TimeUnit.MICROSECONDS.toDays(Math.max(0, left));
    }
}
