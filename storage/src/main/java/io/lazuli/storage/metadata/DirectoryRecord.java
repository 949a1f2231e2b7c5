package io.lazuli.storage.metadata;

import java.util.Map;

/**
 * A directory, and what a client said of it; times in microseconds since 1970.
 *
 * @param headers what it is shown with, though it has no content
 * @param keyHash of the customer's key that its metadata is shown and changed with, null for none
 * @param transaction which request of a client made it or moved it here, by the id that the client gave it; null for none
 * @param implicit whether it came with something in it and no client has described it yet
 */
public record DirectoryRecord(long created, long modified, Map<String, String> metadata, ContentHeaders headers, String transaction,
        String keyHash, boolean implicit) {
    public DirectoryRecord {
        metadata = metadata == null ? Map.of() : metadata;
        headers = headers == null ? ContentHeaders.ofType(null) : headers;
    }

    /** A directory that a client makes. */
    public DirectoryRecord(long created, long modified, Map<String, String> metadata, ContentHeaders headers, String transaction,
            String keyHash) {
        this(created, modified, metadata, headers, transaction, keyHash, false);
    }

    /** A directory that no client has described. */
    public static DirectoryRecord of(long created, Map<String, String> metadata) {
        return new DirectoryRecord(created, created, metadata, null, null, null, true);
    }

    /** Described with a customer's key, null for none: one that is described already keeps the key that it has. */
    public DirectoryRecord describedWith(String hash) {
        return implicit ? new DirectoryRecord(created, modified, metadata, headers, transaction, hash) : this;
    }

    /** New metadata, with a new entity tag. */
    public DirectoryRecord withMetadata(Map<String, String> metadata) {
        return new DirectoryRecord(created, EntityTag.now(), metadata, headers, transaction, keyHash, implicit);
    }

    /** Other headers, with a new entity tag. */
    public DirectoryRecord withHeaders(ContentHeaders other) {
        return new DirectoryRecord(created, EntityTag.now(), metadata, other, transaction, keyHash, implicit);
    }

    public DirectoryRecord withTransaction(String id) {
        return new DirectoryRecord(created, modified, metadata, headers, id, keyHash, implicit);
    }

    public String etag() {
        return EntityTag.of(modified);
    }
}
