package io.lazuli.storage.content;

import io.lazuli.storage.metadata.MetadataStore;
import io.lazuli.storage.metadata.MetadataStore.Table;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/** Changes of blobs that take several steps: those that a crash interrupts are done to their end at the next start. */
final class Unfinished {
    /** What is done. */
    enum Work {
        /** A blob is deleted with its snapshots. */
        DELETE,
        DELETE_SNAPSHOTS,
        /** A deleted blob comes back with its deleted snapshots. */
        UNDELETE,
        /** A blob is made where one was deleted, which becomes a snapshot. */
        SUPERSEDE
    }

    /** What is done to the blob that was modified then. */
    record Note(Work work, long modified) {
    }

    private final MetadataStore metadata;
    private final Table<Note> notes;

    Unfinished(MetadataStore metadata) {
        this.metadata = metadata;
        this.notes = metadata.table("unfinished", Note.class);
    }

    /** Does something, as one of several steps when there is a note. */
    <T> T during(BlobAddress address, Optional<Note> note, Supplier<T> steps) {
        if (note.isEmpty()) {
            return steps.get();
        }
        metadata.change(() -> notes.put(address.key(), note.get()));
        try {
            return steps.get();
        } finally {
            // Before all that changes the blob later, so that it is enough to be in order.
            metadata.changeLazily(() -> notes.remove(address.key()));
        }
    }

    /** Gives what a crash interrupted to who ends it. */
    void recover(BiConsumer<BlobAddress, Note> end) {
        for (String key : notes.keys("")) {
            String[] parts = key.split("/", 3);
            end.accept(new BlobAddress(parts[0], parts[1], parts[2]), notes.get(key));
            metadata.change(() -> notes.remove(key));
        }
    }
}
