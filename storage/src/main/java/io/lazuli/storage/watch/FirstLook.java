package io.lazuli.storage.watch;

import io.lazuli.storage.FileStatus;
import io.lazuli.storage.content.BlobAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Tells the files that were there when somebody began to listen from those that have come since, which takes a while where there are many.
 * The system knows when a file was last changed, made, moved or renamed. Used by one thread at a time.
 */
final class FirstLook {
    private final KnownFiles known;
    /** Folders that were moved to where they are since; of what is in them the system does not know that. */
    private final Set<BlobAddress> arrived = new HashSet<>();

    FirstLook(KnownFiles known) {
        this.known = known;
    }

    /** Looks for folders in a folder that have arrived; from above, and before anything is noted, as each change in a folder hides that. */
    void look(BlobAddress folder, List<FileStatus> below) {
        for (FileStatus entry : below) {
            BlobAddress address = folder.withPath(entry.path());
            if (arrived.contains(folder)
                    || known.scopes().beganToListen(address).filter(since -> hasArrived(entry, since)).isPresent()) {
                arrived.add(address);
            }
        }
    }

    /** Notes what was there before in a folder; of folders from above. */
    void note(BlobAddress folder, List<FileStatus> files, List<FileStatus> below) {
        look(folder, below);
        if (!arrived.contains(folder)) {
            Map<BlobAddress, Version> old = new TreeMap<>(WatchedKeys.ORDER);
            for (FileStatus file : files) {
                BlobAddress address = folder.withPath(file.path());
                if (known.scopes().beganToListen(address).filter(since -> changed(file).isBefore(since)).isPresent()) {
                    old.put(address, Version.of(file));
                }
            }
            known.noteOld(old);
        }
    }

    private static boolean hasArrived(FileStatus folder, Instant since) {
        return folder.lastModified().isBefore(since) && !changed(folder).isBefore(since);
    }

    /** When a file got its content or its place; the end of time for one that has gone meanwhile. */
    private static Instant changed(FileStatus entry) {
        Instant content = entry.lastModified().isAfter(entry.created()) ? entry.lastModified() : entry.created();
        try {
            FileTime time = (FileTime) Files.getAttribute(entry.file(), "unix:ctime", LinkOption.NOFOLLOW_LINKS);
            return time.toInstant().isAfter(content) ? time.toInstant() : content;
        } catch (UnsupportedOperationException | IllegalArgumentException otherSystem) {
            return content;
        } catch (IOException gone) {
            return Instant.MAX;
        }
    }
}
