package io.lazuli.storage.blob;

import io.lazuli.storage.FileStatus;
import io.lazuli.storage.content.Accounts;
import io.lazuli.storage.content.Blob;
import io.lazuli.storage.content.BlobAddress;
import io.lazuli.storage.content.Blobs;
import io.lazuli.storage.content.Blocks;
import io.lazuli.storage.content.Containers;
import io.lazuli.storage.content.Directories;
import io.lazuli.storage.content.History;
import io.lazuli.storage.content.HistoryListing;
import io.lazuli.storage.content.Kept;
import io.lazuli.storage.content.Listing;
import io.lazuli.storage.http.Exchange;
import io.lazuli.storage.http.ServiceFailure;
import io.lazuli.storage.http.Xml;
import io.lazuli.storage.metadata.KeptRecord.Kind;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/** List Blobs: flat, or with a delimiter by levels. */
public final class ListBlobs {
    private static final List<String> INCLUDES =
        List.of("metadata", "copy", "tags", "uncommittedblobs", "snapshots", "versions", "deleted", "deletedwithversions",
            "immutabilitypolicy", "legalhold", "permissions");

    /** What a blob takes in a list. */
    private static final int USUAL_BYTES = 800;
    private static final List<String> SHOW_ONLY = List.of("deleted", "files", "directories");
    private static final Set<String> HISTORY = Set.of("snapshots", "versions", "deleted", "deletedwithversions");

    private final Containers containers;
    private final Blobs blobs;
    private final Blocks blocks;
    private final History history;
    private final Accounts accounts;
    private final Directories directories;

    public ListBlobs(Containers containers, Blobs blobs, Blocks blocks, History history, Accounts accounts, Directories directories) {
        this.directories = directories;
        this.history = history;
        this.accounts = accounts;
        this.containers = containers;
        this.blobs = blobs;
        this.blocks = blocks;
    }

    public void list(Exchange exchange) throws IOException {
        String account = exchange.target().account();
        String container = exchange.target().container();
        String scope = containers.require(account, container).record().encryption().named();
        Paging paging = Paging.of(exchange);
        String prefix = Optional.ofNullable(exchange.query("prefix")).orElse("");
        String delimiter = Optional.ofNullable(exchange.query("delimiter")).filter(text -> !text.isEmpty()).orElse(null);
        ListedPaths paths = new ListedPaths(directories, exchange, scope, include(exchange), new LastVersions(blobs, history));
        if (delimiter != null && paths.includes("snapshots")) {
            throw ServiceFailure.invalidParameter("include", "snapshots",
                "Listing snapshots and using a delimiter are mutually exclusive.");
        }
        String only = only(exchange, paths);
        BlobAddress place = new BlobAddress(account, container, "");
        Listing.Question question = new Listing.Question(
            exchange.target().flat() ? prefix : safe(prefix), delimiter, paging.after(), paging.limit(),
            exchange.target().flat() ? null : kinds(only));
        boolean onlyDeleted = "deleted".equals(only);
        boolean withHistory = onlyDeleted || HISTORY.stream().anyMatch(paths::includes);
        String end = end(exchange, withHistory || paths.includes("uncommittedblobs"));
        Xml xml = exchange.xml(200)
            .open("EnumerationResults", "ServiceEndpoint", exchange.origin() + "/" + account + "/", "ContainerName", container)
            .element("Prefix", prefix).optional("Marker", exchange.query("marker")).optional("MaxResults", exchange.query("maxresults"))
            .optional("Delimiter", delimiter).open("Blobs");
        String next = withHistory ? history(xml, place, question, paths, onlyDeleted)
            : current(xml, place, question, paths, end);
        xml.close("Blobs").element("NextMarker", Paging.marker(next)).close("EnumerationResults");
        exchange.respond(200, xml);
    }

    /** A blob of which there are only uncommitted blocks. */
    private record Uncommitted(String name) {
    }

    /** Writes a page and gives the place where it ends, null when it is the last one. */
    private String current(Xml xml, BlobAddress place, Listing.Question question, ListedPaths paths, String end) throws IOException {
        Listing page = before(end, blobs.list(place, question));
        if (!paths.includes("uncommittedblobs") || question.kinds() == Listing.Kinds.DIRECTORIES) {
            Parts.inOrder(page.items(), items -> part(place, items, paths), xml::add);
            return page.next();
        }
        TreeMap<String, Object> all = new TreeMap<>();
        uncommitted(place, question).filter(name -> page.next() == null || name.compareTo(page.next()) <= 0)
            .forEach(name -> all.put(name, shown(name, question)));
        page.items().forEach(item -> all.put(item.place(), item));
        List<Object> some = all.values().stream().limit(question.limit()).toList();
        some.forEach(entry -> {
            if (entry instanceof Listing.Item item) {
                item(xml, place, item, paths);
            } else {
                xml.open("Blob").name(((Uncommitted) entry).name()).open("Properties").element("Content-Length", 0)
                    .element("BlobType", "BlockBlob").close("Properties").close("Blob");
            }
        });
        return some.size() == all.size() ? page.next() : all.keySet().stream().skip(some.size() - 1L).findFirst().orElseThrow();
    }

    /** The name before which a list ends, null for none. */
    private static String end(Exchange exchange, boolean includesOthers) {
        String end = exchange.query("endbefore");
        if (end != null && includesOthers) {
            throw ServiceFailure.invalidParameter("endBefore", end, "Only lists of current blobs end before a name.");
        }
        return end == null || end.isEmpty() ? null : end;
    }

