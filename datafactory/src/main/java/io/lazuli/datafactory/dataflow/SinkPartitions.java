package io.lazuli.datafactory.dataflow;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.AlgebraError;
import io.lazuli.algebra.expression.ColumnReference;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.expression.WindowCall;
import io.lazuli.algebra.operator.AggregateOperators;
import io.lazuli.algebra.operator.Operator;
import io.lazuli.algebra.operator.WindowOperators;
import io.lazuli.algebra.plan.NamedExpression;
import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.plan.Project;
import io.lazuli.algebra.plan.SortKey;
import io.lazuli.algebra.plan.Window;
import io.lazuli.algebra.type.DataType;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.NearestName;
import io.lazuli.languages.dataflow.bind.ExpressionBinder;
import io.lazuli.languages.dataflow.function.FlowTypes;
import io.lazuli.languages.dataflow.scope.ExpressionScope;
import io.lazuli.languages.dataflow.scope.InputColumn;
import io.lazuli.languages.dataflow.syntax.FlowExpression;
import io.lazuli.languages.dataflow.transform.Arguments;
import io.lazuli.languages.dataflow.transform.CompiledFlow.SinkRows;
import io.lazuli.languages.dataflow.transform.FlowStream;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The partitions of a sink's rows, each of which becomes a file: {@code partitionBy('roundRobin', 3)} deals rows out by turns,
 * {@code partitionBy('hash', 3, city)} puts rows of one city together, {@code partitionBy('dynamicRange', 3, city)} neighbours by city,
 * {@code partitionBy('range', 4, price, 0, 100)} prices in each quarter of that range, those outside with their nearest; dates likewise.
 *
 * @param kind empty where rows are dealt out only because there are several names for files
 */
record SinkPartitions(String kind, int count, List<FlowExpression> columns) {
    /** The column of {@link #marked} that says a row's partition, from 0. */
    static final String PARTITION = "\0partition";

    private static final SinkPartitions ONE = new SinkPartitions("", 1, List.of());
    private static final List<String> DEALING = List.of("roundRobin", "hash", "dynamicRange", "range");
    /** Those that make no files by numbers. */
    private static final List<String> OTHERS = List.of("key");
    private static final int MOST = 10_000;
    /** Those up to the lowest, and null, are in the first one, those from the highest on in the last one. */
    private static final String RANGE = "iif(toDouble(k0) > toDouble(k1), iif(toDouble(k0) < toDouble(k2), "
        + "least(toLong((toDouble(k0) - toDouble(k1)) / (toDouble(k2) - toDouble(k1)) * $count), $count - 1L), $count - 1L), 0L)";
    private static final String KEY = "\0partition key ";
    private static final String NUMBER = "\0number";
    private static final String ROWS = "\0rows";

    /** Those that the sink asks for, or as many as it has names for files; one when all rows get the same name. */
    static SinkPartitions of(Arguments arguments) {
        List<String> names = arguments.texts("partitionFileNames");
        boolean oneName = names.size() == 1
            || names.isEmpty() && arguments.text("filePattern").filter(pattern -> !pattern.endsWith("Objects")).filter(pattern ->
                !pattern.contains("[n]")).isPresent();
        Optional<SinkPartitions> written = call(arguments).flatMap(call -> written(call, arguments, oneName));
        return oneName ? ONE : written.orElseGet(() -> new SinkPartitions("", Math.max(1, names.size()), List.of()));
    }

    /** Fails where the values that tell partitions cannot be computed of the rows, or bounds are none. */
    static void check(SinkRows sink) {
        call(sink.arguments()).filter(call -> call.arguments().size() > 2 && !PartitionKeys.are(call)).ifPresent(call -> {
            List<FlowExpression> columns = call.arguments().subList(2, call.arguments().size());
            FlowStream keyed = sink.with(KEY, columns);
            boolean ranges = call.arguments().getFirst() instanceof FlowExpression.Constant(Object kind, var _) && "range".equals(kind);
            if (ranges && of(sink.arguments()).kind().equals("range")) {
                requireRange(columns, keyed);
            }
        });
    }

    private static Optional<FlowExpression.Call> call(Arguments arguments) {
        return arguments.statement().arguments().stream()
            .filter(argument -> argument instanceof FlowExpression.Call call && call.name().equals("partitionBy"))
            .map(FlowExpression.Call.class::cast).findFirst();
    }

    private static Optional<SinkPartitions> written(FlowExpression.Call call, Arguments arguments, boolean oneName) {
        if (call.arguments().size() < 2) {
            return Optional.empty();
        }
        String kind = String.valueOf(arguments.context().constant(call.arguments().get(0)));
        Object count = arguments.context().constant(call.arguments().get(1));
        if (!DEALING.contains(kind) && !OTHERS.contains(kind)) {
            List<String> kinds = Stream.concat(DEALING.stream(), OTHERS.stream()).toList();
            throw failure(CommonError.INVALID_ARGUMENT, call.at(), "There are no partitions '%s', but %s%s", kind, kinds,
                NearestName.hint(kind, kinds));
        }
        if (!DEALING.contains(kind) || !(count instanceof Number number) || number.longValue() < 1) {
            return Optional.empty();
        }
        if (number.longValue() > MOST) {
            throw failure(CommonError.INVALID_ARGUMENT, call.at(), "%s partitions are too many; %d are the most", number, MOST);
        }
        List<FlowExpression> columns = call.arguments().subList(2, call.arguments().size());
        return Optional.of(kind.equals("range") && !oneName ? range(call, number.intValue(), columns, arguments)
            : new SinkPartitions(kind, number.intValue(), columns));
    }

