package io.lazuli.storage.blob;

import io.lazuli.storage.content.Containers;
import io.lazuli.storage.content.Containers.Container;
import io.lazuli.storage.http.Conditions;
import io.lazuli.storage.http.Exchange;
import io.lazuli.storage.http.HttpDates;
import io.lazuli.storage.http.ServiceFailure;
import io.lazuli.storage.http.Xml;
import io.lazuli.storage.metadata.ContainerRecord;
import io.lazuli.storage.metadata.ContainerRecord.AccessPolicy;
import io.lazuli.storage.metadata.EntityTag;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Create, delete, properties, metadata and access policies of containers. */
public final class ContainerOperations {
    private static final int MAX_POLICIES = 5;
    private static final Pattern PERMISSIONS = Pattern.compile("[racwdxyltfmeopi]*");
    private static final int MAX_POLICY_BYTES = 64 * 1024;

    private final Containers containers;

    public ContainerOperations(Containers containers) {
        this.containers = containers;
    }

    public void create(Exchange exchange) throws IOException {
        ContainerRecord record = ContainerRecord.of(EntityTag.now(), exchange.metadata(), publicAccess(exchange))
            .withEncryption(EncryptionScopes.ofNew(exchange));
        Container container = containers.create(exchange.target().account(), exchange.target().container(), record);
        identity(exchange, container);
        exchange.respond(201);
    }

    private static String publicAccess(Exchange exchange) {
        String access = exchange.header("x-ms-blob-public-access");
        if (access == null || access.equals("container") || access.equals("blob")) {
            return access;
        }
        throw ServiceFailure.invalidHeader("x-ms-blob-public-access", access);
    }

    private static void identity(Exchange exchange, Container container) {
        exchange.set("ETag", container.record().etag());
        exchange.setDate("Last-Modified", container.record().modified());
    }

    public void delete(Exchange exchange) throws IOException {
        String account = exchange.target().account();
        String name = exchange.target().container();
        containers.delete(account, name, changing(exchange));
        exchange.respond(202);
    }

    /** Restores the container under the name that it had: Azure takes no other any more. */
    public void restore(Exchange exchange) throws IOException {
        String name = required(exchange, "x-ms-deleted-container-name");
        String version = required(exchange, "x-ms-deleted-container-version");
        if (!name.equals(exchange.target().container())) {
            throw ServiceFailure.invalidHeader("x-ms-deleted-container-name", name);
        }
        containers.restore(exchange.target().account(), name, version);
        exchange.respond(201);
    }

    private static String required(Exchange exchange, String header) {
        return Optional.ofNullable(exchange.header(header)).filter(value -> !value.isEmpty())
            .orElseThrow(() -> ServiceFailure.missingHeader(header));
    }

    private static Consumer<Container> changing(Exchange exchange) {
        Conditions conditions = Conditions.of(exchange);
        String lease = exchange.header("x-ms-lease-id");
        boolean delete = exchange.method().equals("DELETE");
        return container -> {
            if (delete) {
                LeaseCheck.change("Container", container.lease(), lease);
            } else {
                LeaseCheck.read("Container", container.lease(), lease);
            }
            conditions.checkWrite(container.record().etag(), container.record().modified());
        };
    }

    public void properties(Exchange exchange) throws IOException {
        Container container = containers.require(exchange.target().account(), exchange.target().container());
        LeaseCheck.read("Container", container.lease(), exchange.header("x-ms-lease-id"));
        identity(exchange, container);
        exchange.setMetadata(container.record().metadata());
        BlobHeaders.lease(exchange, container.lease());
        exchange.set("x-ms-blob-public-access", container.record().publicAccess());
        exchange.set("x-ms-has-immutability-policy", Boolean.toString(containers.hasImmutabilityPolicy(container)));
        exchange.set("x-ms-has-legal-hold", Boolean.toString(containers.hasLegalHold(container)));
        exchange.set("x-ms-immutable-storage-with-versioning-enabled", "true");
        EncryptionScopes.write(exchange, container.record().encryption());
        exchange.respond(200);
    }

    public void setMetadata(Exchange exchange) throws IOException {
        Map<String, String> metadata = exchange.metadata();
        Container changed = containers.update(exchange.target().account(), exchange.target().container(), changing(exchange),
            record -> record.withMetadata(metadata));
        identity(exchange, changed);
        exchange.respond(200);
    }

    public void getPolicies(Exchange exchange) throws IOException {
        Container container = containers.require(exchange.target().account(), exchange.target().container());
        LeaseCheck.read("Container", container.lease(), exchange.header("x-ms-lease-id"));
        identity(exchange, container);
        exchange.set("x-ms-blob-public-access", container.record().publicAccess());
        Xml xml = new Xml().open("SignedIdentifiers");
        container.record().policies().forEach(policy -> write(xml, policy));
        exchange.respondXml(200, xml.close("SignedIdentifiers").toString());
    }

    private static void write(Xml xml, AccessPolicy policy) {
        xml.open("SignedIdentifier").element("Id", policy.id());
        if (policy.start() != null || policy.expiry() != null || policy.permissions() != null) {
            xml.open("AccessPolicy").optional("Start", policy.start()).optional("Expiry", policy.expiry())
                .optional("Permission", policy.permissions()).close("AccessPolicy");
        }
        xml.close("SignedIdentifier");
    }

    public void setPolicies(Exchange exchange) throws IOException {
        String access = publicAccess(exchange);
        List<AccessPolicy> policies = policies(exchange.bodyText(MAX_POLICY_BYTES));
        Container changed = containers.update(exchange.target().account(), exchange.target().container(), changing(exchange),
            record -> record.withAccess(access, policies));
        identity(exchange, changed);
        exchange.respond(200);
    }

    private static List<AccessPolicy> policies(String document) {
        List<AccessPolicy> policies = new ArrayList<>();
        if (document.isBlank()) {
            return policies;
        }
        for (Xml.Element identifier : Xml.parse(document).children()) {
            String id = identifier.child("Id");
            if (id == null || id.isEmpty() || id.length() > 64) {
                throw ServiceFailure.invalidXml("A SignedIdentifier has an Id of 1 to 64 characters");
            }
            Xml.Element policy = identifier.children().stream().filter(child -> child.name().equals("AccessPolicy")).findFirst()
                .orElse(new Xml.Element("AccessPolicy", "", List.of()));
            policies.add(new AccessPolicy(id, time(policy, "Start"), time(policy, "Expiry"), permissions(policy)));
        }
        if (policies.size() > MAX_POLICIES) {
            throw ServiceFailure.invalidXml("A container has at most 5 stored access policies");
        }
        return policies;
    }

    private static String time(Xml.Element policy, String name) {
        String text = text(policy, name);
        if (text != null && HttpDates.parseIso(text) == null) {
            throw invalid(name, text);
        }
        return text;
    }

    private static String permissions(Xml.Element policy) {
        String text = text(policy, "Permission");
        if (text != null && !PERMISSIONS.matcher(text).matches()) {
            throw invalid("Permission", text);
        }
        return text;
    }

    /** Null for an element that is empty. */
    private static String text(Xml.Element policy, String name) {
        String text = policy.child(name);
        return text == null || text.isBlank() ? null : text.strip();
    }

    private static ServiceFailure invalid(String name, String value) {
        return ServiceFailure.badRequest("InvalidXmlNodeValue",
            "The value provided for one of the XML nodes in the request body was not in the correct format.")
            .with("XmlNodeName", name).with("XmlNodeValue", value);
    }
}
