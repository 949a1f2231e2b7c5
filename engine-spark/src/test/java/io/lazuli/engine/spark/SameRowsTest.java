package io.lazuli.engine.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.algebra.engine.Execution;
import io.lazuli.algebra.engine.Session;
import io.lazuli.algebra.expression.AggregateCall;
import io.lazuli.algebra.expression.Call;
import io.lazuli.algebra.expression.ColumnReference;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.operator.AggregateOperators;
import io.lazuli.algebra.operator.ComparisonOperators;
import io.lazuli.algebra.operator.MathOperators;
import io.lazuli.algebra.operator.StringOperators;
import io.lazuli.algebra.operator.TextSliceOperators;
import io.lazuli.algebra.plan.Aggregate;
import io.lazuli.algebra.plan.Distinct;
import io.lazuli.algebra.plan.Filter;
import io.lazuli.algebra.plan.Join;
import io.lazuli.algebra.plan.NamedExpression;
import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.plan.Project;
import io.lazuli.algebra.plan.Shared;
import io.lazuli.algebra.plan.Sort;
import io.lazuli.algebra.plan.SortKey;
import io.lazuli.algebra.plan.Values;
import io.lazuli.algebra.source.RowCursor;
import io.lazuli.algebra.type.Field;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.algebra.type.Schema;
import io.lazuli.engine.duckdb.DuckDbEngine;
import io.lazuli.engine.duckdb.DuckDbSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plans give the same rows on Spark and on DuckDB. */
class SameRowsTest {
    @TempDir
    private static Path folder;
    private static DuckDbEngine duckDb;
    private static Session session;
    private static SparkQueries spark;

    private static final Expression NUMBER = new ColumnReference("n", ScalarType.INT32);
    private static final Expression TEXT = new ColumnReference("N", ScalarType.STRING);
    private static final Plan ROWS = rows("n", "N");

    @BeforeAll
    static void start() {
        duckDb = new DuckDbEngine(DuckDbSettings.of(folder.resolve("duckdb")));
        session = duckDb.open();
        spark = new SparkQueries(new SparkSettings("local[2]", 2, folder.resolve("spark")));
    }

    @AfterAll
    static void stop() {
        session.close();
        duckDb.close();
        spark.close();
    }

    private static Values rows(String number, String text) {
        Object[][] cells = {{7, "äpfel 😀"}, {-7, "it's a \\ {0}"}, {null, null}, {2, ""}, {2, ""}};
        List<List<Expression>> rows = new ArrayList<>();
        for (Object[] row : cells) {
            rows.add(List.of(new Literal(row[0], ScalarType.INT32), new Literal(row[1], ScalarType.STRING)));
        }
        return new Values(Schema.of(new Field(number, ScalarType.INT32), new Field(text, ScalarType.STRING)), rows);
    }

    private static List<List<Object>> read(RowCursor cursor) {
        List<List<Object>> rows = new ArrayList<>();
        try (cursor) {
            while (cursor.next()) {
                List<Object> row = new ArrayList<>();
                for (int i = 0; i < cursor.schema().size(); i++) {
                    row.add(cursor.value(i) instanceof byte[] bytes ? java.util.HexFormat.of().formatHex(bytes) : cursor.value(i));
                }
                rows.add(row);
            }
        }
        return rows;
    }

    private static void same(Plan plan) {
        assertThat(read(spark.query(plan, Execution.UNWATCHED)))
            .containsExactlyInAnyOrderElementsOf(read(session.query(plan, Execution.UNWATCHED)));
    }

    private static Plan project(Expression... expressions) {
        List<NamedExpression> columns = new ArrayList<>();
        for (Expression expression : expressions) {
            columns.add(new NamedExpression("x" + columns.size(), expression));
        }
        return new Project(ROWS, columns);
    }

