package io.lazuli.storage.content;

import io.lazuli.storage.metadata.KeptRecord;
import io.lazuli.storage.metadata.MetadataStore;
import io.lazuli.storage.metadata.MetadataStore.Table;
import java.util.List;
import java.util.function.Predicate;

/**
 * What is known of all that is in a container: it is forgotten with it, or parked while it can be restored. Makes many changes, between
 * which others can make theirs; each may be done again after a crash.
 */
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

    private List<String> keys(String table, String containerKey, Predicate<String> which) {
        return table(table).keys(containerKey + "/").stream().filter(which).toList();
    }

    /** Forgets what is known of the contents whose keys pass. */
    void forget(String containerKey, Predicate<String> which) {
        TABLES.forEach(name -> metadata.changeEach(keys(name, containerKey, which), table(name)::remove));
    }

    /** Within a change. */
    void forgetLease(String containerKey) {
        table("leases").remove(containerKey);
    }

    /** Takes from the container what is known of the contents whose keys pass. */
    void park(String containerKey, String name, Predicate<String> which) {
        for (String table : TABLES) {
            move(keys(table, containerKey, which), table(table), containerKey + "/", parked, name + "/" + table + "/");
        }
    }

    /** Gives what was parked to a container. */
    void bringBack(String name, String containerKey) {
        for (String table : TABLES) {
            String prefix = name + "/" + table + "/";
            move(parked.keys(prefix), parked, prefix, table(table), containerKey + "/");
        }
    }

    private void move(List<String> keys, Table<Object> from, String prefix, Table<Object> to, String newPrefix) {
        metadata.changeEach(keys, key -> from.moveTo(to, key, newPrefix + key.substring(prefix.length())));
    }

    void forgetParked(String name) {
        metadata.changeEach(parked.keys(name + "/"), parked::remove);
    }

    /** The files of snapshots, versions and deleted blobs among what was parked. */
    List<String> keptFiles(String name) {
        Table<KeptRecord> kept = metadata.table(PARKED, KeptRecord.class);
        return kept.keys(name + "/" + History.TABLE + "/").stream().map(key -> kept.get(key).file()).toList();
    }
}
