package io.lazuli.datafactory.dataflow;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.engine.Engine;
import io.lazuli.algebra.expression.Call;
import io.lazuli.algebra.expression.ColumnReference;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.expression.WindowCall;
import io.lazuli.algebra.operator.ComparisonOperators;
import io.lazuli.algebra.operator.WindowOperators;
import io.lazuli.algebra.plan.Filter;
import io.lazuli.algebra.plan.NamedExpression;
import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.plan.Project;
import io.lazuli.algebra.plan.SortKey;
import io.lazuli.algebra.plan.Window;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.foundation.CommonError;
import io.lazuli.languages.dataflow.bind.ExpressionBinder;
import io.lazuli.languages.dataflow.scope.ExpressionScope;
import io.lazuli.languages.dataflow.scope.InputColumn;
import io.lazuli.languages.dataflow.syntax.FlowExpression;
import io.lazuli.languages.dataflow.transform.Arguments;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The partitions of a sink's rows, each of which becomes a file: {@code partitionBy('roundRobin', 3)} deals rows out by turns,
 * {@code partitionBy('hash', 3, city)} puts rows of one city together, {@code partitionBy('dynamicRange', 3, city)} neighbours by city.
 *
 * @param kind empty where rows are dealt out only because there are several names for files
 */
record SinkPartitions(String kind, int count, List<FlowExpression> columns) {
    private static final int MOST = 10_000;
    private static final String NUMBER = "\0number";
    private static final String PARTITION = "\0partition";

    /** Those that the sink asks for; {@code names} is the number of names that it gives its files. */
    static SinkPartitions of(Arguments arguments, int names) {
        return arguments.statement().arguments().stream()
            .filter(argument -> argument instanceof FlowExpression.Call call && call.name().equals("partitionBy"))
            .map(FlowExpression.Call.class::cast).findFirst().flatMap(call -> written(call, arguments))
            .orElseGet(() -> new SinkPartitions("", Math.max(1, names), List.of()));
    }

    private static Optional<SinkPartitions> written(FlowExpression.Call call, Arguments arguments) {
        if (call.arguments().size() < 2) {
            return Optional.empty();
        }
        String kind = String.valueOf(arguments.context().constant(call.arguments().get(0)));
        Object count = arguments.context().constant(call.arguments().get(1));
        if (!List.of("roundRobin", "hash", "dynamicRange").contains(kind) || !(count instanceof Number number) || number.longValue() < 1) {
            return Optional.empty();
        }
        if (number.longValue() > MOST) {
            throw failure(CommonError.INVALID_ARGUMENT, call.at(), "%s partitions are too many; %d are the most", number, MOST);
        }
        return Optional.of(new SinkPartitions(kind, number.intValue(), call.arguments().subList(2, call.arguments().size())));
    }

    /** The rows of each partition; those of the input must be kept. */
    List<Plan> split(Engine.Kept kept, List<String> names) {
        Plan numbered = numbered(kept.plan(), names);
        Expression number = ColumnReference.of(numbered.schema().field(NUMBER));
        ExpressionScope scope = ExpressionScope.EMPTY.withColumns(List.of(InputColumn.of("", "number", number),
            InputColumn.of("", "hash", hash(kept.plan(), names)))).withParameters(Map.of("count", Literal.int64(count),
                "rows", Literal.int64(Math.max(1, kept.count()))));
        Expression partition = ExpressionBinder.bind(switch (kind) {
            case "hash" -> columns.isEmpty() ? "(number - 1L) % $count" : "pMod(hash, $count)";
            case "dynamicRange" -> "(number - 1L) * $count / $rows";
            default -> "(number - 1L) % $count";
        }, scope);
        List<NamedExpression> all = new ArrayList<>();
        numbered.schema().fields().forEach(field -> all.add(new NamedExpression(field.name(), ColumnReference.of(field))));
        all.add(new NamedExpression(PARTITION, partition));
        Plan marked = new Project(numbered, all);
        return IntStream.range(0, count).<Plan>mapToObj(i -> Project.of(new Filter(marked, Call.of(ComparisonOperators.EQUAL,
            ColumnReference.of(marked.schema().field(PARTITION)), Literal.int64(i))), names)).toList();
    }

    /** The rows with their numbers: as they come, or for ranges in the order of the columns. */
    private Plan numbered(Plan rows, List<String> names) {
        List<SortKey> order = kind.equals("dynamicRange")
            ? columns.stream().map(column -> new SortKey(bind(column, rows, names), true, true)).toList() : List.of();
        WindowCall number = new WindowCall(WindowOperators.ROW_NUMBER, List.of(), List.of(), order, Optional.empty(), ScalarType.INT64);
        return new Window(rows, List.of(new NamedExpression(NUMBER, number)));
    }

    private Expression hash(Plan rows, List<String> names) {
        if (columns.isEmpty()) {
            return Literal.int64(0);
        }
        List<InputColumn> values = IntStream.range(0, columns.size())
            .mapToObj(i -> InputColumn.of("", "c" + i, bind(columns.get(i), rows, names))).toList();
        return ExpressionBinder.bind("crc32(" + String.join(", ", values.stream().map(InputColumn::name).toList()) + ")",
            ExpressionScope.EMPTY.withColumns(values));
    }

    private static Expression bind(FlowExpression column, Plan rows, List<String> names) {
        FlowExpression plain = column instanceof FlowExpression.Column(var _, String name, var at)
            ? new FlowExpression.Column(null, name, at) : column;
        return new ExpressionBinder(ExpressionScope.EMPTY.withColumns(names.stream()
            .map(name -> InputColumn.of("", name, ColumnReference.of(rows.schema().field(name)))).toList())).bind(plain);
    }
}
