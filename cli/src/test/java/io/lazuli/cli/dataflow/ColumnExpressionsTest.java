package io.lazuli.cli.dataflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.algebra.engine.Execution;
import io.lazuli.algebra.engine.Session;
import io.lazuli.algebra.expression.ColumnReference;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.plan.Aggregate;
import io.lazuli.algebra.plan.NamedExpression;
import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.plan.Project;
import io.lazuli.algebra.plan.SortKey;
import io.lazuli.algebra.plan.Values;
import io.lazuli.algebra.plan.Window;
import io.lazuli.algebra.source.RowCursor;
import io.lazuli.algebra.type.ArrayType;
import io.lazuli.algebra.type.DataType;
import io.lazuli.algebra.type.Field;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.algebra.type.Schema;
import io.lazuli.algebra.type.StructType;
import io.lazuli.engine.duckdb.DuckDbEngine;
import io.lazuli.engine.duckdb.DuckDbSettings;
import io.lazuli.languages.dataflow.bind.ExpressionBinder;
import io.lazuli.languages.dataflow.scope.ExpressionScope;
import io.lazuli.languages.dataflow.scope.InputColumn;
import io.lazuli.languages.dataflow.scope.PatternMatch;
import io.lazuli.languages.dataflow.scope.RowContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Expressions over columns: of one row, of groups, of windows, of patterns. */
class ColumnExpressionsTest {
    private static final DataType ITEM =
        new StructType(List.of(new Field("name", ScalarType.STRING), new Field("price", ScalarType.FLOAT64)));
    private static final Schema SCHEMA = Schema.of(new Field("id", ScalarType.INT32), new Field("city", ScalarType.STRING),
        new Field("sales", ScalarType.FLOAT64), new Field("items", new ArrayType(ITEM)));
    private static final Values ROWS = new Values(SCHEMA, List.of(row(1, "Rome", 10.0), row(2, "Oslo", 4.0), row(3, "Rome", null),
        row(4, null, 1.0), row(5, "Oslo", 4.0)));

    @TempDir
    static Path folder;
    private static DuckDbEngine engine;
    private static Session session;

    @BeforeAll
    static void open() {
        engine = new DuckDbEngine(DuckDbSettings.of(folder));
        session = engine.open();
    }

    @AfterAll
    static void close() {
        session.close();
        engine.close();
    }

    private static List<Expression> row(int id, String city, Double sales) {
        List<Map<String, Object>> items = List.of(Map.of("name", "x" + id, "price", id * 1.5));
        return List.of(Literal.int32(id), new Literal(city, ScalarType.STRING), new Literal(sales, ScalarType.FLOAT64),
            new Literal(items, new ArrayType(ITEM)));
    }

    private static ExpressionScope scope() {
        List<InputColumn> columns = new ArrayList<>();
        SCHEMA.fields().forEach(field ->
            columns.add(new InputColumn(field.name(), "derive1", List.of("source1", "derive1"), "source1", field.name().equals("sales"),
                ColumnReference.of(field))));
        return ExpressionScope.EMPTY.withColumns(columns);
    }

    private static List<Object> values(Plan plan, String column) {
        List<Object> values = new ArrayList<>();
        try (RowCursor rows = session.query(plan, Execution.UNWATCHED)) {
            while (rows.next()) {
                values.add(rows.value(plan.schema().names().indexOf(column)));
            }
        }
        return values;
    }

