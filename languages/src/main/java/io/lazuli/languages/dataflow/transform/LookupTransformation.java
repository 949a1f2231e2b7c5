package io.lazuli.languages.dataflow.transform;

import io.lazuli.algebra.expression.Call;
import io.lazuli.algebra.expression.Cast;
import io.lazuli.algebra.expression.ColumnReference;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.Expressions;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.expression.WindowCall;
import io.lazuli.algebra.operator.ComparisonOperators;
import io.lazuli.algebra.operator.WindowOperators;
import io.lazuli.algebra.plan.Filter;
import io.lazuli.algebra.plan.Join;
import io.lazuli.algebra.plan.NamedExpression;
import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.plan.SortKey;
import io.lazuli.algebra.plan.Window;
import io.lazuli.algebra.type.ScalarType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code rows, reference lookup(rows@key == reference@key, multiple: false, pickup: 'any')}: each row with its partners, or nulls.
 *
 * <p>Without {@code multiple} one partner is taken: the first or last in the order of {@code asc(...)} and {@code desc(...)}, else in the
 * order in which the reference stream gives them. {@code isMatch()} tells afterwards whether there was one.
 */
final class LookupTransformation {
    private LookupTransformation() {
    }

    static FlowStream apply(Arguments arguments, List<FlowStream> inputs) {
        FlowStream left = inputs.get(0).without(FlowColumn.MATCHED);
        FlowStream right = inputs.get(1).without(FlowColumn.MATCHED).withHidden(FlowColumn.MATCHED, Literal.TRUE).apartFrom(left.plan());
        if (arguments.flag("multiple", false)) {
            return JoinTransformation.join(arguments, left, right, Join.Kind.LEFT);
        }
        Optional<List<Expression>> keys = FuzzyMatch.of(arguments).isPresent() ? Optional.empty() : keys(arguments, left, right);
        if (keys.isPresent()) {
            return JoinTransformation.join(arguments, left, onePerKey(arguments, right, keys.get()), Join.Kind.LEFT);
        }
        String leftNumber = FlowStream.freeName("left row", left.plan(), right.plan());
        String rightNumber = FlowStream.freeName("right row", left.plan(), right.plan());
        FlowStream numbered = left.over(RowNumbers.add(left.plan(), leftNumber));
        FlowStream pairs = JoinTransformation.join(arguments, numbered, right.over(RowNumbers.add(right.plan(), rightNumber)),
            Join.Kind.LEFT);
        return pairs.over(picked(arguments, pairs, leftNumber, rightNumber));
    }

    /**
     * The right side of each equation, when the condition is nothing but equations of a left and a right value and only right columns tell
     * the order: then the partner is the same for all left rows of one key, and can be picked before the join.
     */
    private static Optional<List<Expression>> keys(Arguments arguments, FlowStream left, FlowStream right) {
        Expression condition = Scope.of(arguments.context(), left, right).condition(arguments.condition());
        List<SortKey> order = SortKeys.of(arguments, Scope.of(arguments.context(), left, right));
        List<Expression> keys = new ArrayList<>();
        return order.stream().allMatch(key -> reads(key.expression(), right)) && collect(condition, left, right, keys) && !keys.isEmpty()
            ? Optional.of(keys) : Optional.empty();
    }

    private static boolean collect(Expression condition, FlowStream left, FlowStream right, List<Expression> keys) {
        if (!(condition instanceof Call call)) {
            return false;
        }
        if (call.operator() == ComparisonOperators.AND) {
            return call.arguments().stream().allMatch(part -> collect(part, left, right, keys));
        }
        if (call.operator() != ComparisonOperators.EQUAL) {
            return false;
        }
        Expression first = call.arguments().get(0);
        Expression second = call.arguments().get(1);
        boolean straight = reads(first, left) && reads(second, right);
        if (!straight && !(reads(first, right) && reads(second, left))) {
            return false;
        }
        keys.add(straight ? second : first);
        return true;
    }

    /** Whether an expression reads columns of one stream, and nothing else that differs from row to row. */
    private static boolean reads(Expression expression, FlowStream stream) {
        List<Expression> columns = new ArrayList<>();
        boolean[] plain = {true};
        Expressions.forEach(expression, part -> {
            if (part instanceof ColumnReference) {
                columns.add(part);
            }
            plain[0] &= part instanceof ColumnReference || part instanceof Literal || part instanceof Cast || part instanceof Call;
        });
        List<String> names = stream.plan().schema().names();
        return plain[0] && !columns.isEmpty() && columns.stream().allMatch(column -> names.contains(((ColumnReference) column).name()));
    }

    /** The row of each key that comes first, or last. */
    private static FlowStream onePerKey(Arguments arguments, FlowStream right, List<Expression> keys) {
        String number = FlowStream.freeName("right row", right.plan());
        FlowStream numbered = right.over(RowNumbers.add(right.plan(), number));
        return numbered.over(first(arguments, numbered, keys, number));
    }

    /** One pair of each left row. */
    private static Plan picked(Arguments arguments, FlowStream pairs, String leftNumber, String rightNumber) {
        return first(arguments, pairs, List.of(FlowStream.reference(pairs.plan(), leftNumber)), rightNumber);
    }

    private static Plan first(Arguments arguments, FlowStream rows, List<Expression> groups, String number) {
        boolean last = arguments.choice("pickup", "any", "any", "first", "last").equals("last");
        List<SortKey> order = new ArrayList<>(SortKeys.of(arguments, Scope.of(arguments.context(), rows)).stream()
            .map(key -> last ? new SortKey(key.expression(), !key.ascending(), !key.nullsFirst()) : key).toList());
        order.add(new SortKey(FlowStream.reference(rows.plan(), number), !last, false));
        Expression place = new WindowCall(
            WindowOperators.ROW_NUMBER, List.of(), groups, order, Optional.empty(), ScalarType.INT64);
        String placeName = FlowStream.freeName("place", rows.plan());
        Plan placed = new Window(rows.plan(), List.of(new NamedExpression(placeName, place)));
        return new Filter(placed, Conditions.equal(FlowStream.reference(placed, placeName), Literal.int64(1)));
    }
}
