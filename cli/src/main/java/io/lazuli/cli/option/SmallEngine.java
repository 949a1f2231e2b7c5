package io.lazuli.cli.option;

import io.lazuli.algebra.engine.Engine;
import io.lazuli.engine.duckdb.DuckDbEngine;
import io.lazuli.engine.duckdb.DuckDbSettings;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;

/** An engine on one thread for expressions and constants: opened when it is first needed, and without a data directory. */
public final class SmallEngine implements Supplier<Engine>, AutoCloseable {
    public static final Path TEMPORARY_DIRECTORY = Path.of(System.getProperty("java.io.tmpdir"), "lazuli");

    private Engine engine;

    @Override
    public synchronized Engine get() {
        if (engine == null) {
            engine = new DuckDbEngine(new DuckDbSettings(Optional.empty(), OptionalInt.of(1),
                TEMPORARY_DIRECTORY, database -> Path.of(database)));
        }
        return engine;
    }

    @Override
    public synchronized void close() {
        if (engine != null) {
            engine.close();
        }
    }
}
