package io.lazuli.storage.content;

import io.lazuli.storage.metadata.AccessRecord;
import io.lazuli.storage.metadata.MetadataStore;
import io.lazuli.storage.metadata.MetadataStore.Table;

/** Who may use the paths of hierarchical accounts. What changes it is called within changes of the metadata. */
final class AccessRecords {
    static final String TABLE = "access";
    private static final AccessRecord PLAIN_DIRECTORY = plain("rwxr-x---");
    private static final AccessRecord PLAIN_FILE = plain("rw-r-----");

    private final Table<AccessRecord> records;

    AccessRecords(MetadataStore metadata) {
        this.records = metadata.table(TABLE, AccessRecord.class);
    }

    private static AccessRecord plain(String permissions) {
        return new AccessRecord(Directories.SUPERUSER, Directories.SUPERUSER, AccessList.ofPermissions(permissions).toString(), false);
    }

    /** What a path has that nobody said anything of. */
    static AccessRecord plain(boolean directory) {
        return directory ? PLAIN_DIRECTORY : PLAIN_FILE;
    }

    AccessRecord of(BlobAddress address, boolean directory) {
        AccessRecord record = records.get(address.key());
        return record == null ? plain(directory) : record;
    }

    void put(BlobAddress address, AccessRecord record) {
        records.put(address.key(), record);
    }

    /** The same without a record for what a path has anyway. */
    void put(BlobAddress address, boolean directory, AccessRecord record) {
        if (record.equals(plain(directory))) {
            records.remove(address.key());
        } else {
            put(address, record);
        }
    }

    void remove(BlobAddress address) {
        records.remove(address.key());
    }
}
