package io.lazuli.storage.content;

import io.lazuli.storage.metadata.KeptRecord;
import io.lazuli.storage.metadata.MetadataStore;
import io.lazuli.storage.metadata.MetadataStore.Table;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * All that is known of paths and of what is below them: it is forgotten and moved with them. Called within changes of the metadata, but for
 * what makes many of them, after which little is left for the last one.
 */
final class PathRecords {
    private static final String BLOBS = "blobs";
    /** What is known of the blobs themselves moves last: a new one in the other place is told by it. */
    private static final List<String> TABLES = List.of("directories", AccessRecords.TABLE, "leases", TagIndex.TABLE, ExpiryIndex.TABLE,
        ImmutableBlobs.TABLE, BLOBS);

    private final MetadataStore metadata;
    private final List<Table<Object>> tables;
    private final Table<Object> blobs;
    private final Table<KeptRecord> kept;

    PathRecords(MetadataStore metadata) {
        this.metadata = metadata;
        this.tables = TABLES.stream().map(name -> metadata.table(name, Object.class)).toList();
        this.blobs = metadata.table(BLOBS, Object.class);
        this.kept = metadata.table(History.TABLE, KeptRecord.class);
    }

    /** Forgets a path; what was deleted there, and below, can still be restored. */
    void forget(String key) {
        for (Table<?> table : tables) {
            table.remove(key);
            table.removeAll(key + "/");
        }
    }

    /** Forgets what is known of all below a path whose keys pass, in many changes. */
    void forgetBelow(String path, Predicate<String> which) {
        for (Table<?> table : tables) {
            metadata.changeEach(below(table, path, which), table::remove);
        }
        metadata.changeEach(below(kept, path, which), kept::remove);
    }

    /** Moves what is known of all below a path whose keys pass to another, in many changes. */
    void moveBelow(String from, String to, Predicate<String> which) {
        for (Table<?> table : tables) {
            metadata.changeEach(below(table, from, which), key -> move(table, key, to + key.substring(from.length())));
        }
        metadata.changeEach(below(kept, from, which.and(key -> goes(key, from, to))), key -> moveKept(key, from, to));
    }

    private static List<String> below(Table<?> table, String path, Predicate<String> which) {
        return table.keys(path + "/").stream().filter(which).toList();
    }

    /** What came to the other place after a failure had kept what was known from following keeps its own. */
    private void move(Table<?> table, String from, String to) {
        if (table.has(to) || blobs.has(to)) {
            table.remove(from);
        } else {
            table.move(from, to, false);
        }
    }

    /** Moves it to another path, of which nothing is known that is not newer. */
    void move(String from, String to) {
        for (Table<?> table : tables) {
            move(table, from, to);
            table.keys(from + "/").forEach(key -> move(table, key, to + key.substring(from.length())));
        }
        Stream.concat(kept.keys(from + "\0").stream().filter(key -> !isDeleted(key)),
            kept.keys(from + "/").stream().filter(key -> goes(key, from, to))).forEach(key -> moveKept(key, from, to));
    }

    /**
     * Whether something kept below a path goes with it: snapshots do. What was deleted stays where it was, unless the directory itself is
     * deleted or restored.
     */
    private boolean goes(String key, String from, String to) {
        return !isDeleted(key) || History.isParked(from) || History.isParked(to);
    }

    private boolean isDeleted(String key) {
        return kept.get(key).kind() == KeptRecord.Kind.DELETED;
    }

    private void moveKept(String key, String from, String to) {
        kept.move(key, to + key.substring(from.length()), false);
    }
}
