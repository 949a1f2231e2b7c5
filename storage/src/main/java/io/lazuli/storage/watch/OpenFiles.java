package io.lazuli.storage.watch;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/** The files that processes of this user have open for writing, as Linux tells; none elsewhere. */
final class OpenFiles {
    private static final Path PROCESSES = Path.of("/proc");
    private static final String FLAGS = "flags:";
    private static final int WRITING = 3;

    private OpenFiles() {
    }

    /** Those among some files, which are given without links in their names. */
    static Set<Path> among(Set<Path> files) {
        Set<Path> found = new HashSet<>();
        if (!files.isEmpty() && Files.isDirectory(PROCESSES.resolve("self/fd"))) {
            forEach(PROCESSES, "[0-9]*", process -> forEach(process.resolve("fd"), "*", descriptor -> {
                Path file = Files.readSymbolicLink(descriptor);
                if (files.contains(file) && isWritten(process.resolve("fdinfo").resolve(descriptor.getFileName()))) {
                    found.add(file);
                }
            }));
        }
        return found;
    }

    private interface Look {
        void at(Path entry) throws IOException;
    }

    /** Nothing of processes of others, which cannot be looked at. */
    private static void forEach(Path folder, String names, Look look) {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, names)) {
            for (Path entry : entries) {
                look(entry, look);
            }
        } catch (IOException | DirectoryIteratorException hidden) {
            return;
        }
    }

    /** Nothing of what has ended meanwhile. */
    private static void look(Path entry, Look look) {
        try {
            look.at(entry);
        } catch (IOException gone) {
            return;
        }
    }

    private static boolean isWritten(Path information) throws IOException {
        return Files.readAllLines(information).stream().filter(line -> line.startsWith(FLAGS))
            .anyMatch(line -> (Integer.parseInt(line.substring(FLAGS.length()).strip(), 8) & WRITING) != 0);
    }
}
