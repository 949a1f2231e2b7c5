package io.lazuli.engine.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.algebra.AlgebraError;
import io.lazuli.algebra.engine.CreateTable;
import io.lazuli.algebra.engine.Engine;
import io.lazuli.algebra.engine.Execution;
import io.lazuli.algebra.engine.InsertRows;
import io.lazuli.algebra.engine.MergeRows;
import io.lazuli.algebra.engine.WriteFile;
import io.lazuli.algebra.expression.AggregateCall;
import io.lazuli.algebra.expression.Call;
import io.lazuli.algebra.expression.Cast;
import io.lazuli.algebra.expression.ColumnReference;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.InSubquery;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.expression.OuterReference;
import io.lazuli.algebra.expression.ScalarSubquery;
import io.lazuli.algebra.operator.AggregateOperators;
import io.lazuli.algebra.operator.ArrayOperators;
import io.lazuli.algebra.operator.ComparisonOperators;
import io.lazuli.algebra.operator.StringOperators;
import io.lazuli.algebra.plan.Aggregate;
import io.lazuli.algebra.plan.Apply;
import io.lazuli.algebra.plan.Filter;
import io.lazuli.algebra.plan.Join;
import io.lazuli.algebra.plan.Limit;
import io.lazuli.algebra.plan.NamedExpression;
import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.plan.Project;
import io.lazuli.algebra.plan.Scan;
import io.lazuli.algebra.plan.SetOperation;
import io.lazuli.algebra.plan.Shared;
import io.lazuli.algebra.plan.Sort;
import io.lazuli.algebra.plan.SortKey;
import io.lazuli.algebra.plan.Unnest;
import io.lazuli.algebra.plan.Values;
import io.lazuli.algebra.source.Compression;
import io.lazuli.algebra.source.DelimitedFormat;
import io.lazuli.algebra.source.FileFormat;
import io.lazuli.algebra.source.FileSource;
import io.lazuli.algebra.source.JsonFormat;
import io.lazuli.algebra.source.ParquetFormat;
import io.lazuli.algebra.source.RowCursor;
import io.lazuli.algebra.source.SourceFile;
import io.lazuli.algebra.source.TableName;
import io.lazuli.algebra.source.TableSource;
import io.lazuli.algebra.type.ArrayType;
import io.lazuli.algebra.type.DataType;
import io.lazuli.algebra.type.DecimalType;
import io.lazuli.algebra.type.Field;
import io.lazuli.algebra.type.MapType;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.algebra.type.Schema;
import io.lazuli.algebra.type.StructType;
import io.lazuli.foundation.CommonError;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sources, commands, kept rows and the kinds of plan beside plain ones. */
class SparkEngineTest {
    private static final DelimitedFormat CSV =
        new DelimitedFormat(",", "\"", "\\", "", true, "", "UTF-8", 0, true, false, Compression.NONE);
    private static final int LARGE = 20_000;
    private static final Expression A = new ColumnReference("a", ScalarType.INT64);
    private static final Expression B = new ColumnReference("b", ScalarType.INT64);

    @TempDir
    private Path folder;
    private final BothEngines engines = BothEngines.open();

    private static Values numbers(String name, long... values) {
        List<List<Expression>> rows = new ArrayList<>();
        for (long value : values) {
            rows.add(List.of(Literal.int64(value)));
        }
        return new Values(Schema.of(new Field(name, ScalarType.INT64)), rows);
    }

    private static FileSource files(FileFormat format, Optional<String> pathColumn, Path... paths) {
        return new FileSource(Arrays.stream(paths).map(path -> new SourceFile(path, path.getFileName().toString())).toList(), format,
            pathColumn);
    }

    private Plan scan(FileSource source) {
        return new Scan(source, engines.spark.describe(source));
    }

    @Test
    void readsFilesAsTheEngineAtHomeDoes() throws IOException {
        Path one = Files.writeString(folder.resolve("one.csv"), "id,name,id2\n1,\"a,b\",x\n2,,\n");
        Path two = Files.writeString(folder.resolve("two.csv"), "name,id\nc,3\n");
        engines.same(scan(files(CSV, Optional.of("from"), one, two)));
        Path json = Files.writeString(folder.resolve("o.json"), "{\"id\":1,\"tags\":[\"x\"],\"a\":{\"b\":1.5}}\n{\"id\":2,\"v\":\"2\"}\n");
        engines.same(scan(files(new JsonFormat(JsonFormat.Shape.SET_OF_OBJECTS, "UTF-8", Compression.NONE), Optional.empty(), json)));
    }