    private static Listing before(String end, Listing page) {
        if (end == null || page.items().isEmpty() || page.items().getLast().place().compareTo(end) < 0) {
            return page;
        }
        return new Listing(page.items().stream().takeWhile(item -> item.place().compareTo(end) < 0).toList(), null);
    }

    private Xml part(BlobAddress place, List<Listing.Item> items, ListedPaths paths) {
        Xml part = Xml.part(items.size() * USUAL_BYTES);
        BiFunction<BlobAddress, FileStatus, Blob> read = blobs.inOrder();
        items.forEach(item -> item(part, place, item, paths, read));
        return part;
    }

    /** The names, or what they begin with up to a delimiter. */
    private Stream<String> uncommitted(BlobAddress place, Listing.Question question) {
        return blocks.blobs(place.account(), place.container()).stream()
            .filter(address -> address.path().startsWith(question.prefix()) && blobs.find(address).isEmpty())
            .map(address -> common(address.path(), question)).filter(name -> name.compareTo(question.after()) > 0)
            .filter(name -> question.wantsPrefixes() || !(shown(name, question) instanceof Listing.PrefixItem)).distinct();
    }

    private static String common(String name, Listing.Question question) {
        int end = question.delimiter() == null ? -1 : name.indexOf(question.delimiter(), question.prefix().length());
        return end < 0 ? name : name.substring(0, end + question.delimiter().length());
    }

    private static Object shown(String name, Listing.Question question) {
        boolean prefix = question.delimiter() != null && name.startsWith(question.prefix())
            && name.indexOf(question.delimiter(), question.prefix().length()) >= 0;
        return prefix ? new Listing.PrefixItem(name) : new Uncommitted(name);
    }

    private String history(Xml xml, BlobAddress place, Listing.Question question, ListedPaths paths, boolean onlyDeleted) {
        HistoryListing page = HistoryListing.of(history, blobs, place, question, !onlyDeleted,
            kept -> onlyDeleted ? kept.record().kind() == Kind.DELETED : isWanted(kept, paths, question));
        boolean hierarchical = accounts.of(place.account()).hierarchical();
        for (HistoryListing.Row row : page.rows()) {
            if (row.item() != null) {
                item(xml, place, row.item(), paths);
            } else if (row.kept().record().isDirectory()) {
                ListedBlob.deletedDirectory(xml, row.kept());
            } else {
                ListedBlob.write(xml, row.kept().blob(), row.kept(), hierarchical, paths);
            }
        }
        return page.next();
    }

    private boolean isWanted(Kept kept, ListedPaths paths, Listing.Question question) {
        if (!question.wants(kept.record().isDirectory() ? Listing.Kinds.DIRECTORIES : Listing.Kinds.FILES)) {
            return false;
        }
        boolean shown = paths.includes("deleted") || !kept.isDeleted();
        return switch (kept.record().kind()) {
            case SNAPSHOT -> shown && paths.includes("snapshots");
            case VERSION -> shown && paths.includes("versions") || ListedBlob.standsForDeleted(kept, paths);
            case DELETED -> paths.includes("deleted");
        };
    }

    /** What alone a list of a hierarchical account is to show, null for everything. */
    private static String only(Exchange exchange, ListedPaths paths) {
        String only = exchange.query("showonly");
        if (only == null) {
            return null;
        }
        if (exchange.target().flat() || !SHOW_ONLY.contains(only)) {
            throw ServiceFailure.invalidParameter("showonly", only,
                "Hierarchical accounts know one of " + String.join(", ", SHOW_ONLY) + ".");
        }
        if (only.equals("deleted") && paths.includes("deleted")) {
            throw ServiceFailure.invalidParameter("include", "deleted", "A list that shows only what was deleted includes it anyway.");
        }
        return only;
    }

    private static Listing.Kinds kinds(String only) {
        return switch (only) {
            case "files" -> Listing.Kinds.FILES;
            case "directories" -> Listing.Kinds.DIRECTORIES;
            case null, default -> Listing.Kinds.ALL;
        };
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
            .flatMap(value -> Arrays.stream(value.split(","))).map(value -> value.strip().toLowerCase(Locale.ROOT))
            .filter(value -> !value.isEmpty()).toList();
        for (String value : all) {
            if (!INCLUDES.contains(value) || value.equals("permissions") && exchange.target().flat()) {
                throw ServiceFailure.invalidParameter("include", value, "Expected one of " + String.join(", ", INCLUDES) + ".");
            }
        }
        return all;
    }

    private void item(Xml xml, BlobAddress place, Listing.Item item, ListedPaths paths) {
        item(xml, place, item, paths, blobs::blob);
    }

    private void item(Xml xml, BlobAddress place, Listing.Item item, ListedPaths paths, BiFunction<BlobAddress, FileStatus, Blob> read) {
        switch (item) {
            case Listing.PrefixItem prefix -> paths.prefix(xml, place, prefix);
            case Listing.DirectoryItem directory -> paths.directory(xml, place.withPath(directory.name()), directory.folder());
            case Listing.BlobItem blob -> blob.file().get().ifPresent(
                file -> ListedBlob.write(xml, read.apply(place.withPath(blob.name()), file), null, false, paths));
        }
    }
}
