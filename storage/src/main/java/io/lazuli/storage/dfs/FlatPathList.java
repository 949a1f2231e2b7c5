package io.lazuli.storage.dfs;

import io.lazuli.storage.blob.Paging;
import io.lazuli.storage.blob.Parts;
import io.lazuli.storage.content.Blob;
import io.lazuli.storage.content.BlobAddress;
import io.lazuli.storage.content.Blobs;
import io.lazuli.storage.content.Containers;
import io.lazuli.storage.content.Directories;
import io.lazuli.storage.content.Listing;
import io.lazuli.storage.http.Exchange;
import io.lazuli.storage.metadata.ContainerRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/**
 * List Paths in accounts with flat names, in the order of their names: the files and directories in a directory; or all blobs below it,
 * among them the directories that have a blob of their own.
 */
public final class FlatPathList {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Containers containers;
    private final Blobs blobs;
    private final FlatDirectories directories;

    public FlatPathList(Containers containers, Blobs blobs) {
        this.containers = containers;
        this.blobs = blobs;
        this.directories = new FlatDirectories(blobs);
    }

    public void list(Exchange exchange) throws IOException {
        ContainerRecord container = FileSystemOperations.require(containers, exchange).record();
        BlobAddress place = BlobAddress.of(exchange.target().withPath(exchange.target().container(),
            Optional.ofNullable(exchange.query("directory")).orElse("").replaceAll("^/+|/+$", "")));
        List<Map<String, Object>> rows = new ArrayList<>();
        if (directories.exists(place)) {
            Listing page = blobs.list(place, question(exchange, place));
            Parts.inOrder(page.items(), some -> some.stream().flatMap(item -> row(place, item, container).stream()).toList(), rows::addAll);
            exchange.set("x-ms-continuation", page.next() == null ? null : PathMarker.after(page.next()));
        } else {
            rows.add(row(blobs.find(place).orElseThrow(Directories::notFound)));
        }
        exchange.respondText(200, "application/json;charset=utf-8", JSON.writeValueAsString(Map.of("paths", rows)));
    }

    private static Listing.Question question(Exchange exchange, BlobAddress place) {
        PathPaging paging = PathMarker.read(exchange.query("continuation"), exchange.query("maxresults"), place.path());
        String first = Optional.ofNullable(exchange.query("beginfrom")).orElse("").replaceAll("^/+|/+$", "");
        boolean begins = paging.begin().isEmpty() && !first.isEmpty();
        String name = begins ? FlatDirectories.inside(place) + first : paging.begin();
        String after = begins || paging.itself() ? new Paging("", 1).from(name).after() : name;
        boolean recursive = "true".equalsIgnoreCase(exchange.query("recursive"));
        return new Listing.Question(FlatDirectories.inside(place), recursive ? null : "/", after, paging.limit());
    }

    /** Nothing for what has gone meanwhile, for the directory itself, and for one that is in the list by its own name. */
    private Optional<Map<String, Object>> row(BlobAddress place, Listing.Item item, ContainerRecord container) {
        BlobAddress address = place.withPath(item.name());
        if (item.name().equals(FlatDirectories.inside(place))) {
            return Optional.empty();
        }
        return switch (item) {
            case Listing.BlobItem blob -> blob.file().get().map(file -> row(blobs.blob(address, file)));
            case Listing.DirectoryItem none -> throw new IllegalStateException("Where names are flat, " + none + " is no path of its own");
            case Listing.PrefixItem prefix -> {
                String name = prefix.name().substring(0, prefix.name().length() - 1);
                boolean listed = blobs.find(place.withPath(name)).filter(FlatDirectories::isDirectory).isPresent();
                yield listed ? Optional.empty() : Optional.of(directory(name, container));
            }
        };
    }

    private static Map<String, Object> row(Blob blob) {
        Map<String, Object> row = new LinkedHashMap<>();
        boolean directory = FlatDirectories.isDirectory(blob);
        row.put("name", blob.address().path());
        if (directory) {
            row.put("isDirectory", "true");
        }
        ListPaths.identity(row, blob.etag(), blob.record().modified(), blob.record().created(), blob.size());
        ListPaths.encryption(row, blob);
        return row;
    }

    /** One without a blob of its own has the times of its file system. */
    private static Map<String, Object> directory(String name, ContainerRecord container) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("name", name);
        row.put("isDirectory", "true");
        ListPaths.identity(row, container.etag(), container.modified(), container.modified(), 0);
        return row;
    }
}
