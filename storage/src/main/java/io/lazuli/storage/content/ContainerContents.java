package io.lazuli.storage.content;

import io.lazuli.storage.metadata.KeptRecord;
import io.lazuli.storage.metadata.MetadataStore;
import io.lazuli.storage.metadata.MetadataStore.Table;
import java.util.List;

/** What is known of all that is in a container: it is forgotten with it, or parked while it can be restored. Called within changes. */
final class ContainerContents {
    private static final List<String> TABLES = List.of("blobs", "leases", "directories", AccessRecords.TABLE, TagIndex.TABLE,
        PendingCopies.TABLE, History.TABLE, FlatNames.TABLE, ImmutableBlobs.TABLE, ExpiryIndex.TABLE);
    /** Records of all tables, where nobody takes them for those of a container: by a name, their table, and their key in the container. */
    private static final String PARKED = "parked";

    private final MetadataStore metadata;
    private final Table<Object> parked;

    ContainerContents(MetadataStore metadata) {
        this.metadata = metadata;
        this.parked = metadata.table(PARKED, Object.class);
    }

    private Table<Object> table(String name) {
        return metadata.table(name, Object.class);
    }

    void forget(String containerKey) {
        TABLES.forEach(name -> table(name).removeAll(containerKey + "/"));
        table("leases").remove(containerKey);
    }

    /** Takes from the container what is kept of its blobs, and all else but its own lease, or forgets that. */
    void park(String containerKey, String name, boolean all) {
        for (String table : TABLES) {
            if (all || table.equals(History.TABLE)) {
                move(table(table), containerKey + "/", parked, name + "/" + table + "/");
            }
        }
        forget(containerKey);
    }

    /** Gives what was parked to a container. */
    void bringBack(String name, String containerKey) {
        for (String table : TABLES) {
            move(parked, name + "/" + table + "/", table(table), containerKey + "/");
        }
    }

    private static void move(Table<Object> from, String prefix, Table<Object> to, String newPrefix) {
        for (String key : from.keys(prefix)) {
            to.put(newPrefix + key.substring(prefix.length()), from.get(key));
            from.remove(key);
        }
    }

    void forgetParked(String name) {
        parked.removeAll(name + "/");
    }

    /** The files of snapshots, versions and deleted blobs among what was parked. */
    List<String> keptFiles(String name) {
        Table<KeptRecord> kept = metadata.table(PARKED, KeptRecord.class);
        return kept.keys(name + "/" + History.TABLE + "/").stream().map(key -> kept.get(key).file()).toList();
    }
}