    private static Object first(String expression, ExpressionScope scope) {
        return values(new Project(ROWS, List.of(new NamedExpression("x", ExpressionBinder.bind(expression, scope)))), "x").getFirst();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "id + derive1@id|2", "byName('city')|Rome", "byName('city', 'derive1')|Rome", "byName('city', 'other')|null",
        "byName('nothing')|null", "byOrigin('city', 'source1')|Rome", "byPosition(2)|Rome", "byPosition(9)|null",
        "columnNames()|[id, city, sales, items]", "columnNames('derive1', true())|[sales]", "hasColumn('city')|true",
        "columnNames('source1')|[id, city, sales, items]", "byName('city', 'source1')|Rome", "hasColumn('city', 'other')|false",
        "hasPath('items.name')|true", "byPath('items.name')|[x1]", "byItem(byName('items'), 'price')|[1.5]", "items.name|[x1]",
        "items[1].price|1.5", "byItem(items, 'none')|null", "byNames(['city', 'id'])|[Rome, 1]",
        "map(items, @(n = upper(#item.name), rank = #index))|[{n=X1, rank=1}]", "md5(columns())|749e4f439a530551d3e9615ea784ee40",
        "size(array(toString(columns())))|4", "concatWS('-', city, toString(id))|Rome-1", "expr('city + id')|Rome1",
    })
    void bindsColumns(String expression, String expected) {
        assertThat(String.valueOf(first(expression, scope()))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "sum(sales)|19.0", "sumIf(city == 'Oslo', sales)|8.0", "sumDistinct(sales)|15.0", "avg(sales)|4.75", "mean(id)|3.0",
        "avgIf(id > 2, sales)|2.5", "count()|5", "count(sales)|4", "count(city, sales)|3", "countAll(sales)|5", "countIf(sales > 3)|3",
        "countIf(true(), sales)|4", "countDistinct(city)|2", "countDistinct(city, sales)|2", "countAllDistinct(city)|3",
        "approxDistinctCount(city, .05)|2", "min(city)|Oslo", "maxIf(id < 3, sales)|10.0", "first(city)|Rome", "last(sales)|4.0",
        "last(sales, true())|4.0", "first(sales, true())|10.0", "collect(sales)|[10.0, 4.0, null, 1.0, 4.0]",
        "collectUnique(city)|[Rome, Oslo, null]", "topN(id, sales, 2)|[1, 2]", "round(stddev(sales), 4)|3.7749",
        "stddevPopulation(id)|1.4142135623730951", "variance(id)|2.5", "variancePopulation(id)|2.0",
        "covarianceSample(id, sales)|-5.0", "covariancePopulation(id, id)|2.0", "round(skewness(sales), 6)|0.652024",
        "round(kurtosis(id), 4)|-1.3", "isDistinct(id)|true", "isDistinct(city)|false", "sum(iif(isNull(sales), 1, 0)) / count()|0",
        "sum(id)|15", "max(items.price)|[7.5]", "collect(@(c = city)).c[1]|Rome",
    })
    void aggregatesGroups(String expression, String expected) {
        Expression bound = ExpressionBinder.bind(expression, scope().withRows(RowContext.GROUP));
        Plan plan = new Aggregate(ROWS, List.of(), List.of(new NamedExpression("x", bound)));
        assertThat(String.valueOf(values(plan, "x").getFirst())).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "rowNumber()|[1, 2, 3, 4, 5]", "rank()|[1, 2, 3, 4, 5]", "denseRank()|[1, 2, 3, 4, 5]", "nTile(2)|[1, 1, 1, 2, 2]",
        "lag(id, 1)|[null, 4, 2, 5, 1]", "lead(id, 2, 0)|[5, 1, 3, 0, 0]", "cumeDist()|[0.2, 0.4, 0.6, 0.8, 1.0]",
        "sum(sales)|[1.0, 5.0, 9.0, 19.0, 19.0]", "last(city, true())|[null, Oslo, Oslo, Rome, Rome]", "first(id)|[4, 4, 4, 4, 4]",
    })
    void numbersTheRowsOfWindows(String expression, String expected) {
        List<SortKey> order = List.of(new SortKey(new ColumnReference("sales", ScalarType.FLOAT64), true, false),
            new SortKey(new ColumnReference("id", ScalarType.INT32), true, true));
        Expression bound =
            ExpressionBinder.bind(expression, scope().withRows(new RowContext.Window(List.of(), order, Optional.empty())));
        assertThat(values(new Window(ROWS, List.of(new NamedExpression("x", bound))), "x").stream().map(String::valueOf).sorted())
            .containsExactlyElementsOf(Arrays.stream(expected.substring(1, expected.length() - 1).split(", ")).sorted().toList());
    }

    @Test
    void bindsWhatPatternsMatch() {
        InputColumn city = scope().columns().get(1);
        ExpressionScope value = scope().withPattern(new PatternMatch(city, 2, city.value(), Literal.string("city"), false));
        ExpressionScope condition = scope().withPattern(new PatternMatch(city, 2, city.value(), Literal.string("city"), true));
        assertThat(first("upper($$) + $0", value)).isEqualTo("ROMEcity");
        String match = "type == 'string' && startsWith(name, 'c') && position == 2 && stream == 'derive1' && origin == 'source1'";
        assertThat(first(match, condition)).isEqualTo(true);
    }

    @Test
    void refusesUnknownColumnsAndStreams() {
        assertThatThrownBy(() -> ExpressionBinder.bind("citi", scope()))
            .hasMessage("Column 'citi' is not found; there are [id, city, sales, items]; did you mean 'city'?");
        assertThatThrownBy(() -> ExpressionBinder.bind("derive2@city", scope()))
            .hasMessage("Stream 'derive2' is not an input here; there are [derive1]; did you mean 'derive1'?");
    }
}
