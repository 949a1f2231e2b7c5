package io.lazuli.storage.content;

import io.lazuli.storage.metadata.MetadataStore;
import io.lazuli.storage.metadata.MetadataStore.Table;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/** Contents that are kept while others take their places; after a crash it finds those that are current still. Callers hold the lock. */
final class Overwrites {
    private final History history;
    private final MetadataStore metadata;
    private final Table<Boolean> begun;

    Overwrites(History history, MetadataStore metadata) {
        this.history = history;
        this.metadata = metadata;
        this.begun = metadata.table("overwrites", Boolean.class);
    }

    /** Notes that a content is being overwritten: {@link #recover} looks whether it was. Called within a change of the metadata. */
    void begin(Kept kept) {
        history.store(kept);
        begun.put(kept.key(), true);
    }

    void end(Kept kept) {
        metadata.changeLazily(() -> begun.remove(kept.key()));
    }

    /** A content was not overwritten after all. */
    void cancel(Kept kept) {
        history.remove(kept);
        end(kept);
    }

    /** Looks after a crash whether contents were overwritten that were about to be. */
    void recover(Function<BlobAddress, Optional<Blob>> current) {
        for (String key : begun.keys("")) {
            history.load(key).ifPresent(kept -> {
                if (current.apply(kept.address()).filter(blob -> isSame(kept.file(), blob.file())).isPresent()) {
                    history.remove(kept);
                }
            });
            metadata.changeLazily(() -> begun.remove(key));
        }
    }

    private static boolean isSame(Path kept, Path current) {
        try {
            return Files.exists(current) && Files.isSameFile(kept, current);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }
}
