package io.lazuli.storage.content;

import io.lazuli.storage.metadata.KeptRecord;
import io.lazuli.storage.metadata.MetadataStore;
import io.lazuli.storage.metadata.MetadataStore.Table;
import java.util.List;
import java.util.function.Predicate;

/**
 * All that is known of paths and of what is below them: it is forgotten and moved with them. Called within changes of the metadata, but for
 * what makes many of them, after which little is left for the last one.
 */
final class PathRecords {
    private static final List<String> TABLES = List.of("directories", "access", "blobs", "leases", TagIndex.TABLE, ExpiryIndex.TABLE,
        History.TABLE, ImmutableBlobs.TABLE);

    private final MetadataStore metadata;
    private final List<Table<Object>> tables;
    private final Table<KeptRecord> kept;

    PathRecords(MetadataStore metadata) {
        this.metadata = metadata;
        this.tables = TABLES.stream().map(name -> metadata.table(name, Object.class)).toList();
        this.kept = metadata.table(History.TABLE, KeptRecord.class);
    }

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
    }

    /** Moves what is known of all below a path whose keys pass to another, in many changes. */
    void moveBelow(String from, String to, Predicate<String> which) {
        for (Table<?> table : tables) {
            metadata.changeEach(below(table, from, which), key -> table.move(key, to + key.substring(from.length()), false));
        }
    }

    private static List<String> below(Table<?> table, String path, Predicate<String> which) {
        return table.keys(path + "/").stream().filter(which).toList();
    }

    /** Moves it to another path, of which nothing is known. */
    void move(String from, String to) {
        for (Table<?> table : tables) {
            table.move(from, to, false);
            table.move(from + "/", to + "/", true);
        }
        moveSnapshots(from, to);
    }

    /** What was deleted stays where it was: only snapshots go with their file. */
    private void moveSnapshots(String from, String to) {
        for (String key : kept.keys(from + "\0")) {
            KeptRecord record = kept.get(key);
            if (record.kind() != KeptRecord.Kind.DELETED) {
                kept.remove(key);
                kept.put(to + key.substring(from.length()), record);
            }
        }
    }
}
