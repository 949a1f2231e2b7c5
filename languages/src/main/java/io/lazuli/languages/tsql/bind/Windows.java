package io.lazuli.languages.tsql.bind;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.expression.ColumnReference;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.expression.WindowCall;
import io.lazuli.algebra.expression.WindowCall.Bound;
import io.lazuli.algebra.expression.WindowCall.Frame;
import io.lazuli.algebra.operator.Operator;
import io.lazuli.algebra.operator.WindowOperators;
import io.lazuli.algebra.plan.NamedExpression;
import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.plan.SortKey;
import io.lazuli.algebra.plan.Window;
import io.lazuli.languages.tsql.syntax.SqlExpression;
import io.lazuli.languages.tsql.syntax.SqlExpression.FunctionCall;
import io.lazuli.languages.tsql.syntax.SqlExpression.OrderItem;
import io.lazuli.languages.tsql.type.SqlError;
import io.lazuli.languages.tsql.type.SqlType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Collects the window functions of a query. */
final class Windows {
    private static final Set<String> FUNCTIONS = Set.of("ROW_NUMBER", "RANK", "DENSE_RANK", "NTILE", "PERCENT_RANK", "CUME_DIST", "LAG",
        "LEAD", "FIRST_VALUE", "LAST_VALUE");
    private final Names names;
    private final Map<WindowCall, NamedExpression> columns = new LinkedHashMap<>();

    Windows(Names names) {
        this.names = names;
    }

    static boolean isWindowFunction(String name) {
        return FUNCTIONS.contains(name);
    }

    Plan over(Plan input) {
        return columns.isEmpty() ? input : new Window(input, List.copyOf(columns.values()));
    }

    private ColumnReference column(WindowCall call) {
        return ColumnReference.of(columns.computeIfAbsent(call, _ -> new NamedExpression(names.next(call.operator().name()),
            call)).field());
    }

    static Typed bind(FunctionCall call, ExpressionBinder binder) {
        if (binder.windows() == null) {
            throw failure(SqlError.MISPLACED_WINDOW, call.at(), "Windowed functions can only appear in the SELECT or ORDER BY clauses.");
        }
        return binder.windows().call(call, binder);
    }

    private Typed call(FunctionCall call, ExpressionBinder binder) {
        if (call.distinct()) {
            throw ExpressionBinder.unsupported("DISTINCT in a window function", call.at());
        }
        List<Expression> partition = call.over().partitionBy().stream()
            .map(expression -> Expressions.key(binder.value(expression).expression())).toList();
        List<SortKey> order = new ArrayList<>();
        for (OrderItem item : call.over().orderBy()) {
            Expression key = Expressions.key(binder.value(item.expression()).expression());
            order.add(new SortKey(key, item.ascending(), item.ascending()));
        }
        Placement placement = new Placement(partition, order, frame(call));
        if (Aggregates.isAggregate(call)) {
            return Aggregates.apply(call, binder, placement::aggregate);
        }
        return function(call, binder, placement);
    }

    /** Where a window's calls look. */
    private final class Placement {
        private final List<Expression> partition;
        private final List<SortKey> order;
        private final Optional<Frame> frame;

        Placement(List<Expression> partition, List<SortKey> order, Optional<Frame> frame) {
            this.partition = partition;
            this.order = order;
            this.frame = frame;
        }

        /** With an order and no frame an aggregate sees the rows up to the last one equal to the current. */
        Expression aggregate(Operator operator, List<Expression> arguments) {
            Frame whole = new Frame(Frame.Unit.ROWS, Bound.UNBOUNDED_PRECEDING, Bound.UNBOUNDED_FOLLOWING);
            Frame running = new Frame(Frame.Unit.RANGE, Bound.UNBOUNDED_PRECEDING, Bound.CURRENT_ROW);
            return place(operator, arguments, Optional.of(frame.orElse(order.isEmpty() ? whole : running)));
        }

        Expression plain(Operator operator, List<Expression> arguments) {
            return place(operator, arguments, Optional.empty());
        }

