package io.lazuli.storage.content;

import io.lazuli.storage.http.ServiceFailure;
import io.lazuli.storage.metadata.BlobRecord;
import io.lazuli.storage.metadata.MetadataStore;
import io.lazuli.storage.metadata.MetadataStore.Table;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Which blobs have tags, so that a search looks at those and at no others. An entry is a hint: the blob itself says what tags it has, so
 * that one too many does no harm. Thread-safe.
 */
public final class TagIndex {
    static final String TABLE = "tagged";

    private final Blobs blobs;
    private final Table<BlobEntry> entries;
    private final Table<Boolean> tagged;

    public TagIndex(Blobs blobs, MetadataStore metadata) {
        this.blobs = blobs;
        this.entries = metadata.table("blobs", BlobEntry.class);
        this.tagged = metadata.table(TABLE, Boolean.class);
    }

    /** Keeps a blob's hint in step with its entry; called within a change of the metadata. */
    static void note(Table<Boolean> tagged, String key, BlobEntry entry) {
        if (hasTags(entry.current()) || hasTags(entry.next())) {
            tagged.put(key, true);
        } else {
            tagged.remove(key);
        }
    }

    private static boolean hasTags(BlobRecord record) {
        return record != null && !record.tags().isEmpty();
    }

    /** Some of the blobs that were asked for, and the place after which the next ones come, null when there are none. */
    public record Page(List<Blob> blobs, String next) {
    }

    /**
     * Blobs whose tags match, by container and name.
     *
     * @param container empty for all of the account
     * @param after {@code container/path} of the last blob of the page before, empty for the first page
     */
    public Page find(String account, String container, String after, int limit, Predicate<Blob> wanted) {
        String prefix = account + "/" + (container.isEmpty() ? "" : container + "/");
        String last = account + "/" + after;
        List<Blob> found = new ArrayList<>();
        Iterator<String> keys = tagged.keysFrom(last.compareTo(prefix) > 0 ? last : prefix);
        while (keys.hasNext()) {
            String key = keys.next();
            if (!key.startsWith(prefix)) {
                break;
            }
            Optional<Blob> blob = key.equals(last) ? Optional.empty() : matching(key, wanted);
            if (blob.isPresent() && found.size() == limit) {
                BlobAddress end = found.getLast().address();
                return new Page(found, end.container() + "/" + end.path());
            }
            blob.ifPresent(found::add);
        }
        return new Page(found, null);
    }

    private Optional<Blob> matching(String key, Predicate<Blob> wanted) {
        BlobEntry entry = entries.get(key);
        if (entry == null || !hasTags(entry.current()) && !hasTags(entry.next())) {
            return Optional.empty();
        }
        String[] parts = key.split("/", 3);
        BlobAddress address = new BlobAddress(parts[0], parts[1], parts[2]);
        if (!matches(address, entry.current(), wanted) && !matches(address, entry.next(), wanted)) {
            return Optional.empty();
        }
        try {
            return blobs.find(address).filter(blob -> hasTags(blob.record())).filter(wanted);
        } catch (ServiceFailure containerGone) {
            return Optional.empty();
        }
    }

    private static boolean matches(BlobAddress address, BlobRecord record, Predicate<Blob> wanted) {
        return hasTags(record) && wanted.test(new Blob(address, record, null, null));
    }
}
