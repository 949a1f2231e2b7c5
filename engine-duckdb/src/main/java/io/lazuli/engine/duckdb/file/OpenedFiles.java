package io.lazuli.engine.duckdb.file;

import io.lazuli.algebra.source.SourceFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Files as DuckDB reads them.
 *
 * @param paths in the order of {@code sources}: each file itself or a temporary one with its text
 * @param temporary what to delete at the end
 * @param fast whether the reading takes fewer texts than Azure does
 */
public record OpenedFiles(List<SourceFile> sources, List<Path> paths, List<Path> temporary, boolean fast) implements AutoCloseable {
    /** A message with the users' names of the files instead of their paths. */
    public String named(String message) {
        String text = message;
        for (int i = 0; i < paths.size(); i++) {
            text = text.replace(paths.get(i).toString(), sources.get(i).name());
        }
        return text;
    }

    @Override
    public void close() {
        for (Path path : temporary) {
            try {
                Files.deleteIfExists(path);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
