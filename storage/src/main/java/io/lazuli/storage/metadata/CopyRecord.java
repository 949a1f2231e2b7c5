package io.lazuli.storage.metadata;

/** Where a blob was copied from: all copies end before they are answered. */
public record CopyRecord(String id, String source, long bytes, long completedMicros) {
}
