package io.lazuli.storage.query;

import io.lazuli.storage.FileTree;
import io.lazuli.storage.content.Blob;
import io.lazuli.storage.content.BlobAddress;
import io.lazuli.storage.content.Blobs;
import io.lazuli.storage.content.CustomerKey;
import io.lazuli.storage.content.Generation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The files that queries read: second names of blobs' files, and decrypted copies of those that are encrypted. A copy is there as long as
 * its query runs, in a folder for its owner alone, which is emptied at the start and at the end. Thread-safe.
 */
public final class QueriedFiles implements AutoCloseable {
    /** A blob's content under a name of its own, which stays when the blob is replaced. */
    record Held(Blob blob, Path path) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            Files.deleteIfExists(path);
        }
    }

    private final Blobs blobs;
    private final Path copies;

    /** Removes the copies that a killed process has left in the folder. */
    public QueriedFiles(Blobs blobs, Path copies) {
        this.blobs = blobs;
        this.copies = copies;
        removeCopies();
    }

    private void removeCopies() {
        try {
            if (Files.isDirectory(copies)) {
                try (Stream<Path> files = Files.list(copies)) {
                    for (Path file : (Iterable<Path>) files::iterator) {
                        Files.deleteIfExists(file);
                    }
                }
            }
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    /**
     * A blob's file to read; the caller closes it.
     *
     * @param generation the snapshot or version that is read, empty for the current content; it is copied, as its file may be removed
     * @param key that the content is encrypted with, null for plain content; another key fails
     * @param check refuses when the blob must not be read, before anything is copied
     */
    Held hold(BlobAddress address, Optional<Generation> generation, CustomerKey key, Consumer<Blob> check) throws IOException {
        if (key != null || generation.isPresent()) {
            try (Blobs.Opened opened = blobs.open(address, generation, key)) {
                check.accept(opened.blob());
                return copied(opened);
            }
        }
        Held held = linked(address);
        try {
            CustomerKey.require(null, held.blob().record().keyHash());
            check.accept(held.blob());
            return held;
        } catch (RuntimeException refused) {
            held.close();
            throw refused;
        }
    }

    private Held linked(BlobAddress address) throws IOException {
        FileTree tree = blobs.tree(address);
        while (true) {
            Held held = new Held(blobs.require(address), tree.stageFile());
            if (isLinked(held) && blobs.find(address).filter(now -> now.etag().equals(held.blob().etag())).isPresent()) {
                return held;
            }
            held.close();
        }
    }

    /** False when the file has been deleted or moved before. */
    private static boolean isLinked(Held held) throws IOException {
        try {
            Files.createLink(held.path(), held.blob().file());
            return true;
        } catch (NoSuchFileException missing) {
            // The file may be there again meanwhile.
            if (!Files.exists(held.path().getParent())) {
                throw missing;
            }
            return false;
        }
    }

    private Held copied(Blobs.Opened opened) throws IOException {
        makeFolder();
        Held copy = new Held(opened.blob(), copies.resolve(UUID.randomUUID().toString()));
        try (FileChannel to = FileChannel.open(copy.path(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            FileChannel from = opened.channel();
            for (long copied = 0; copied < from.size();) {
                copied += from.transferTo(copied, from.size() - copied, to);
            }
            return copy;
        } catch (IOException | RuntimeException failure) {
            copy.close();
            throw failure;
        }
    }

    private void makeFolder() throws IOException {
        FileAttribute<?>[] own = copies.getFileSystem().supportedFileAttributeViews().contains("posix")
            ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))}
            : new FileAttribute<?>[0];
        Files.createDirectories(copies, own);
    }

    /** Removes the copies of queries that the end of the service interrupts. */
    @Override
    public void close() {
        removeCopies();
    }
}
