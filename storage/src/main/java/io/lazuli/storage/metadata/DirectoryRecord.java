package io.lazuli.storage.metadata;

import java.util.Map;

/** A directory that a client made, and what it said of it; times in microseconds since 1970. */
public record DirectoryRecord(long created, long modified, Map<String, String> metadata) {
    public DirectoryRecord {
        metadata = metadata == null ? Map.of() : metadata;
    }

    /** A new directory. */
    public static DirectoryRecord of(long created, Map<String, String> metadata) {
        return new DirectoryRecord(created, created, metadata);
    }

    /** New metadata, with a new entity tag. */
    public DirectoryRecord withMetadata(Map<String, String> metadata) {
        return new DirectoryRecord(created, EntityTag.now(), metadata);
    }

    public String etag() {
        return EntityTag.of(modified);
    }
}
