package io.lazuli.storage.content;

import io.lazuli.storage.metadata.KeptRecord;
import io.lazuli.storage.metadata.MetadataStore;
import io.lazuli.storage.metadata.MetadataStore.Table;
import java.util.List;

/** All that is known of paths and of what is below them: it is forgotten and moved with them. Called within changes of the metadata. */
final class PathRecords {
    private static final List<String> TABLES = List.of("directories", "access", "blobs", "leases", TagIndex.TABLE, ExpiryIndex.TABLE,
        History.TABLE, ImmutableBlobs.TABLE);

    private final List<Table<Object>> tables;
    private final Table<KeptRecord> kept;

    PathRecords(MetadataStore metadata) {
        this.tables = TABLES.stream().map(name -> metadata.table(name, Object.class)).toList();
        this.kept = metadata.table(History.TABLE, KeptRecord.class);
    }

    void forget(String key) {
        for (Table<?> table : tables) {
            table.remove(key);
            table.removeAll(key + "/");
        }
    }

    /** Moves it to another path, over what is known of that. */
    void move(String from, String to) {
        forget(to);
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
