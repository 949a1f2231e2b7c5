package io.lazuli.storage.metadata;

import java.util.Map;

/**
 * A directory that a client made, and what it said of it; times in microseconds since 1970.
 *
 * @param headers what it is shown with, though it has no content
 * @param keyHash of the customer's key that its metadata is shown and changed with, null for none
 * @param transaction which request of a client made it or moved it here, by the id that the client gave it; null for none
 */
public record DirectoryRecord(
        long created, long modified, Map<String, String> metadata, ContentHeaders headers, String transaction, String keyHash) {
    public DirectoryRecord {
        metadata = metadata == null ? Map.of() : metadata;
        headers = headers == null ? ContentHeaders.ofType(null) : headers;
    }

    /** A new directory. */
    public static DirectoryRecord of(long created, Map<String, String> metadata) {
        return new DirectoryRecord(created, created, metadata, null, null, null);
    }

    /** New metadata, with a new entity tag. */
    public DirectoryRecord withMetadata(Map<String, String> metadata) {
        return new DirectoryRecord(created, EntityTag.now(), metadata, headers, transaction, keyHash);
    }

    /** Other headers, with a new entity tag. */
    public DirectoryRecord withHeaders(ContentHeaders other) {
        return new DirectoryRecord(created, EntityTag.now(), metadata, other, transaction, keyHash);
    }

    public DirectoryRecord withTransaction(String id) {
        return new DirectoryRecord(created, modified, metadata, headers, id, keyHash);
    }

    public String etag() {
        return EntityTag.of(modified);
    }
}
