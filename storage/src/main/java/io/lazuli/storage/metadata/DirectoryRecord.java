package io.lazuli.storage.metadata;

import java.util.Map;

/** A directory that a client made, and what it said of it; times in microseconds since 1970. */
public record DirectoryRecord(long created, long modified, Map<String, String> metadata) {
    public DirectoryRecord {
        metadata = metadata == null ? Map.of() : metadata;
    }

    public String etag() {
        return EntityTag.of(modified);
    }
}
