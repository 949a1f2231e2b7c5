package io.lazuli.engine.duckdb;

import static io.lazuli.engine.duckdb.World.column;
import static io.lazuli.engine.duckdb.World.field;
import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.algebra.engine.Execution;
import io.lazuli.algebra.engine.Session;
import io.lazuli.algebra.expression.AggregateCall;
import io.lazuli.algebra.expression.Call;
import io.lazuli.algebra.operator.AggregateOperators;
import io.lazuli.algebra.operator.ComparisonOperators;
import io.lazuli.algebra.plan.Aggregate;
import io.lazuli.algebra.plan.Join;
import io.lazuli.algebra.plan.NamedExpression;
import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.plan.Scan;
import io.lazuli.algebra.plan.Sort;
import io.lazuli.algebra.plan.SortKey;
import io.lazuli.algebra.source.RowCursor;
import io.lazuli.algebra.source.RowSource;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.algebra.type.Schema;
import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Queries whose rows are several times the memory limit: they go on in the temporary directory, and give what they should. */
class SpillTest {
    private static final int ROWS = 600_000;

    @TempDir
    private Path folder;

    @Test
    void sortsMoreThanTheMemoryHolds() {
        Plan sorted = new Sort(keys("key", "note"), List.of(new SortKey(column("key", ScalarType.STRING), true, true)));
        long[] previous = {-1};
        assertThat(rowsWithLittleMemory(sorted, row -> {
            long number = Long.parseLong(row.value(0).toString().strip());
            assertThat(number).isEqualTo(previous[0] + 1);
            previous[0] = number;
        })).isEqualTo(ROWS);
    }

    @Test
    void groupsMoreThanTheMemoryHolds() {
        Plan groups = new Aggregate(keys("key", "note"), List.of(new NamedExpression("key", column("key", ScalarType.STRING))),
            List.of(new NamedExpression("least", AggregateCall.of(AggregateOperators.MIN, column("note", ScalarType.STRING)))));
        assertThat(rowsWithLittleMemory(groups, row -> assertThat(row.value(1)).isEqualTo(note(row.value(0).toString()))))
            .isEqualTo(ROWS);
    }

    @Test
    void joinsMoreThanTheMemoryHolds() {
        Plan joined = new Join(keys("key", "note"), keys("other", "text"), Join.Kind.INNER,
            Call.of(ComparisonOperators.EQUAL, column("key", ScalarType.STRING), column("other", ScalarType.STRING)));
        assertThat(rowsWithLittleMemory(joined, row -> assertThat(row.value(3)).isEqualTo(note(row.value(0).toString()))))
            .isEqualTo(ROWS);
    }

    private interface Check {
        void row(RowCursor row);
    }

    /** The number of rows, each of which is checked; fails if nothing lies in the temporary directory when the first one comes. */
    private long rowsWithLittleMemory(Plan plan, Check check) {
        Path temporary = folder.resolve("tmp");
        DuckDbSettings settings = new DuckDbSettings(Optional.of("48MB"), OptionalInt.of(2), temporary, folder::resolve);
        long count = 0;
        try (DuckDbEngine engine = new DuckDbEngine(settings); Session session = engine.open();
            RowCursor rows = session.query(plan, Execution.UNWATCHED)) {
            while (rows.next()) {
                if (count++ == 0) {
                    assertThat(bytes(temporary)).isGreaterThan(10_000_000);
                }
                check.row(rows);
            }
        }
        return count;
    }

    /** Files that the engine removes meanwhile count for nothing. */
    private static long bytes(Path folder) {
        File[] files = folder.toFile().listFiles();
        return files == null ? 0 : Arrays.stream(files).mapToLong(File::length).sum();
    }

    private static String note(String key) {
        return key.repeat(2);
    }

    private static Plan keys(String key, String note) {
        Schema schema = Schema.of(field(key, ScalarType.STRING), field(note, ScalarType.STRING));
        return new Scan(new Keys(schema), schema);
    }

    /** Texts of 40 characters, all numbers below {@link #ROWS} in no order, and notes of twice as many. */
    private record Keys(Schema schema) implements RowSource {
        @Override
        public RowCursor open() {
            return new RowCursor() {
                private int row = -1;
                private String key;

                @Override
                public Schema schema() {
                    return schema;
                }

                @Override
                public boolean next() {
                    row++;
                    key = "%040d".formatted(row * 7919L % ROWS);
                    return row < ROWS;
                }

                @Override
                public Object value(int column) {
                    return column == 0 ? key : note(key);
                }

                @Override
                public void close() {
                    row = ROWS;
                }
            };
        }
    }
}
