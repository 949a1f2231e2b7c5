package io.lazuli.storage.content;

/**
 * What a deletion did.
 *
 * @param permanent whether for good
 * @param id by which it can be undone, null when ids are not needed for that
 */
public record Removal(boolean permanent, String id) {
}
