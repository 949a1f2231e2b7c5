package io.lazuli.cli.option;

import io.lazuli.algebra.engine.Engine;
import io.lazuli.engine.duckdb.DuckDbEngine;
import io.lazuli.engine.duckdb.DuckDbSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Engines with databases in a temporary folder, which goes when this is closed; the engines are closed by those who got them. */
public final class ScratchEngine implements Supplier<Engine>, AutoCloseable {
    private Path folder;

    @Override
    public synchronized Engine get() {
        try {
            folder = folder == null ? Files.createTempDirectory("lazuli-scratch") : folder;
            return new DuckDbEngine(DuckDbSettings.of(folder));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public synchronized void close() {
        if (folder == null) {
            return;
        }
        try (Stream<Path> paths = Files.walk(folder)) {
            List<Path> deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
