package io.lazuli.storage.blob;

import io.lazuli.storage.content.Accounts;
import io.lazuli.storage.content.Containers;
import io.lazuli.storage.content.Containers.Container;
import io.lazuli.storage.http.Exchange;
import io.lazuli.storage.http.HttpDates;
import io.lazuli.storage.http.Xml;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** List Containers, account information. */
public final class AccountOperations {
    private final Containers containers;
    private final Accounts accounts;

    public AccountOperations(Containers containers, Accounts accounts) {
        this.accounts = accounts;
        this.containers = containers;
    }

    public void listContainers(Exchange exchange) throws IOException {
        String account = exchange.target().account();
        Paging paging = Paging.of(exchange);
        String prefix = Optional.ofNullable(exchange.query("prefix")).orElse("");
        boolean metadata = exchange.target().query().getOrDefault("include", List.of()).stream()
            .anyMatch(value -> value.contains("metadata"));
        List<Container> found = containers.list(account).stream()
            .filter(container -> container.name().startsWith(prefix) && container.name().compareTo(paging.after()) > 0).toList();
        List<Container> page = found.subList(0, Math.min(paging.limit(), found.size()));
        Xml xml = new Xml().open("EnumerationResults", "ServiceEndpoint", exchange.origin() + "/" + account + "/")
            .element("Prefix", prefix).optional("Marker", exchange.query("marker")).optional("MaxResults", exchange.query("maxresults"))
            .open("Containers");
        page.forEach(container -> write(xml, container, metadata));
        String next = page.size() < found.size() ? page.getLast().name() : null;
        exchange.respondXml(200, xml.close("Containers").element("NextMarker", Paging.marker(next)).close("EnumerationResults").toString());
    }

    private void write(Xml xml, Container container, boolean metadata) {
        xml.open("Container").element("Name", container.name()).open("Properties")
            .element("Last-Modified", HttpDates.formatMicros(container.record().modified()))
            .element("Etag", container.record().etag());
        ListBlobs.lease(xml, container.lease());
        xml.optional("PublicAccess", container.record().publicAccess())
            .element("DefaultEncryptionScope", "$account-encryption-key").element("DenyEncryptionScopeOverride", "false")
            .element("HasImmutabilityPolicy", Boolean.toString(containers.hasImmutabilityPolicy(container)))
            .element("HasLegalHold", Boolean.toString(containers.hasLegalHold(container)))
            .element("ImmutableStorageWithVersioningEnabled", "true").close("Properties");
        if (metadata) {
            xml.open("Metadata");
            container.record().metadata().forEach(xml::element);
            xml.close("Metadata");
        }
        xml.close("Container");
    }

    public void information(Exchange exchange) throws IOException {
        exchange.set("x-ms-sku-name", "Standard_LRS");
        exchange.set("x-ms-account-kind", "StorageV2");
        exchange.set("x-ms-is-hns-enabled", Boolean.toString(accounts.of(exchange.target().account()).hierarchical()));
        exchange.respond(200);
    }
}
