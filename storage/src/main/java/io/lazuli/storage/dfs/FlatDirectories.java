package io.lazuli.storage.dfs;

import io.lazuli.storage.blob.PathHeaders;
import io.lazuli.storage.content.Blob;
import io.lazuli.storage.content.BlobAddress;
import io.lazuli.storage.content.Blobs;
import io.lazuli.storage.content.Listing;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The directories of accounts with flat names: empty blobs whose metadata says that they are one, and what several names begin with. Such a
 * directory need not have a blob of its own.
 */
final class FlatDirectories {
    private static final int PAGE = 5000;

    private final Blobs blobs;

    FlatDirectories(Blobs blobs) {
        this.blobs = blobs;
    }

    /** Whether a blob stands for a directory. */
    static boolean isDirectory(Blob blob) {
        return PathHeaders.isDirectory(blob.record().metadata());
    }

    /** The metadata of a directory. */
    static Map<String, String> marked(Map<String, String> properties) {
        Map<String, String> marked = new LinkedHashMap<>(properties);
        marked.keySet().removeIf(PathHeaders.DIRECTORY::equalsIgnoreCase);
        marked.put(PathHeaders.DIRECTORY, "true");
        return marked;
    }

    /** New metadata of what had other metadata: a directory stays one. */
    static Map<String, String> changed(Map<String, String> old, Map<String, String> properties) {
        return PathHeaders.isDirectory(old) ? marked(properties) : properties;
    }

    /** Whether a directory is there, with a blob of its own or without. */
    boolean exists(BlobAddress address) {
        return address.path().isEmpty() || blobs.find(address).filter(FlatDirectories::isDirectory).isPresent() || !isEmpty(address);
    }

    /** Whether there is nothing in a directory, or no directory. */
    boolean isEmpty(BlobAddress address) {
        return blobs.list(address, new Listing.Question(inside(address), null, "", 1)).items().isEmpty();
    }

    /** What all names in a directory begin with. */
    static String inside(BlobAddress address) {
        return address.path().isEmpty() ? "" : address.path() + "/";
    }

    /** Does something with each blob in a directory, and below; they may go meanwhile. */
    void forEach(BlobAddress address, Consumer<BlobAddress> action) {
        String after = "";
        do {
            Listing page = blobs.list(address, new Listing.Question(inside(address), null, after, PAGE));
            page.items().forEach(item -> action.accept(address.withPath(item.name())));
            after = Optional.ofNullable(page.next()).orElse("");
        } while (!after.isEmpty());
    }
}
