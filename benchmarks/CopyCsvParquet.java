import io.lazuli.algebra.engine.Execution;
import io.lazuli.algebra.engine.Session;
import io.lazuli.algebra.engine.WriteFile;
import io.lazuli.algebra.plan.Scan;
import io.lazuli.algebra.source.Compression;
import io.lazuli.algebra.source.DelimitedFormat;
import io.lazuli.algebra.source.FileSource;
import io.lazuli.algebra.source.ParquetFormat;
import io.lazuli.algebra.source.SourceFile;
import io.lazuli.engine.duckdb.DuckDbEngine;
import io.lazuli.engine.duckdb.DuckDbSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Copies a CSV file to Parquet with the engine and with DuckDB alone, in turns. */
class CopyCsvParquet {
    private static final int ROUNDS = 3;

    public static void main(String[] arguments) throws Exception {
        long rows = arguments.length > 0 ? Long.parseLong(arguments[0]) : 10_000_000;
        String memory = arguments.length > 1 ? arguments[1] : "1GiB";
        Path folder = Files.createDirectories(Path.of(System.getProperty("java.io.tmpdir"), "lazuli-benchmark"));
        Path csv = folder.resolve("rows-" + rows + ".csv");
        Path parquet = folder.resolve("copy.parquet");
        DelimitedFormat format = new DelimitedFormat(",", "\"", "\\", "", true, "", "UTF-8", 0, true, false, Compression.NONE);
        FileSource source = new FileSource(List.of(new SourceFile(csv, "rows.csv")), format, Optional.empty());
        DuckDbSettings settings = new DuckDbSettings(Optional.of(memory), OptionalInt.empty(), folder.resolve("tmp"), folder::resolve);
        try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:"); Statement statement = duckdb.createStatement();
            DuckDbEngine engine = new DuckDbEngine(settings); Session session = engine.open()) {
            generate(statement, csv, rows);
            statement.execute("SET memory_limit = '" + memory + "'");
            System.out.printf("%,d rows, %,d MB, memory limit %s%n", rows, Files.size(csv) >> 20, memory);
            System.out.println("round | lazuli s | duckdb s | ratio");
            for (int round = 1; round <= ROUNDS; round++) {
                Files.deleteIfExists(parquet);
                long start = System.nanoTime();
                session.execute(new WriteFile(new Scan(source, engine.describe(source)), new ParquetFormat("snappy"), parquet),
                    Execution.UNWATCHED);
                double lazuli = (System.nanoTime() - start) / 1e9;
                Files.deleteIfExists(parquet);
                start = System.nanoTime();
                statement.execute("COPY (SELECT * FROM read_csv('" + csv + "', all_varchar = true, header = true)) TO '" + parquet
                    + "' (FORMAT parquet, COMPRESSION snappy)");
                double plain = (System.nanoTime() - start) / 1e9;
                System.out.printf("%5d | %8.2f | %8.2f | %5.2f%n", round, lazuli, plain, lazuli / plain);
            }
        }
        Files.readAllLines(Path.of("/proc/self/status")).stream().filter(line -> line.startsWith("VmHWM"))
            .forEach(line -> System.out.println("peak memory of the process: " + line.substring(6).strip()));
    }

    private static void generate(Statement statement, Path csv, long rows) throws Exception {
        if (!Files.exists(csv)) {
            statement.execute("COPY (SELECT i AS id, 'customer ' || (i % 100000) AS name, i % 97 AS quantity, round(i / 7.0, 2) AS price, "
                + "DATE '2020-01-01' + CAST(i % 1000 AS INTEGER) AS day, 'city, ' || (i % 500) AS city, md5(CAST(i AS VARCHAR)) AS hash, "
                + "i % 2 = 0 AS flag, i * 31 AS number, 'note' AS note FROM range(" + rows + ") t(i)) TO '" + csv + "' (HEADER)");
        }
    }
}
