package io.lazuli.storage.content;

import io.lazuli.storage.metadata.BlobRecord;
import io.lazuli.storage.metadata.LeaseRecord;
import java.nio.file.Path;

/**
 * A blob as it was when it was looked at.
 *
 * @param file where its bytes are
 * @param lease null when it never had one
 */
public record Blob(BlobAddress address, BlobRecord record, Path file, LeaseRecord lease) {
    public long size() {
        return record.size();
    }

    public String etag() {
        return record.etag();
    }
}
