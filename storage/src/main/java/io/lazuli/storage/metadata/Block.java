package io.lazuli.storage.metadata;

/**
 * A committed block of a blob.
 *
 * @param id base 64, as the client sent it
 * @param size in bytes
 */
public record Block(String id, long size) {
}
