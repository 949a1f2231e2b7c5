package io.lazuli.storage.log;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The files of the log, {@code logs/storage/StorageBlobLogs-NUMBER.jsonl} in the data directory, the highest number the newest: a new one
 * is begun when one has 16 MB, and the oldest is removed when there are more than 8.
 */
public final class RequestLogFiles {
    private static final long MOST_BYTES = 16L * 1024 * 1024;
    private static final int MOST_FILES = 8;
    private static final long LEAST_SPACE_BYTES = 64L * 1024 * 1024;
    private static final String PREFIX = "StorageBlobLogs-";
    private static final String SUFFIX = ".jsonl";

    private final Path folder;

    public RequestLogFiles(Path dataDirectory) {
        this.folder = dataDirectory.resolve("logs").resolve("storage");
    }

    /** All files, the oldest first. */
    public List<Path> list() {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(file -> file.getFileName().toString().matches(PREFIX + "\\d{6}\\" + SUFFIX)).sorted().toList();
        } catch (NoSuchFileException none) {
            return List.of();
        } catch (IOException problem) {
            throw failure(CommonError.IO_ERROR, Place.of(folder, null), "The log cannot be read: %s", problem.getMessage(), problem);
        }
    }

    /** Whether the disk has room for more than what clients store. */
    boolean isSpaceLeft() throws IOException {
        Files.createDirectories(folder);
        return Files.getFileStore(folder).getUsableSpace() > LEAST_SPACE_BYTES;
    }

    /** The file to write to, which need not be there yet; removes what is too old. */
    Path current() throws IOException {
        Files.createDirectories(folder);
        List<Path> files = list();
        if (files.isEmpty()) {
            return numbered(1);
        }
        Path newest = files.getLast();
        if (Files.size(newest) < MOST_BYTES) {
            return newest;
        }
        for (Path old : files.subList(0, Math.max(0, files.size() - MOST_FILES + 1))) {
            Files.deleteIfExists(old);
        }
        return numbered(number(newest) + 1);
    }

    private Path numbered(int number) {
        return folder.resolve("%s%06d%s".formatted(PREFIX, number, SUFFIX));
    }

    private static int number(Path file) {
        String name = file.getFileName().toString();
        return Integer.parseInt(name.substring(PREFIX.length(), name.length() - SUFFIX.length()));
    }
}
