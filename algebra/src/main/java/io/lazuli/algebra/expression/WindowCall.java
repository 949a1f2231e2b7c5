package io.lazuli.algebra.expression;

import io.lazuli.algebra.operator.Operator;
import io.lazuli.algebra.plan.SortKey;
import io.lazuli.algebra.type.DataType;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A window function or aggregate over the rows around the current one; allowed only as a column of
 * {@link io.lazuli.algebra.plan.Window}.
 *
 * @param frame the rows that an aggregate sees; empty for functions that ignore frames
 */
public record WindowCall(
    Operator operator, List<Expression> arguments, List<Expression> partitionBy, List<SortKey> orderBy, Optional<Frame> frame,
    DataType type)
    implements Expression {
    public WindowCall {
        arguments = List.copyOf(arguments);
        partitionBy = List.copyOf(partitionBy);
        orderBy = List.copyOf(orderBy);
        operator.require(Operator.Kind.WINDOW, Operator.Kind.AGGREGATE);
    }

    /** The frame's bounds; {@code ROWS} counts rows, {@code RANGE} compares the sort key. */
    public record Frame(Unit unit, Bound start, Bound end) {
        /** How bounds count. */
        public enum Unit { ROWS, RANGE }

        @Override
        public String toString() {
            return unit.name().toLowerCase(Locale.ROOT) + " between " + start + " and " + end;
        }
    }

    /** A bound: {@code offset} rows before (negative) or after the current one, or without end when null. */
    public record Bound(Long offset, boolean preceding) {
        public static final Bound UNBOUNDED_PRECEDING = new Bound(null, true);
        public static final Bound UNBOUNDED_FOLLOWING = new Bound(null, false);
        public static final Bound CURRENT_ROW = new Bound(0L, true);

        @Override
        public String toString() {
            String side = preceding ? " preceding" : " following";
            return offset == null ? "unbounded" + side : offset == 0 ? "current row" : Math.abs(offset) + side;
        }
    }

    @Override
    public String toString() {
        return arguments.stream().map(Expression::toString).collect(Collectors.joining(", ", operator.name() + "(", ")"))
            + " over (partition by " + partitionBy + " order by " + orderBy + frame.map(value -> " " + value).orElse("") + ")";
    }
}
