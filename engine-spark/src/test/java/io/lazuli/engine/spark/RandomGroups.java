package io.lazuli.engine.spark;

import static io.lazuli.engine.spark.RandomValues.DECIMAL;

import io.lazuli.algebra.expression.AggregateCall;
import io.lazuli.algebra.expression.ColumnReference;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.expression.WindowCall;
import io.lazuli.algebra.expression.WindowCall.Bound;
import io.lazuli.algebra.expression.WindowCall.Frame;
import io.lazuli.algebra.operator.AggregateOperators;
import io.lazuli.algebra.operator.CollectingOperators;
import io.lazuli.algebra.operator.Operator;
import io.lazuli.algebra.operator.WindowOperators;
import io.lazuli.algebra.plan.Aggregate;
import io.lazuli.algebra.plan.NamedExpression;
import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.plan.SortKey;
import io.lazuli.algebra.plan.Values;
import io.lazuli.algebra.plan.Window;
import io.lazuli.algebra.type.DataType;
import io.lazuli.algebra.type.MapType;
import io.lazuli.algebra.type.ScalarType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Groups and windows of random rows by random keys, with aggregates of random expressions. */
final class RandomGroups {
    private static final List<Operator> STATISTICS = List.of(AggregateOperators.AVG, AggregateOperators.STDDEV_SAMPLE,
        AggregateOperators.STDDEV_POPULATION, AggregateOperators.VARIANCE_SAMPLE, AggregateOperators.VARIANCE_POPULATION);
    private static final List<Operator> IN_ORDER = List.of(CollectingOperators.COLLECT, CollectingOperators.FIRST,
        CollectingOperators.LAST, CollectingOperators.LAST_KNOWN);
    private static final List<DataType> SCALARS =
        RandomValues.TYPES.stream().filter(type -> type.isNumeric() || type instanceof ScalarType).toList();
    /** What has a least and a greatest value. */
    private static final List<DataType> ORDERED = RandomValues.TYPES.stream().filter(type -> !(type instanceof MapType)).toList();
    private static final Expression ID = new ColumnReference("id", ScalarType.INT64);
    private static final List<DataType> KEYS = List.of(ScalarType.BOOLEAN, ScalarType.INT8, ScalarType.STRING, ScalarType.DATE, DECIMAL);

    private final RandomExpressions made;
    private final Values rows;

    RandomGroups(long seed) {
        this.made = new RandomExpressions(seed);
        this.rows = made.rows(12);
    }

    private Expression column(DataType type) {
        return new ColumnReference("c" + type, type);
    }

    Plan groups() {
        List<NamedExpression> keys = new ArrayList<>();
        for (int i = made.number(3); i > 0; i--) {
            keys.add(new NamedExpression("k" + i, column(made.oneOf(KEYS))));
        }
        List<NamedExpression> columns = new ArrayList<>();
        columns.add(new NamedExpression("rows", AggregateCall.of(AggregateOperators.COUNT_ROWS)));
        for (int i = 0; i < 8; i++) {
            columns.add(new NamedExpression("a" + i, aggregate()));
        }
        return new Aggregate(rows, keys, columns);
    }

    /** What does not depend on the order of rows, or says it. */
    private Expression aggregate() {
        return switch (made.number(5)) {
            case 0 -> call(made.oneOf(List.of(AggregateOperators.MIN, AggregateOperators.MAX)), made.expression(made.oneOf(ORDERED), 1));
            case 1 -> call(made.oneOf(STATISTICS), made.expression(ScalarType.FLOAT64, 0));
            case 2 -> made.number(2) == 0
                ? call(AggregateOperators.SUM_WRAPPING, made.expression(made.oneOf(List.of(ScalarType.INT64, ScalarType.INT16)), 1))
                : call(AggregateOperators.SUM, made.expression(made.oneOf(List.of(ScalarType.INT8, ScalarType.INT32, DECIMAL)), 0));
            case 3 -> call(AggregateOperators.COUNT, made.expression(2));
            default -> sorted(made.oneOf(IN_ORDER), made.expression(1));
        };
    }

    private AggregateCall call(Operator operator, Expression value) {
        boolean distinct = operator.equals(AggregateOperators.COUNT) && SCALARS.contains(value.type()) && made.number(2) == 0;
        Optional<Expression> filter = made.number(3) == 0 ? Optional.of(column(ScalarType.BOOLEAN)) : Optional.empty();
        return new AggregateCall(operator, List.of(value), distinct, List.of(), filter, operator.resultType(List.of(value.type())));
    }

    private AggregateCall sorted(Operator operator, Expression value) {
        return new AggregateCall(operator, List.of(value), false, List.of(new SortKey(ID, made.number(2) == 0, true)), Optional.empty(),
            operator.resultType(List.of(value.type())));
    }

    Plan windows() {
        List<NamedExpression> columns = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            columns.add(new NamedExpression("w" + i, window()));
        }
        return new Window(rows, columns);
    }

    private WindowCall window() {
        Expression value = made.expression(made.oneOf(ORDERED), 1);
        boolean total = made.number(2) == 0;
        return switch (made.number(4)) {
            case 0 -> over(made.oneOf(List.of(WindowOperators.RANK, WindowOperators.DENSE_RANK, WindowOperators.CUME_DIST,
                WindowOperators.PERCENT_RANK)), total, Optional.empty());
            case 1 -> over(made.oneOf(List.of(WindowOperators.LAG, WindowOperators.LEAD)), true, Optional.empty(), value,
                Literal.int64(1 + made.number(3)), made.expression(value.type(), 0));
            case 2 -> over(made.oneOf(List.of(WindowOperators.FIRST_VALUE, WindowOperators.LAST_VALUE,
                CollectingOperators.FIRST_KNOWN_VALUE, CollectingOperators.LAST_KNOWN_VALUE)), true, frame(), value);
            default -> over(made.oneOf(List.of(AggregateOperators.COUNT, AggregateOperators.MIN, AggregateOperators.MAX)), total,
                total ? frame() : Optional.empty(), value);
        };
    }

    private Optional<Frame> frame() {
        List<Bound> starts = List.of(Bound.UNBOUNDED_PRECEDING, new Bound(-2L, true), Bound.CURRENT_ROW);
        List<Bound> ends = List.of(Bound.UNBOUNDED_FOLLOWING, new Bound(1L, false), Bound.CURRENT_ROW);
        return Optional.of(new Frame(Frame.Unit.ROWS, made.oneOf(starts), made.oneOf(ends)));
    }

    /** In the order of a key, and of rows with the same one where {@code total}. */
    private WindowCall over(Operator operator, boolean total, Optional<Frame> frame, Expression... arguments) {
        List<SortKey> order = new ArrayList<>(List.of(new SortKey(column(made.oneOf(KEYS)), made.number(2) == 0, made.number(2) == 0)));
        if (total) {
            order.add(new SortKey(ID, true, true));
        }
        List<Expression> partition = made.number(3) == 0 ? List.of() : List.of(column(ScalarType.BOOLEAN));
        return new WindowCall(operator, List.of(arguments), partition, order, frame,
            operator.resultType(Stream.of(arguments).map(Expression::type).toList()));
    }
}
