package io.lazuli.storage.content;

import io.lazuli.storage.metadata.BlobKind;
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
        return contentSize(record);
    }

    /** How many bytes the content of a blob with that record has; its file has more when it is encrypted. */
    public static long contentSize(BlobRecord record) {
        if (record.keyHash() == null) {
            return record.size();
        }
        return record.kind() == BlobKind.PageBlob ? EncryptedPages.contentSize(record.size()) : EncryptedContent.contentSize(record.size());
    }

    /** Where the page that begins at an offset lies in the file of a page blob. */
    public long place(long offset) {
        return record.keyHash() == null ? offset : EncryptedPages.place(offset);
    }

    public String etag() {
        return record.etag();
    }
}
