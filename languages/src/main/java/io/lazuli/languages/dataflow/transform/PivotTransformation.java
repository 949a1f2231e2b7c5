package io.lazuli.languages.dataflow.transform;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.expression.AggregateCall;
import io.lazuli.algebra.expression.Call;
import io.lazuli.algebra.expression.Cast;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.Expressions;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.operator.AggregateOperators;
import io.lazuli.algebra.operator.ComparisonOperators;
import io.lazuli.algebra.plan.Distinct;
import io.lazuli.algebra.plan.NamedExpression;
import io.lazuli.algebra.plan.Project;
import io.lazuli.algebra.plan.Sort;
import io.lazuli.algebra.plan.SortKey;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.foundation.CommonError;
import io.lazuli.languages.dataflow.syntax.FlowExpression;
import io.lazuli.languages.dataflow.syntax.FlowExpression.Assignment;
import io.lazuli.languages.dataflow.syntax.FlowExpression.Column;
import io.lazuli.languages.dataflow.transform.FlowColumn.Output;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code pivot(groupBy(team), pivotBy(position, ['guard', 'center']), points = sum(points), columnNaming: '$N_$V', lateral: true)}: a row
 * a group, and for each value of the pivot column the aggregates over its rows.
 *
 * <p>Without listed values they are read from the rows, in order. {@code lateral} puts the aggregates of one value side by side, else the
 * values of one aggregate. A value that a group has not gives null.
 */
final class PivotTransformation {
    private final Arguments arguments;
    private final FlowStream input;
    private final Scope scope;
    private final List<FlowExpression> pivotBy;
    private final Expression key;

    /** An aggregate and the name that {@code $N} stands for. */
    private record Measure(String name, FlowExpression expression) {
    }

    private PivotTransformation(Arguments arguments, FlowStream input) {
        this.arguments = arguments;
        this.input = input;
        this.scope = Scope.of(arguments.context(), input);
        this.pivotBy = arguments.part("pivotBy").map(FlowExpression.Call::arguments).filter(values -> !values.isEmpty())
            .orElseThrow(() -> failure(CommonError.SYNTAX_ERROR, arguments.statement().at(), "A pivot needs pivotBy(column, values)"));
        this.key = scope.bind(pivotBy.getFirst());
    }

    static FlowStream apply(Arguments arguments, FlowStream input) {
        return new PivotTransformation(arguments, input).stream();
    }

    private FlowStream stream() {
        List<Output> keys = AggregateTransformation.keys(arguments, scope, input);
        GroupedColumns grouped = new GroupedColumns(input.plan(), keys);
        List<Measure> measures = measures();
        List<Literal> values = values();
        String naming = arguments.text("columnNaming").orElse("$N$V");
        if (arguments.flag("lateral", false)) {
            values.forEach(value -> measures.forEach(measure -> add(grouped, measure, value, naming)));
        } else {
            measures.forEach(measure -> values.forEach(value -> add(grouped, measure, value, naming)));
        }
        FlowStream stream = grouped.stream();
        return pivotBy.size() > 1 ? stream : drifted(stream, keys.size());
    }

    private List<Measure> measures() {
        List<Measure> measures = new ArrayList<>();
        for (FlowExpression argument : arguments.free()) {
            measures.add(argument instanceof Assignment(Column name, FlowExpression value, _) ? new Measure(name.name(), value)
                : new Measure("", argument));
        }
        if (measures.isEmpty()) {
            throw failure(CommonError.SYNTAX_ERROR, arguments.statement().at(), "A pivot needs an aggregate, such as total = sum(price)");
        }
        return measures;
    }

    private void add(GroupedColumns grouped, Measure measure, Literal value, String naming) {
        String text = value.value() == null ? "null" : value.value().toString();
        String name = naming.replace("$N", measure.name()).replace("$V", text);
        Expression here = Call.of(ComparisonOperators.NOT_DISTINCT, key, value);
        Expression bound = Expressions.replace(scope.grouped().bind(measure.expression()), part -> part instanceof AggregateCall call
            ? Optional.of(filtered(call, here)) : Optional.empty());
        Expression rows = filtered(AggregateCall.of(AggregateOperators.COUNT_ROWS), here);
        grouped.add(name, Conditions.choose(Conditions.equal(rows, Literal.int64(0)), new Literal(null, bound.type()), bound),
            measure.expression().at());
    }

    private static AggregateCall filtered(AggregateCall call, Expression condition) {
        Expression all = call.filter().map(filter -> Conditions.and(filter, condition)).orElse(condition);
        return new AggregateCall(call.operator(), call.arguments(), call.distinct(), call.orderBy(), Optional.of(all), call.type());
    }

    private List<Literal> values() {
        if (pivotBy.size() > 1) {
            Object listed = pivotBy.size() == 2 ? arguments.context().constant(pivotBy.get(1)) : null;
            List<?> values = listed instanceof List<?> list ? list
                : pivotBy.subList(1, pivotBy.size()).stream().map(arguments.context()::constant).toList();
            return values.stream().map(this::literal).toList();
        }
        Project keys = new Project(input.plan(), List.of(new NamedExpression("key", key)));
        Sort sorted = new Sort(new Distinct(keys), List.of(new SortKey(FlowStream.reference(keys, "key"), true, true)));
        return arguments.context().services().rows(sorted).stream().map(row -> new Literal(row.getFirst(), key.type())).toList();
    }

    private Literal literal(Object value) {
        if (key.type() instanceof ScalarType scalar && (value == null || scalar.javaClass().isInstance(value))) {
            return new Literal(value, key.type());
        }
        Expression cast = new Cast(Literal.string(String.valueOf(value)), key.type(),
            Cast.OnFailure.FAIL);
        return new Literal(arguments.context().constants(List.of(cast)).getFirst(), key.type());
    }

    private static FlowStream drifted(FlowStream stream, int keys) {
        List<FlowColumn> columns = new ArrayList<>();
        for (FlowColumn column : stream.columns()) {
            columns.add(new FlowColumn(column.name(), column.streams(), column.field(), column.type(), columns.size() >= keys));
        }
        return new FlowStream(stream.plan(), columns);
    }
}
