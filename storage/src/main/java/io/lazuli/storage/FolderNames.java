package io.lazuli.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The names in folders, in the order of a container's names, remembered as long as a folder does not change: so that the pages of a list
 * don't read it again. A folder's own time tells of changes, by whomever; one that changed a moment ago is not relied on. Thread-safe.
 */
final class FolderNames {
    private static final int MOST_NAMES = 200_000;
    /** File systems give two changes that follow each other at once the same time. */
    private static final Duration UNSURE = Duration.ofMillis(50);

    /** {@code key} tells the folder from another one that took its place; null where the file system has none. */
    private record Names(FileTime changed, Object key, Instant read, List<String> sorted) {
        boolean holds(BasicFileAttributes now) {
            return now.lastModifiedTime().equals(changed) && Objects.equals(now.fileKey(), key)
                && changed.toInstant().plus(UNSURE).isBefore(read);
        }
    }

    private final Map<Path, Names> remembered = new LinkedHashMap<>(16, 0.75f, true);
    private int names;

    /** The names of files, and those of folders with a slash behind them, sorted; fails as the file system does. */
    List<String> of(Path folder) throws IOException {
        BasicFileAttributes now = Files.readAttributes(folder, BasicFileAttributes.class);
        synchronized (remembered) {
            Names known = remembered.get(folder);
            if (known != null && known.holds(now)) {
                return known.sorted();
            }
        }
        Names fresh = new Names(now.lastModifiedTime(), now.fileKey(), Instant.now(), read(folder));
        remember(folder, fresh);
        return fresh.sorted();
    }

    private static List<String> read(Path folder) throws IOException {
        List<String> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                String name = entry.getFileName().toString();
                if (!LakeNames.isReserved(name)) {
                    found.add(Files.isDirectory(entry) ? name + "/" : name);
                }
            }
        } catch (UncheckedIOException | java.nio.file.DirectoryIteratorException problem) {
            throw (IOException) problem.getCause();
        }
        found.sort(null);
        return found;
    }

    private void remember(Path folder, Names fresh) {
        synchronized (remembered) {
            forget(remembered.remove(folder));
            if (fresh.sorted().size() <= MOST_NAMES) {
                remembered.put(folder, fresh);
                names += fresh.sorted().size();
            }
            while (names > MOST_NAMES) {
                Path oldest = remembered.keySet().iterator().next();
                forget(remembered.remove(oldest));
            }
        }
    }

    private void forget(Names old) {
        names -= old == null ? 0 : old.sorted().size();
    }
}
