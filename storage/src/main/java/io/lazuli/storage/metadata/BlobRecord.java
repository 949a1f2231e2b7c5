package io.lazuli.storage.metadata;

import java.util.List;
import java.util.Map;

/**
 * What is known of a blob besides its bytes. It speaks of a file only as long as that file has {@code size} and {@code stamp}: whoever
 * else writes the file makes the record void.
 *
 * @param size of the content, in bytes
 * @param stamp when the content was written: the file's modification time, in microseconds since 1970
 * @param created when the blob came to be, in microseconds since 1970
 * @param modified when content or properties were changed, in microseconds since 1970; the entity tag says the same
 * @param tier as the client set it, null for the account's default
 * @param blocks the committed blocks, empty when the blob was put in one piece; null when they are kept apart
 * @param copy null when the blob is no copy
 */
public record BlobRecord(
        long size,
        long stamp,
        BlobKind kind,
        long created,
        long modified,
        ContentHeaders headers,
        Map<String, String> metadata,
        Map<String, String> tags,
        String tier,
        Long tierChanged,
        List<Block> blocks,
        CopyRecord copy,
        boolean sealed) {

    public BlobRecord {
        metadata = metadata == null ? Map.of() : metadata;
        tags = tags == null ? Map.of() : tags;
        blocks = blocks == null ? List.of() : blocks;
    }

    /** A new blob of the given content. */
    public static BlobRecord of(BlobKind kind, ContentHeaders headers, Map<String, String> metadata) {
        return new BlobRecord(0, 0, kind, 0, 0, headers, metadata, Map.of(), null, null, List.of(), null, false);
    }

    /** The entity tag, quotes included, in the form that Azure gives it. */
    public String etag() {
        return EntityTag.of(modified);
    }

    public BlobRecord withContent(long size, long stamp, long created, long modified) {
        return new BlobRecord(size, stamp, kind, created, modified, headers, metadata, tags, tier, tierChanged, blocks, copy, sealed);
    }

    public BlobRecord withModified(long modified) {
        return withContent(size, stamp, created, modified);
    }

    public BlobRecord withHeaders(ContentHeaders headers) {
        return new BlobRecord(size, stamp, kind, created, modified, headers, metadata, tags, tier, tierChanged, blocks, copy, sealed);
    }

    public BlobRecord withMetadata(Map<String, String> metadata) {
        return new BlobRecord(size, stamp, kind, created, modified, headers, metadata, tags, tier, tierChanged, blocks, copy, sealed);
    }

    public BlobRecord withTags(Map<String, String> tags) {
        return new BlobRecord(size, stamp, kind, created, modified, headers, metadata, tags, tier, tierChanged, blocks, copy, sealed);
    }

    public BlobRecord withTier(String tier, Long tierChanged) {
        return new BlobRecord(size, stamp, kind, created, modified, headers, metadata, tags, tier, tierChanged, blocks, copy, sealed);
    }

    public BlobRecord withBlocks(List<Block> blocks) {
        return new BlobRecord(size, stamp, kind, created, modified, headers, metadata, tags, tier, tierChanged, blocks, copy, sealed);
    }

    public BlobRecord withCopy(CopyRecord copy) {
        return new BlobRecord(size, stamp, kind, created, modified, headers, metadata, tags, tier, tierChanged, blocks, copy, sealed);
    }

    public BlobRecord asSealed() {
        return new BlobRecord(size, stamp, kind, created, modified, headers, metadata, tags, tier, tierChanged, blocks, copy, true);
    }
}
