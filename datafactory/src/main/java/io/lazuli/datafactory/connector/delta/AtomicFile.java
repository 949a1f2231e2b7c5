package io.lazuli.datafactory.connector.delta;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** A file that appears whole, durable, and where it may not replace another only if there is none yet. */
final class AtomicFile {
    private AtomicFile() {
    }

    /** Writes the bytes of a file. */
    interface Content {
        void write(Path part) throws IOException;
    }

    /** Fails with {@link FileAlreadyExistsException} when the file is there and {@code overwrite} is not allowed. */
    static void write(Path file, boolean overwrite, Content content) throws IOException {
        Files.createDirectories(file.getParent());
        Path part = file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID() + ".tmp");
        try {
            content.write(part);
            try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            if (overwrite) {
                Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } else {
                place(part, file);
            }
            synchronizeFolder(file.getParent());
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /** A link is made only where nothing is, whoever else tries at the same moment. */
    private static void place(Path part, Path file) throws IOException {
        try {
            Files.createLink(file, part);
        } catch (UnsupportedOperationException noLinks) {
            if (!file.toFile().createNewFile()) {
                throw new FileAlreadyExistsException(file.toString());
            }
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void synchronizeFolder(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (java.nio.file.AccessDeniedException noFolderHandles) {
            // Windows opens no folders as files; its renames need no such call.
            return;
        }
    }
}