        private Expression place(Operator operator, List<Expression> arguments, Optional<Frame> seen) {
            return column(new WindowCall(operator, arguments, partition, order, seen,
                operator.resultType(arguments.stream().map(Expression::type).toList())));
        }
    }

    private static Typed function(FunctionCall call, ExpressionBinder binder, Placement placement) {
        String name = call.name().getFirst().toUpperCase(Locale.ROOT);
        if (!FUNCTIONS.contains(name)) {
            throw failure(SqlError.UNKNOWN_FUNCTION, call.at(),
                "'%s' is not a valid windowing function, and cannot be used with the OVER clause.",
                call.name().getFirst());
        }
        if (placement.order.isEmpty()) {
            throw failure(SqlError.MISPLACED_WINDOW, call.at(), "The function '%s' must have an OVER clause with ORDER BY.", name);
        }
        return switch (name) {
            case "ROW_NUMBER" -> new Typed(placement.plain(WindowOperators.ROW_NUMBER, List.of()), SqlType.BIGINT);
            case "RANK" -> new Typed(placement.plain(WindowOperators.RANK, List.of()), SqlType.BIGINT);
            case "DENSE_RANK" -> new Typed(placement.plain(WindowOperators.DENSE_RANK, List.of()), SqlType.BIGINT);
            case "PERCENT_RANK" -> new Typed(placement.plain(WindowOperators.PERCENT_RANK, List.of()), SqlType.FLOAT);
            case "CUME_DIST" -> new Typed(placement.plain(WindowOperators.CUME_DIST, List.of()), SqlType.FLOAT);
            case "NTILE" -> new Typed(placement.plain(WindowOperators.NTILE, List.of(
                Conversions.implicit(argument(call, binder, 0), SqlType.BIGINT, call.at()).expression())), SqlType.BIGINT);
            case "LAG" -> neighbour(WindowOperators.LAG, call, binder, placement);
            case "LEAD" -> neighbour(WindowOperators.LEAD, call, binder, placement);
            case "FIRST_VALUE" -> edge(WindowOperators.FIRST_VALUE, argument(call, binder, 0), placement);
            default -> edge(WindowOperators.LAST_VALUE, argument(call, binder, 0), placement);
        };
    }

    private static Typed argument(FunctionCall call, ExpressionBinder binder, int index) {
        if (call.arguments().size() <= index) {
            throw failure(SqlError.ARGUMENT_COUNT, call.at(), "The %s function requires %d argument(s).", call.name().getFirst(), index
                + 1);
        }
        return binder.value(call.arguments().get(index));
    }

    private static Typed edge(Operator operator, Typed value, Placement placement) {
        return new Typed(placement.aggregate(operator, List.of(value.expression())), value.type());
    }

    private static Typed neighbour(Operator operator, FunctionCall call, ExpressionBinder binder, Placement placement) {
        Typed value = argument(call, binder, 0);
        List<SqlExpression> arguments = call.arguments();
        Expression distance = arguments.size() > 1
            ? Conversions.implicit(binder.value(arguments.get(1)), SqlType.BIGINT, call.at()).expression() : Literal.int64(1);
        Expression otherwise = arguments.size() > 2
            ? Conversions.explicit(binder.value(arguments.get(2)), value.type(), false, call.at()).expression()
            : new Literal(null, value.expression().type());
        return new Typed(placement.plain(operator, List.of(value.expression(), distance, otherwise)), value.type());
    }

    private static Optional<Frame> frame(FunctionCall call) {
        SqlExpression.Frame frame = call.over().frame();
        if (frame == null) {
            return Optional.empty();
        }
        return Optional.of(new Frame(frame.rows() ? Frame.Unit.ROWS : Frame.Unit.RANGE,
            frame.start() == null ? Bound.UNBOUNDED_PRECEDING : bound(frame.start()),
            frame.end() == null ? Bound.UNBOUNDED_FOLLOWING : bound(frame.end())));
    }

    private static Bound bound(long distance) {
        return distance == 0 ? Bound.CURRENT_ROW : new Bound(distance, distance < 0);
    }
}