    /** Without bounds ranges are found in the rows, as for {@code dynamicRange}. */
    private static SinkPartitions range(FlowExpression.Call call, int count, List<FlowExpression> columns, Arguments arguments) {
        if (columns.size() == 3 && columns.stream().skip(1).map(arguments.context()::constant)
            .allMatch(bound -> bound instanceof Number || bound instanceof LocalDate || bound instanceof LocalDateTime)) {
            return new SinkPartitions("range", count, columns);
        }
        if (columns.size() == 1) {
            return new SinkPartitions("dynamicRange", count, columns);
        }
        throw failure(CommonError.INVALID_ARGUMENT, call.at(),
            "Expected partitionBy('range', number, column, lowest, highest), whose bounds are numbers or dates, found %s", call);
    }

    /** The rows that a sink of files gets: behind those that are written the values by which {@link #marked} tells their partitions. */
    static FlowStream stream(SinkRows sink) {
        SinkPartitions partitions = of(sink.arguments());
        if (partitions.count() == 1 || !partitions.byValue()) {
            return sink.stream();
        }
        FlowStream keyed = sink.with(KEY, partitions.columns());
        if (partitions.kind().equals("range")) {
            requireRange(partitions.columns(), keyed);
        }
        return keyed;
    }

    private boolean byValue() {
        return !columns.isEmpty() && !kind.equals("roundRobin");
    }

    /** The columns that are written, and behind them {@link #PARTITION}. To be kept: run again, it may deal rows out otherwise. */
    Plan marked(SinkInput input) {
        Plan rows = input.rows();
        List<InputColumn> keys = byValue() ? IntStream.range(0, columns.size())
            .mapToObj(i -> InputColumn.of("", "k" + i, column(rows, KEY + i))).toList() : List.of();
        if (kind.equals("hash") && byValue()) {
            String names = keys.stream().map(key -> isFloat(key.value().type()) ? key.name() + " + 0.0" : key.name())
                .collect(Collectors.joining(", "));
            return marked(rows, input.columns(), "iifNull(pMod(crc32(" + names + "), $count), 0L)", keys);
        }
        if (kind.equals("range")) {
            return marked(rows, input.columns(), RANGE, keys);
        }
        List<SortKey> order = keys.stream().map(key -> new SortKey(key.value(), true, true)).toList();
        Plan numbered = new Window(rows, List.of(
            new NamedExpression(NUMBER, over(order.isEmpty() ? WindowOperators.ROW_NUMBER : WindowOperators.RANK, order)),
            new NamedExpression(ROWS, over(AggregateOperators.COUNT_ROWS, List.of()))));
        return marked(numbered, input.columns(), kind.equals("dynamicRange") ? "(number - 1L) * $count / rows" : "(number - 1L) % $count",
            List.of(InputColumn.of("", "number", column(numbered, NUMBER)), InputColumn.of("", "rows", column(numbered, ROWS))));
    }

    /** The column and its bounds are numbers, or all of them dates or timestamps. */
    private static void requireRange(List<FlowExpression> columns, FlowStream keyed) {
        List<DataType> types = IntStream.range(0, columns.size()).mapToObj(i -> keyed.hidden(KEY + i).orElseThrow().type()).toList();
        boolean moments = isMoment(types.getFirst());
        if (!moments && !types.getFirst().isNumeric()) {
            throw failure(AlgebraError.TYPE_MISMATCH, columns.getFirst().at(), "partitionBy('range', …) is for numbers and dates, not for "
                + "%s; 'dynamicRange' is for all values", FlowTypes.described(types.getFirst()));
        }
        for (int i = 1; i < types.size(); i++) {
            if (moments ? !isMoment(types.get(i)) : !types.get(i).isNumeric()) {
                throw failure(AlgebraError.TYPE_MISMATCH, columns.get(i).at(), "This bound of partitionBy('range', …) is %s, the column %s",
                    FlowTypes.described(types.get(i)), FlowTypes.described(types.getFirst()));
            }
        }
    }

    private static boolean isMoment(DataType type) {
        return type == ScalarType.DATE || type == ScalarType.TIMESTAMP;
    }

    /** Whether zero has two forms, which are one value. */
    private static boolean isFloat(DataType type) {
        return type == ScalarType.FLOAT32 || type == ScalarType.FLOAT64;
    }

    private static WindowCall over(Operator operator, List<SortKey> order) {
        return new WindowCall(operator, List.of(), List.of(), order, Optional.empty(), ScalarType.INT64);
    }

    private Plan marked(Plan rows, List<String> names, String partition, List<InputColumn> seen) {
        Expression number = ExpressionBinder.bind(partition,
            ExpressionScope.EMPTY.withColumns(seen).withParameters(Map.of("count", Literal.int64(count))));
        List<NamedExpression> all = new ArrayList<>();
        names.forEach(name -> all.add(new NamedExpression(name, column(rows, name))));
        all.add(new NamedExpression(PARTITION, number));
        return new Project(rows, all);
    }

    private static ColumnReference column(Plan rows, String name) {
        return ColumnReference.of(rows.schema().field(name));
    }
}
