package io.lazuli.storage.content;

import io.lazuli.storage.metadata.BlobRecord;
import io.lazuli.storage.metadata.LeaseRecord;
import java.nio.file.Path;

/**
 * A blob as it was when it was looked at.
 *
 * @param file where its bytes are
 * @param lease null when it never had one
 * @param generation null for the current content
 */
public record Blob(BlobAddress address, BlobRecord record, Path file, LeaseRecord lease, Generation generation) {
    /** The current content. */
    public Blob(BlobAddress address, BlobRecord record, Path file, LeaseRecord lease) {
        this(address, record, file, lease, null);
    }

    public long size() {
        return record.keyHash() == null ? record.size() : EncryptedContent.contentSize(record.size());
    }

    public String etag() {
        return record.etag();
    }
}
