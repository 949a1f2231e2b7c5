package io.lazuli.storage.content;

import io.lazuli.storage.metadata.KeptRecord;
import java.nio.file.Path;

/** A content that is not the current one of its blob, as it was when it was looked at. */
public record Kept(BlobAddress address, String id, KeptRecord record, Path file) {
    /** What identifies it in the metadata. */
    String key() {
        return address.key() + "\0" + id;
    }

    public boolean isDeleted() {
        return record.deleted() != null;
    }

    /** As operations see a blob. */
    public Blob blob() {
        return new Blob(address, record.record(), file, null, new Generation(record.kind(), id));
    }

    Kept with(KeptRecord changed) {
        return new Kept(address, id, changed, file);
    }
}