    @Test
    void calculatesWithNumbersAlike() {
        Literal two = Literal.int32(2);
        same(project(Call.of(MathOperators.ADD, NUMBER, two), Call.of(MathOperators.SUBTRACT, NUMBER, two),
            Call.of(MathOperators.DIVIDE_INTEGERS, NUMBER, two), Call.of(MathOperators.REMAINDER, NUMBER, two),
            Call.of(MathOperators.NEGATE, NUMBER), Call.of(MathOperators.ABS, NUMBER), Call.of(MathOperators.SIGN, NUMBER),
            Call.of(MathOperators.BIT_AND, NUMBER, two), Call.of(MathOperators.BIT_XOR, NUMBER, two),
            Call.of(MathOperators.BIT_NOT, NUMBER),
            Call.of(ComparisonOperators.LESS, NUMBER, two), Call.of(ComparisonOperators.NOT_DISTINCT, NUMBER, two)));
    }

    @Test
    void cutsAndComparesTextsByCodePointAlike() {
        Literal two = Literal.int32(2);
        Literal letter = Literal.string("ä");
        same(project(TEXT, Call.of(StringOperators.LENGTH, TEXT), Call.of(StringOperators.UPPER, TEXT),
            Call.of(StringOperators.REVERSE, TEXT), Call.of(StringOperators.SUBSTRING, TEXT, NUMBER, two),
            Call.of(StringOperators.POSITION, letter, TEXT), Call.of(StringOperators.REPLACE, TEXT, letter, TEXT),
            Call.of(StringOperators.TRIM_START, TEXT, letter), Call.of(StringOperators.REPEAT, TEXT, NUMBER),
            Call.of(StringOperators.SHA256, Call.of(StringOperators.ENCODE_UTF8, TEXT)),
            Call.of(TextSliceOperators.TAKE_LEFT, TEXT, NUMBER), Call.of(TextSliceOperators.TAKE_RIGHT, TEXT, NUMBER),
            Call.of(TextSliceOperators.STARTS_WITH, TEXT, letter), Call.of(TextSliceOperators.TRANSLATE, TEXT, letter, two("ab"))));
    }

    private static Literal two(String text) {
        return Literal.string(text);
    }

    @Test
    void filtersGroupsJoinsAndSortsAlike() {
        Expression positive = Call.of(ComparisonOperators.GREATER, NUMBER, Literal.int32(0));
        same(new Filter(ROWS, positive));
        same(new Distinct(ROWS));
        same(new Aggregate(ROWS, List.of(new NamedExpression("t", TEXT)), List.of(
            new NamedExpression("sum", AggregateCall.of(AggregateOperators.SUM, NUMBER)),
            new NamedExpression("rows", AggregateCall.of(AggregateOperators.COUNT_ROWS)))));
        for (Join.Kind kind : Join.Kind.values()) {
            same(new Join(ROWS, rows("m", "M"), kind,
                Call.of(ComparisonOperators.EQUAL, NUMBER, new ColumnReference("m", ScalarType.INT32))));
        }
        Plan sorted = new Sort(ROWS, List.of(new SortKey(NUMBER, false, true)));
        assertThat(read(spark.query(sorted, Execution.UNWATCHED))).isEqualTo(read(session.query(sorted, Execution.UNWATCHED)));
    }

    @Test
    void failsOnOverflowAndDivisionByZero() {
        Expression overflow = Call.of(MathOperators.ADD, NUMBER, Literal.int32(Integer.MAX_VALUE));
        assertThatThrownBy(() -> read(spark.query(project(overflow), Execution.UNWATCHED))).hasFieldOrPropertyWithValue("code",
            io.lazuli.algebra.AlgebraError.CONVERSION_FAILED);
        Expression zero = Call.of(MathOperators.DIVIDE_INTEGERS, NUMBER, Literal.int32(0));
        assertThatThrownBy(() -> read(spark.query(project(zero), Execution.UNWATCHED))).hasFieldOrPropertyWithValue("code",
            io.lazuli.algebra.AlgebraError.DIVISION_BY_ZERO);
    }

    @Test
    void refusesByNameWhatItDoesNotHave() {
        assertThatThrownBy(() -> spark.explain(new Shared("clean", ROWS))).hasMessageContaining("shared parts of plans");
        assertThatThrownBy(() -> spark.explain(project(Call.of(MathOperators.LN, new Literal(1.0, ScalarType.FLOAT64)))))
            .hasMessageContaining("'ln'");
    }
}
