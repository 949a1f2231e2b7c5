package io.lazuli.cli.dataflow;

import io.lazuli.algebra.expression.AggregateCall;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.operator.AggregateOperators;
import io.lazuli.algebra.plan.Aggregate;
import io.lazuli.algebra.plan.NamedExpression;
import io.lazuli.algebra.source.RowCursor;
import io.lazuli.algebra.type.DataType;
import io.lazuli.algebra.type.DecimalType;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.cli.option.TextTable;
import io.lazuli.datafactory.dataflow.FlowRun;
import io.lazuli.languages.dataflow.transform.FlowColumn;
import io.lazuli.languages.dataflow.transform.FlowStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the values of a column are like. Columns of structures, arrays and maps have the counts alone.
 *
 * @param mean of numbers, else null
 */
record ColumnStatistics(JsonNode count, JsonNode nulls, JsonNode distinct, JsonNode least, JsonNode greatest, JsonNode mean) {
    static final List<String> HEADS = List.of("column", "values", "nulls", "distinct", "least", "greatest", "mean");
    private static final int FIGURES = 6;

    /** The figures of each visible column, over all rows, in one run. */
    static List<ColumnStatistics> of(FlowRun run, FlowStream stream) {
        List<NamedExpression> calls = new ArrayList<>();
        for (FlowColumn column : stream.visible()) {
            calls(column).forEach(call -> calls.add(new NamedExpression("f" + calls.size(), call)));
        }
        List<ColumnStatistics> all = new ArrayList<>();
        Aggregate figures = new Aggregate(stream.plan(), List.of(), calls);
        try (RowCursor cursor = run.query(figures)) {
            cursor.next();
            for (int i = 0; i < calls.size(); i += FIGURES) {
                List<JsonNode> values = new ArrayList<>();
                for (int j = i; j < i + FIGURES; j++) {
                    values.add(ValueJson.of(cursor.value(j), calls.get(j).expression().type()));
                }
                JsonNode nulls = ValueJson.of(values.get(1).longValue() - values.getFirst().longValue(), ScalarType.INT64);
                all.add(new ColumnStatistics(values.get(0), nulls, values.get(2), values.get(3), values.get(4), values.get(5)));
            }
        }
        return all;
    }

    private static List<AggregateCall> calls(FlowColumn column) {
        Expression value = column.reference();
        DataType type = column.type();
        boolean plain = type instanceof ScalarType scalar && scalar != ScalarType.BINARY && scalar != ScalarType.NULL
            || type instanceof DecimalType;
        AggregateCall count = AggregateCall.of(AggregateOperators.COUNT, value);
        AggregateCall distinct = new AggregateCall(
            AggregateOperators.COUNT, List.of(value), true, List.of(), Optional.empty(), ScalarType.INT64);
        AggregateCall none = AggregateCall.of(AggregateOperators.MAX, new Literal(null, ScalarType.INT32));
        return List.of(count, AggregateCall.of(AggregateOperators.COUNT_ROWS), distinct,
            plain ? AggregateCall.of(AggregateOperators.MIN, value) : none, plain ? AggregateCall.of(AggregateOperators.MAX, value) : none,
            type.isNumeric() ? AggregateCall.of(AggregateOperators.AVG, value) : none);
    }

    void addTo(ObjectNode json) {
        json.set("values", count);
        json.set("nulls", nulls);
        json.set("distinct", distinct);
        json.set("least", least);
        json.set("greatest", greatest);
        json.set("mean", mean);
    }

    List<String> cells(String column) {
        return List.of(column, cell(count), cell(nulls), cell(distinct), cell(least), cell(greatest), cell(mean));
    }

    /** A value for a table. */
    static String cell(JsonNode value) {
        return TextTable.cell(value.isNull() ? "NULL" : value.isString() ? value.stringValue() : value.toString());
    }
}
