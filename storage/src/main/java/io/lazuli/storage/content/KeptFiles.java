package io.lazuli.storage.content;

import io.lazuli.storage.FileTree;
import io.lazuli.storage.Lake;
import io.lazuli.storage.metadata.BlobKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** The files of contents that are kept: on the file system of their container, in a folder that is never listed. Thread-safe. */
final class KeptFiles {
    private final Lake lake;

    KeptFiles(Lake lake) {
        this.lake = lake;
    }

    private FileTree tree(BlobAddress address) {
        return lake.container(address.account(), address.container());
    }

    /** Where a content of the container has that name. */
    Path file(BlobAddress address, String name) {
        return tree(address).keptFile(name);
    }

    /** Copies a blob's bytes from its file to a new one; durable when it returns. */
    void copy(Blob from, FileChannel source, Path to) throws IOException {
        try (FileChannel target = FileChannel.open(to, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            if (from.record().kind() == BlobKind.PageBlob) {
                new PageFile(from).copy(source, target);
            } else {
                copy(source, from.record().size(), target);
            }
            target.force(true);
        }
    }

    private static void copy(FileChannel source, long size, FileChannel target) throws IOException {
        for (long copied = 0; copied < size;) {
            long step = source.transferTo(copied, size - copied, target);
            if (step <= 0) {
                throw new IOException("The file became shorter while it was copied");
            }
            copied += step;
        }
    }

    /** Moves a blob's file or a folder to where it is kept; durable when it returns. */
    void move(Path from, Path to) {
        try {
            lake.durability().createFolders(to.getParent());
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
            lake.durability().forceFolder(to.getParent());
            lake.durability().forceFolder(from.getParent());
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    /** Gives a blob's file a second name, under which it is kept; durable when it returns. */
    void link(Path current, Kept kept) {
        try {
            lake.durability().createFolders(kept.file().getParent());
            try {
                Files.createLink(kept.file(), current);
            } catch (UnsupportedOperationException noLinks) {
                Files.copy(current, kept.file(), StandardCopyOption.COPY_ATTRIBUTES);
            }
            lake.durability().forceFolder(kept.file().getParent());
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    /** Removes the file or folder of a content; durable when it returns. */
    void remove(Kept kept) {
        try {
            FileTree.deleteAll(kept.file());
            lake.durability().forceFolder(kept.file().getParent());
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }
}
