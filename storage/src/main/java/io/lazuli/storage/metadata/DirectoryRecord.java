package io.lazuli.storage.metadata;

import java.util.Map;

/**
 * A directory that a client made, and what it said of it; times in microseconds since 1970.
 *
 * @param headers what it is shown with, though it has no content
 */
public record DirectoryRecord(long created, long modified, Map<String, String> metadata, ContentHeaders headers) {
    public DirectoryRecord {
        metadata = metadata == null ? Map.of() : metadata;
        headers = headers == null ? ContentHeaders.ofType(null) : headers;
    }

    /** A new directory. */
    public static DirectoryRecord of(long created, Map<String, String> metadata) {
        return new DirectoryRecord(created, created, metadata, null);
    }

    /** New metadata, with a new entity tag. */
    public DirectoryRecord withMetadata(Map<String, String> metadata) {
        return new DirectoryRecord(created, EntityTag.now(), metadata, headers);
    }

    /** Other headers, with a new entity tag. */
    public DirectoryRecord withHeaders(ContentHeaders other) {
        return new DirectoryRecord(created, EntityTag.now(), metadata, other);
    }

    public String etag() {
        return EntityTag.of(modified);
    }
}
