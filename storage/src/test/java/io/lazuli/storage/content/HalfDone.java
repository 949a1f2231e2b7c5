package io.lazuli.storage.content;

import io.lazuli.storage.Durability;
import io.lazuli.storage.metadata.BlobRecord;
import io.lazuli.storage.metadata.EntityTag;
import io.lazuli.storage.metadata.MetadataStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What a process leaves that is killed in the middle of a change. */
public final class HalfDone {
    private HalfDone() {
    }

    /** A rename of a blob with a flat name whose file has moved. */
    public static void rename(Path dataDirectory, Path from, Path to, String fromKey, String toKey) throws IOException {
        try (MetadataStore metadata = new MetadataStore(dataDirectory.resolve("storage.metadata"), Durability.POWER_LOSS)) {
            MetadataStore.Table<BlobEntry> entries = metadata.table("blobs", BlobEntry.class);
            BlobEntry entry = entries.get(fromKey);
            metadata.change(() -> {
                entries.put(toKey, new BlobEntry(null, entry.next() == null ? entry.current() : entry.next()));
                metadata.table("flat-renames", String.class).put(fromKey, toKey);
            });
            Files.move(from, to);
        }
    }

    /** An append of which the first half is written. */
    public static void extend(Path dataDirectory, Path file, String key, String text) throws IOException {
        try (MetadataStore metadata = new MetadataStore(dataDirectory.resolve("storage.metadata"), Durability.POWER_LOSS)) {
            MetadataStore.Table<BlobEntry> entries = metadata.table("blobs", BlobEntry.class);
            BlobEntry entry = entries.get(key);
            BlobRecord before = entry.next() == null ? entry.current() : entry.next();
            long stamp = EntityTag.now();
            metadata.change(() -> {
                entries.put(key, new BlobEntry(before,
                    before.withContent(before.size() + text.length(), stamp, before.created(), stamp), true));
                metadata.table("extending", Boolean.class).put(key, true);
            });
            Files.writeString(file, text.substring(0, text.length() / 2), StandardOpenOption.APPEND);
        }
    }
}
