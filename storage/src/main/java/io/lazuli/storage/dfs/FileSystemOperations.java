package io.lazuli.storage.dfs;

import io.lazuli.storage.blob.EncryptionScopes;
import io.lazuli.storage.blob.LeaseCheck;
import io.lazuli.storage.blob.Paging;
import io.lazuli.storage.blob.PathHeaders;
import io.lazuli.storage.content.Containers;
import io.lazuli.storage.content.Containers.Container;
import io.lazuli.storage.http.Conditions;
import io.lazuli.storage.http.Exchange;
import io.lazuli.storage.http.HttpDates;
import io.lazuli.storage.http.ServiceFailure;
import io.lazuli.storage.metadata.ContainerRecord;
import io.lazuli.storage.metadata.EntityTag;
import java.io.IOException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/** File systems: create, delete, properties, list. They are the Blob endpoint's containers. */
public final class FileSystemOperations {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Containers containers;

    public FileSystemOperations(Containers containers) {
        this.containers = containers;
    }

    public void create(Exchange exchange) throws IOException {
        Map<String, String> properties = Optional.ofNullable(PathProperties.read(exchange)).orElse(Map.of());
        write(exchange, containers.create(exchange.target().account(), exchange.target().container(),
            ContainerRecord.of(EntityTag.now(), properties, null).withEncryption(EncryptionScopes.ofNew(exchange))));
        exchange.respond(201);
    }

    /** The entity tag and the time of the last change. */
    static void identity(Exchange exchange, Container container) {
        exchange.set("ETag", container.record().etag());
        exchange.setDate("Last-Modified", container.record().modified());
    }

    private static void write(Exchange exchange, Container container) {
        identity(exchange, container);
        exchange.set("x-ms-namespace-enabled", Boolean.toString(!exchange.target().flat()));
    }

    /** What is told of containers, as this endpoint's clients know it. */
    public static ServiceFailure translate(ServiceFailure failure) {
        return switch (failure.code()) {
            case "ContainerAlreadyExists" -> new ServiceFailure(409, "FilesystemAlreadyExists", "The specified filesystem already exists.");
            case "ContainerNotFound" -> new ServiceFailure(404, "FilesystemNotFound", "The specified filesystem does not exist.");
            default -> failure;
        };
    }

    /** The file system, or what {@link #translate} makes {@code FilesystemNotFound}. */
    static Container require(Containers containers, Exchange exchange) {
        return containers.require(exchange.target().account(), exchange.target().container());
    }

    public void delete(Exchange exchange) throws IOException {
        Conditions conditions = Conditions.of(exchange);
        require(containers, exchange);
        containers.delete(exchange.target().account(), exchange.target().container(), container -> {
            LeaseCheck.change("Container", container.lease(), exchange.header("x-ms-lease-id"));
            conditions.checkWrite(container.record().etag(), container.record().modified());
        });
        exchange.respond(202);
    }

    public void properties(Exchange exchange) throws IOException {
        Container container = require(containers, exchange);
        write(exchange, container);
        exchange.set("x-ms-properties", PathHeaders.encode(container.record().metadata()));
        exchange.respond(200);
    }

    public void setProperties(Exchange exchange) throws IOException {
        Map<String, String> properties = Optional.ofNullable(PathProperties.read(exchange)).orElse(Map.of());
        Conditions conditions = Conditions.of(exchange);
        require(containers, exchange);
        write(exchange, containers.update(exchange.target().account(), exchange.target().container(),
            container -> conditions.checkWrite(container.record().etag(), container.record().modified()),
            record -> record.withMetadata(properties)));
        exchange.respond(200);
    }

    public void list(Exchange exchange) throws IOException {
        String prefix = Optional.ofNullable(exchange.query("prefix")).orElse("");
        Paging paging = Paging.of(exchange.query("continuation"), exchange.query("maxresults"));
        List<Container> rest = containers.list(exchange.target().account()).stream()
            .filter(container -> container.name().startsWith(prefix) && container.name().compareTo(paging.after()) > 0)
            .sorted(Comparator.comparing(Container::name)).toList();
        List<Container> page = rest.stream().limit(paging.limit()).toList();
        if (page.size() < rest.size()) {
            exchange.set("x-ms-continuation", Paging.marker(page.getLast().name()));
        }
        exchange.respondText(200, "application/json;charset=utf-8",
            JSON.writeValueAsString(Map.of("filesystems", page.stream().map(FileSystemOperations::row).toList())));
    }

    private static Map<String, Object> row(Container container) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("name", container.name());
        row.put("lastModified", HttpDates.formatMicros(container.record().modified()));
        row.put("etag", container.record().etag());
        return row;
    }
}
