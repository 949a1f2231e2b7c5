package io.lazuli.storage.content;

import io.lazuli.storage.metadata.AccessRecord;
import io.lazuli.storage.metadata.MetadataStore;
import io.lazuli.storage.metadata.MetadataStore.Table;
import java.util.List;
import java.util.Objects;

/**
 * Who might use a file before another content took its place, kept until it has: the record of access is durable before the file is
 * there, and a failure or crash between leaves the old content to those who might use it.
 */
final class FormerAccess {
    /**
     * What was before.
     *
     * @param access null when nothing was said
     * @param modified the time of the new content
     */
    record Former(AccessRecord access, long modified) {
    }

    private final MetadataStore metadata;
    private final Table<AccessRecord> access;
    private final Table<Former> former;

    FormerAccess(MetadataStore metadata) {
        this.metadata = metadata;
        this.access = metadata.table(AccessRecords.TABLE, AccessRecord.class);
        this.former = metadata.table("former-access", Former.class);
    }

    /** Within a change of the metadata: keeps what {@code change} changes until a content of that time is in its place. */
    void during(String key, long modified, Runnable change) {
        AccessRecord before = access.get(key);
        change.run();
        if (!Objects.equals(before, access.get(key))) {
            former.put(key, new Former(before, modified));
        }
    }

    /** The new content is in its place. */
    void forget(String key) {
        if (former.has(key)) {
            // Before all that changes the file later, so that it is enough to be in order.
            metadata.changeLazily(() -> former.remove(key));
        }
    }

    /** The new content did not take its place. */
    void restore(String key) {
        Former before = former.get(key);
        if (before != null) {
            metadata.change(() -> {
                if (before.access() == null) {
                    access.remove(key);
                } else {
                    access.put(key, before.access());
                }
                former.remove(key);
            });
        }
    }

    /** Where a crash came between, perhaps. */
    List<String> keys() {
        return former.keys("");
    }

    /** The time of the content that was to take its place. */
    long modified(String key) {
        return former.get(key).modified();
    }
}
