package io.lazuli.engine.duckdb;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * What an engine may use.
 *
 * @param memoryLimit the most memory for data, as DuckDB writes it ({@code 2GiB}); empty for four fifths of the machine's
 * @param threads how many threads a query runs on; empty for all processors
 * @param temporaryDirectory where data goes that the memory does not hold; made when it is missing
 * @param databaseFile the file of a database by its name, such as {@code contoso.database.windows.net/sales}
 */
public record DuckDbSettings(
    Optional<String> memoryLimit, OptionalInt threads, Path temporaryDirectory, Function<String, Path> databaseFile) {
    /** Databases as {@code sql/SERVER/DATABASE.duckdb}, temporary files under {@code tmp}, in a data directory. */
    public static DuckDbSettings of(Path dataDirectory) {
        return new DuckDbSettings(Optional.empty(), OptionalInt.empty(), dataDirectory.resolve("tmp"),
            database -> dataDirectory.resolve("sql").resolve(database + ".duckdb"));
    }
}
