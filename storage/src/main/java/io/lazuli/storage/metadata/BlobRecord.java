package io.lazuli.storage.metadata;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What is known of a blob besides its bytes. It speaks of a file only as long as that file has {@code size} and {@code stamp}: whoever
 * else writes the file makes the record void.
 *
 * @param size of the file, in bytes; that of the content unless it is encrypted
 * @param stamp when the content was written: the file's modification time, in microseconds since 1970
 * @param created when the blob came to be, in microseconds since 1970
 * @param modified when content or properties were changed, in microseconds since 1970; the entity tag says the same
 * @param tier as the client set it, null for the account's default
 * @param blocks the committed blocks, empty when the blob was put in one piece; null when they are kept apart
 * @param copy null when the blob is no copy
 * @param rehydration null unless the blob is on its way from the archive
 * @param version the moment that identifies it among its versions, in microseconds since 1970; null when it is none
 * @param keyHash of the customer's key that the content is encrypted with, null for plain content
 * @param appendedBlocks how many blocks an append blob consists of
 * @param pages null unless it is a page blob; one of which nothing is known has been written everywhere
 * @param immutability null when nothing keeps the blob from being changed
 * @param expires when it ends by itself, in microseconds since 1970; null for never
 * @param encryptionContext what a client that encrypts keeps with the file, null for nothing
 * @param accessed when it was last noted down that the content was read or written, in microseconds since 1970; null for never
 * @param transaction which request of a client made the path or moved it here, by the id that the client gave it; null for none
 * @param encryptionScope that the content is encrypted under, null for the account's own
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
        boolean sealed,
        RehydrationRecord rehydration,
        Long version,
        String keyHash,
        int appendedBlocks,
        Pages pages,
        Immutability immutability,
        Long expires,
        String encryptionContext,
        Long accessed,
        String transaction,
        String encryptionScope) {

    public static final String ARCHIVE = "Archive";

    public BlobRecord {
        metadata = metadata == null ? Map.of() : metadata;
        tags = tags == null ? Map.of() : tags;
        blocks = blocks == null ? List.of() : blocks;
    }

    @Override
    public Pages pages() {
        return pages == null && kind == BlobKind.PageBlob ? new Pages(0, List.of(new Pages.Range(0, size - 1))) : pages;
    }

    /** A new blob of the given content. */
    public static BlobRecord of(BlobKind kind, ContentHeaders headers, Map<String, String> metadata) {
        return new Draft(kind).record().withHeaders(headers).withMetadata(metadata);
    }

    /** The entity tag, quotes included, in the form that Azure gives it. */
    public String etag() {
        return EntityTag.of(modified);
    }

    public BlobRecord withContent(long size, long stamp, long created, long modified) {
        return with(draft -> {
            draft.size = size;
            draft.stamp = stamp;
            draft.created = created;
            draft.modified = modified;
        });
    }

    public BlobRecord withModified(long modified) {
        return with(draft -> draft.modified = modified);
    }

    public BlobRecord withHeaders(ContentHeaders headers) {
        return with(draft -> draft.headers = headers);
    }

    public BlobRecord withMetadata(Map<String, String> metadata) {
        return with(draft -> draft.metadata = metadata);
    }

    public BlobRecord withTags(Map<String, String> tags) {
        return with(draft -> draft.tags = tags);
    }

    public BlobRecord withTier(String tier, Long tierChanged) {
        return with(draft -> {
            draft.tier = tier;
            draft.tierChanged = tierChanged;
            draft.rehydration = null;
        });
    }

    public BlobRecord withKeyHash(String keyHash) {
        return with(draft -> draft.keyHash = keyHash);
    }

    /** What keeps the blob from being changed; {@link Immutability#NONE} for nothing. */
    public BlobRecord withImmutability(Immutability immutability) {
        return with(draft -> draft.immutability = immutability.equals(Immutability.NONE) ? null : immutability);
    }

    public BlobRecord withRehydration(RehydrationRecord rehydration) {
        return with(draft -> draft.rehydration = rehydration);
    }

    /** Whether the blob can be neither read nor changed, as it is in the archive. */
    @JsonIgnore
    public boolean isArchived() {
        return ARCHIVE.equals(tier);
    }

    /** The record at a time, in microseconds since 1970: a blob that was on its way from the archive may have arrived. */
    public BlobRecord at(long nowMicros) {
        return rehydration == null || rehydration.arrives() > nowMicros ? this : withTier(rehydration.tier(), rehydration.arrives());
    }

    public BlobRecord withPages(Pages pages) {
        return with(draft -> draft.pages = pages);
    }

    /** One more block at the end of an append blob. */
    public BlobRecord withAppendedBlocks(int count) {
        return with(draft -> draft.appendedBlocks = count);
    }

    public BlobRecord withAppendedBlock() {
        return with(draft -> draft.appendedBlocks++);
    }

    public BlobRecord withBlocks(List<Block> blocks) {
        return with(draft -> draft.blocks = blocks);
    }

    public BlobRecord withCopy(CopyRecord copy) {
        return with(draft -> draft.copy = copy);
    }

    public BlobRecord asSealed() {
        return with(draft -> draft.sealed = true);
    }

    public BlobRecord withVersion(Long version) {
        return with(draft -> draft.version = version);
    }

    /** Another end, null for none. */
    public BlobRecord withExpiry(Long expires) {
        return with(draft -> draft.expires = expires);
    }

    public BlobRecord withEncryptionContext(String encryptionContext) {
        return with(draft -> draft.encryptionContext = encryptionContext);
    }

    public BlobRecord withTransaction(String transaction) {
        return with(draft -> draft.transaction = transaction);
    }

    public BlobRecord withEncryptionScope(String encryptionScope) {
        return with(draft -> draft.encryptionScope = encryptionScope);
    }

    public BlobRecord withAccessed(Long accessed) {
        return with(draft -> draft.accessed = accessed);
    }

    /** When the content was last read or written, as far as that is noted down; null when it is not. */
    public Long lastAccess() {
        return accessed == null ? null : (Long) Math.max(accessed, stamp);
    }

    private BlobRecord with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.record();
    }

    /** The only place that lists all components: a new one is added here, once each way. */
    private static final class Draft {
        private long size;
        private long stamp;
        private BlobKind kind;
        private long created;
        private long modified;
        private ContentHeaders headers;
        private Map<String, String> metadata;
        private Map<String, String> tags;
        private String tier;
        private Long tierChanged;
        private List<Block> blocks;
        private CopyRecord copy;
        private boolean sealed;
        private RehydrationRecord rehydration;
        private Long version;
        private String keyHash;
        private int appendedBlocks;
        private Pages pages;
        private Immutability immutability;
        private Long expires;
        private String encryptionContext;
        private Long accessed;
        private String transaction;
        private String encryptionScope;

        Draft(BlobKind kind) {
            this.kind = kind;
        }

        Draft(BlobRecord record) {
            size = record.size;
            stamp = record.stamp;
            kind = record.kind;
            created = record.created;
            modified = record.modified;
            headers = record.headers;
            metadata = record.metadata;
            tags = record.tags;
            tier = record.tier;
            tierChanged = record.tierChanged;
            blocks = record.blocks;
            copy = record.copy;
            sealed = record.sealed;
            rehydration = record.rehydration;
            version = record.version;
            keyHash = record.keyHash;
            appendedBlocks = record.appendedBlocks;
            pages = record.pages;
            immutability = record.immutability;
            expires = record.expires;
            encryptionContext = record.encryptionContext;
            accessed = record.accessed;
            transaction = record.transaction;
            encryptionScope = record.encryptionScope;
        }

        BlobRecord record() {
            return new BlobRecord(size, stamp, kind, created, modified, headers, metadata, tags, tier, tierChanged, blocks, copy, sealed,
                rehydration, version, keyHash, appendedBlocks, pages, immutability, expires, encryptionContext, accessed,
                transaction, encryptionScope);
        }
    }
}
