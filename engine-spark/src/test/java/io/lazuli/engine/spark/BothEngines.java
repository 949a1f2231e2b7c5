package io.lazuli.engine.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.algebra.engine.Execution;
import io.lazuli.algebra.engine.Session;
import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.source.RowCursor;
import io.lazuli.engine.duckdb.DuckDbEngine;
import io.lazuli.engine.duckdb.DuckDbSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** DuckDB and Spark, opened once for all tests, and what makes their rows comparable. */
final class BothEngines {
    /** The system property that says where Spark runs, within this process when it is missing. */
    static final String MASTER = "lazuli.tests.spark-master";

    private static BothEngines opened;

    final Path folder;
    final DuckDbEngine duckDb;
    final SparkEngine spark;
    private final Session onDuckDb;
    private final Session onSpark;

    private BothEngines(Path folder) {
        this.folder = folder;
        this.duckDb = new DuckDbEngine(DuckDbSettings.of(folder.resolve("data")));
        this.spark = new SparkEngine(duckDb, new SparkSettings(System.getProperty(MASTER, "local[2]"), folder.resolve("spark")));
        this.onDuckDb = duckDb.open();
        this.onSpark = spark.open();
    }

    static synchronized BothEngines open() {
        if (opened == null) {
            try {
                opened = new BothEngines(Files.createTempDirectory("lazuli-spark"));
                Runtime.getRuntime().addShutdownHook(new Thread(opened::close));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return opened;
    }

    private void close() {
        onDuckDb.close();
        onSpark.close();
        spark.close();
        duckDb.close();
        try (HandedRows all = new HandedRows(folder)) {
            assertThat(all.folder()).isDirectory();
        }
    }

    Session duckDbSession() {
        return onDuckDb;
    }

    Session sparkSession() {
        return onSpark;
    }

    List<List<Object>> onDuckDb(Plan plan) {
        return rows(onDuckDb.query(plan, Execution.UNWATCHED));
    }

    List<List<Object>> onSpark(Plan plan) {
        return rows(onSpark.query(plan, Execution.UNWATCHED));
    }

    /** Both give the same rows, in any order. */
    void same(Plan plan) {
        assertThat(onSpark(plan)).as(plan.toString()).containsExactlyInAnyOrderElementsOf(onDuckDb(plan));
    }

    void sameInOrder(Plan plan) {
        assertThat(onSpark(plan)).as(plan.toString()).isEqualTo(onDuckDb(plan));
    }

    /** The rows of one of them, with every bit of floats. */
    List<List<Object>> exactly(Plan plan, boolean spark) {
        return rows((spark ? onSpark : onDuckDb).query(plan, Execution.UNWATCHED), value -> value);
    }

    static List<List<Object>> rows(RowCursor cursor) {
        return rows(cursor, BothEngines::rounded);
    }

    private static List<List<Object>> rows(RowCursor cursor, UnaryOperator<Object> number) {
        List<List<Object>> rows = new ArrayList<>();
        try (cursor) {
            while (cursor.next()) {
                List<Object> row = new ArrayList<>();
                for (int i = 0; i < cursor.schema().size(); i++) {
                    row.add(comparable(cursor.value(i), number));
                }
                rows.add(row);
            }
        }
        return rows;
    }

    /** To twelve digits, as sums depend on the order of their parts. */
    private static Object rounded(Object value) {
        return !(value instanceof Double number) || !Double.isFinite(number) ? value
            : number == 0 ? 0.0 : new BigDecimal(number).round(new MathContext(12)).doubleValue();
    }

    /** Bytes as text. */
    private static Object comparable(Object value, UnaryOperator<Object> number) {
        return switch (value) {
            case byte[] bytes -> "0x" + HexFormat.of().formatHex(bytes);
            case List<?> list -> list.stream().map(part -> comparable(part, number)).collect(ArrayList::new, List::add, List::addAll);
            case Map<?, ?> map -> {
                Map<Object, Object> entries = new LinkedHashMap<>();
                map.forEach((key, entry) -> entries.put(comparable(key, number), comparable(entry, number)));
                yield entries;
            }
            case null -> null;
            default -> number.apply(value);
        };
    }
}