    @Test
    void readsParquetOfEveryType() {
        StructType struct = new StructType(List.of(new Field("id", ScalarType.INT64), new Field("name", ScalarType.STRING)));
        List<Object> values = Arrays.asList(true, (byte) -128, Short.MIN_VALUE, (short) 255, Integer.MIN_VALUE, Long.MIN_VALUE, 0.1f,
            Double.MIN_VALUE, "it's \\ \n é 😀", new byte[] {0, -1}, LocalDate.of(1, 1, 1), LocalDateTime.of(1500, 2, 28, 1, 2, 3, 4000),
            Instant.parse("1969-12-31T23:59:59.999999Z"), UUID.fromString("6f9619ff-8b86-d011-b42d-00cf4fc964ff"),
            "{\"a\":[1,\"x\",null]}", new BigDecimal("-1234567890123456789012345678901234.5678"), Arrays.asList("a", null),
            Map.of("k", LocalDate.of(2020, 2, 29)), Map.of("id", 7L, "name", "x"));
        List<DataType> types = List.of(ScalarType.BOOLEAN, ScalarType.INT8, ScalarType.INT16, ScalarType.UINT8, ScalarType.INT32,
            ScalarType.INT64, ScalarType.FLOAT32, ScalarType.FLOAT64, ScalarType.STRING, ScalarType.BINARY, ScalarType.DATE,
            ScalarType.TIMESTAMP, ScalarType.INSTANT, ScalarType.UUID, ScalarType.VARIANT, new DecimalType(38, 4),
            new ArrayType(ScalarType.STRING), new MapType(ScalarType.STRING, ScalarType.DATE), struct);
        List<Field> fields = new ArrayList<>();
        List<Expression> row = new ArrayList<>();
        List<Expression> nulls = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            fields.add(new Field("v" + i, types.get(i)));
            row.add(new Literal(values.get(i), types.get(i)));
            nulls.add(new Literal(null, types.get(i)));
        }
        Values rows = new Values(new Schema(fields), List.of(row, nulls));
        engines.same(rows);
        for (boolean spark : new boolean[] {true, false}) {
            Path file = folder.resolve("all" + spark + ".parquet");
            (spark ? engines.sparkSession() : engines.duckDbSession())
                .execute(new WriteFile(rows, new ParquetFormat("snappy"), file), Execution.UNWATCHED);
            Scan scan = new Scan(files(new ParquetFormat("snappy"), Optional.empty(), file), rows.schema());
            assertThat(engines.onDuckDb(scan)).isEqualTo(engines.onDuckDb(rows));
        }
    }

    @Test
    void writesSortedRowsInTheirOrder() throws IOException {
        Plan sorted = new Sort(numbers("a", 3, 1, 2), List.of(new SortKey(A, false, true)));
        engines.sparkSession().execute(new WriteFile(sorted, CSV, folder.resolve("sorted.csv")), Execution.UNWATCHED);
        assertThat(Files.readAllLines(folder.resolve("sorted.csv"))).containsExactly("a", "3", "2", "1");
    }

    @Test
    void addsRowsToTablesAndReadsThem() {
        TableName table = new TableName("contoso.database.windows.net/spark", "dbo", "t");
        engines.sparkSession().execute(new CreateTable(table, List.of(CreateTable.Column.of("a", ScalarType.INT64),
            CreateTable.Column.of("b", ScalarType.INT64)), List.of("a"), false), Execution.UNWATCHED);
        Plan rows = new Project(numbers("a", 1, 2), List.of(new NamedExpression("a", A), new NamedExpression("b", A)));
        assertThat(engines.sparkSession().execute(new InsertRows(table, List.of("a", "b"), rows), Execution.UNWATCHED)).isEqualTo(2);
        Plan changed = new Project(numbers("a", 2, 3),
            List.of(new NamedExpression("a", A), new NamedExpression("b", Literal.int64(9))));
        engines.sparkSession().execute(new MergeRows(table, List.of("a", "b"), List.of("a"), changed), Execution.UNWATCHED);
        TableSource source = new TableSource(table);
        assertThat(engines.onSpark(new Scan(source, engines.spark.describe(source))))
            .containsExactlyInAnyOrder(List.of(1L, 1L), List.of(2L, 9L), List.of(3L, 9L));
    }

    @Test
    void keepsRowsForOtherPlansAndForTheEngineAtHome() {
        Plan random = new Project(numbers("a", 1, 2), List.of(new NamedExpression("u", Call.of(StringOperators.NEW_UUID))));
        try (Engine.Kept kept = engines.spark.keep(random, Execution.UNWATCHED)) {
            assertThat(kept.count()).isEqualTo(2);
            assertThat(engines.onSpark(kept.plan())).isEqualTo(engines.onSpark(kept.plan())).isEqualTo(engines.onDuckDb(kept.plan()));
        }
    }

    @Test
    void runsASharedPartOnce() {
        Plan shared = new Shared("s", new Project(numbers("a", 1, 2),
            List.of(new NamedExpression("u", Call.of(StringOperators.NEW_UUID)))));
        Plan both = new SetOperation(shared, shared, SetOperation.Kind.UNION, false);
        assertThat(engines.onSpark(both)).hasSize(2);
        assertThat(engines.spark.explain(both)).startsWith("WITH `s` AS (").containsOnlyOnce("VALUES");
    }

    @Test
    void runsQueriesWithinQueries() {
        Plan larger = new Limit(new Sort(new Filter(numbers("b", 1, 2, 3),
            Call.of(ComparisonOperators.GREATER, B, new OuterReference(1, "a", ScalarType.INT64))),
            List.of(new SortKey(B, true, true))), 0, 1);
        engines.same(new Apply(numbers("a", 1, 2, 3), larger, false));
        engines.same(new Apply(numbers("a", 1, 2, 3), larger, true));
        Plan count = new Aggregate(new Filter(numbers("b", 1, 2, 3),
            Call.of(ComparisonOperators.LESS, B, new OuterReference(1, "a", ScalarType.INT64))), List.of(),
            List.of(new NamedExpression("n", AggregateCall.of(AggregateOperators.COUNT_ROWS))));
        engines.same(new Project(numbers("a", 1, 2, 3), List.of(new NamedExpression("x", new ScalarSubquery(count)))));
        engines.same(new Project(numbers("a", 1, 2), List.of(new NamedExpression("x", new InSubquery(A, numbers("b", 2, 4))))));
    }

    @Test
    void unnestsAndKeepsColumnsApartThatDifferInCase() {
        Schema schema = Schema.of(new Field("a", ScalarType.INT64), new Field("A", new ArrayType(ScalarType.STRING)));
        Values rows = new Values(schema, List.of(List.of(Literal.int64(1), new Literal(Arrays.asList("x", null), schema.field("A").type())),
            List.of(Literal.int64(2), new Literal(List.of(), schema.field("A").type()))));
        engines.same(new Unnest(rows, ColumnReference.of(schema.field("A")), "e", false));
        engines.same(new Unnest(rows, ColumnReference.of(schema.field("A")), "e", true));
        engines.same(Values.ONE_ROW);
        engines.same(Join.cross(numbers("a", 1, 2), numbers("b")));
    }

    @Test
    void stopsWhenItIsCancelled() {
        Plan many = Join.cross(Join.cross(large("a"), large("b")), large("c"));
        Plan counted = new Aggregate(new Filter(many, Call.of(ComparisonOperators.EQUAL,
            Call.of(StringOperators.LENGTH, Call.of(StringOperators.CONCAT, text("a"), text("b"), text("c"))), Literal.int32(1))),
            List.of(), List.of(new NamedExpression("n", AggregateCall.of(AggregateOperators.COUNT_ROWS))));
        // Before its first job begins, and while it runs.
        for (int millis : new int[] {0, 1500}) {
            assertThatThrownBy(() -> BothEngines.rows(engines.sparkSession().query(counted, cancelledAfter(millis))))
                .hasFieldOrPropertyWithValue("code", CommonError.CANCELLED);
        }
    }

    /** The later part of the first query's rows is made after the second was cancelled, by the same thread. */
    @Test
    void readsOnWhenAnotherQueryOfTheThreadIsCancelled() {
        // Files are apart: Spark reads each by a job of its own.
        Path[] files = {folder.resolve("1.parquet"), folder.resolve("2.parquet")};
        for (Path file : files) {
            engines.duckDbSession().execute(new WriteFile(large("a"), new ParquetFormat("snappy"), file), Execution.UNWATCHED);
        }
        FileSource source = files(new ParquetFormat("snappy"), Optional.empty(), files);
        Plan parts = new Scan(source, engines.spark.describe(source));
        Cancellable cancellable = new Cancellable(new ArrayList<>());
        try (RowCursor first = engines.sparkSession().query(parts, Execution.UNWATCHED);
                RowCursor second = engines.sparkSession().query(parts, cancellable)) {
            assertThat(first.next()).isTrue();
            assertThat(second.next()).isTrue();
            cancellable.actions().forEach(Runnable::run);
            assertThat(rest(first)).isEqualTo(2 * LARGE - 1);
            assertThatThrownBy(() -> rest(second)).hasFieldOrPropertyWithValue("code", CommonError.CANCELLED);
        }
    }

    private static int rest(RowCursor rows) {
        int count = 0;
        while (rows.next()) {
            count++;
        }
        return count;
    }

    /** Is cancelled by the test. */
    private record Cancellable(List<Runnable> actions) implements Execution {
        @Override
        public void progress(long rows, long bytes) {
        }

        @Override
        public void onCancel(Runnable action) {
            actions.add(action);
        }
    }

    private static Execution cancelledAfter(int millis) {
        return new Execution() {
            @Override
            public void progress(long rows, long bytes) {
            }

            @Override
            public void onCancel(Runnable action) {
                Thread.ofVirtual().start(() -> {
                    LockSupport.parkNanos(millis * 1_000_000L);
                    action.run();
                });
            }
        };
    }

    private static Plan large(String name) {
        Expression numbers = Call.of(ArrayOperators.SEQUENCE, Literal.int64(LARGE));
        return Project.of(new Unnest(Values.ONE_ROW, numbers, name, false), List.of(name));
    }

    private static Expression text(String name) {
        return Cast.strict(new ColumnReference(name, ScalarType.INT64), ScalarType.STRING);
    }

    @Test
    void refusesWhatItDoesNotHave() {
        Plan time = new Values(Schema.of(new Field("t", ScalarType.TIME)), List.of());
        assertThatThrownBy(() -> engines.spark.explain(time)).hasFieldOrPropertyWithValue("code", CommonError.NOT_SUPPORTED)
            .hasMessage("The Spark engine does not have the type 'time'");
        Plan twice = new Project(numbers("a", 1), List.of(new NamedExpression("x", new ScalarSubquery(numbers("b", 1, 2)))));
        assertThatThrownBy(() -> engines.onSpark(twice)).hasFieldOrPropertyWithValue("code", CommonError.INVALID_ARGUMENT);
        StructType twins = new StructType(List.of(new Field("id", ScalarType.INT64), new Field("Id", ScalarType.INT64)));
        Plan apart = new Values(Schema.of(new Field("s", twins)), List.of(List.of(new Literal(Map.of("id", 1L, "Id", 2L), twins))));
        engines.same(apart);
        assertThatThrownBy(() -> engines.sparkSession().execute(
            new WriteFile(apart, new ParquetFormat("snappy"), folder.resolve("s.parquet")), Execution.UNWATCHED))
            .hasFieldOrPropertyWithValue("code", CommonError.NOT_SUPPORTED).hasMessageContaining("'Id'");
        Plan missing = scanOfMissingTable();
        assertThatThrownBy(() -> engines.onSpark(missing)).hasFieldOrPropertyWithValue("code", AlgebraError.TABLE_NOT_FOUND);
    }

    private static Plan scanOfMissingTable() {
        return new Scan(new TableSource(new TableName("contoso.database.windows.net/spark", "dbo", "none")),
            Schema.of(new Field("a", ScalarType.INT64)));
    }
}
