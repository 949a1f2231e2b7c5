package io.lazuli.storage.metadata;

/**
 * An archived blob on its way to a tier that can be read.
 *
 * @param tier where it goes to
 * @param priority {@code Standard} or {@code High}
 * @param arrives when it is there, in microseconds since 1970
 */
public record RehydrationRecord(String tier, String priority, long arrives) {
}
