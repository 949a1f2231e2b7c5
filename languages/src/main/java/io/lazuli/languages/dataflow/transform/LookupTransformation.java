package io.lazuli.languages.dataflow.transform;

import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.expression.WindowCall;
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
        JoinTransformation.refuseFuzzy(arguments);
        FlowStream left = inputs.get(0).without(FlowColumn.MATCHED);
        FlowStream right = inputs.get(1).without(FlowColumn.MATCHED).withHidden(FlowColumn.MATCHED, Literal.TRUE).apartFrom(left.plan());
        if (arguments.flag("multiple", false)) {
            return JoinTransformation.join(arguments, left, right, Join.Kind.LEFT);
        }
        String leftNumber = FlowStream.freeName("left row", left.plan(), right.plan());
        String rightNumber = FlowStream.freeName("right row", left.plan(), right.plan());
        FlowStream numbered = left.over(RowNumbers.add(left.plan(), leftNumber));
        FlowStream pairs = JoinTransformation.join(arguments, numbered, right.over(RowNumbers.add(right.plan(), rightNumber)),
            Join.Kind.LEFT);
        return pairs.over(picked(arguments, pairs, leftNumber, rightNumber));
    }

    /** One pair of each left row. */
    private static Plan picked(Arguments arguments, FlowStream pairs, String leftNumber, String rightNumber) {
        boolean last = arguments.choice("pickup", "any", "any", "first", "last").equals("last");
        Scope scope = Scope.of(arguments.context(), pairs);
        List<SortKey> order = new ArrayList<>(SortKeys.of(arguments, scope).stream()
            .map(key -> last ? new SortKey(key.expression(), !key.ascending(), !key.nullsFirst()) : key).toList());
        order.add(new SortKey(FlowStream.reference(pairs.plan(), rightNumber), !last, false));
        Expression place = new WindowCall(WindowOperators.ROW_NUMBER, List.of(),
            List.of(FlowStream.reference(pairs.plan(), leftNumber)), order, Optional.empty(), ScalarType.INT64);
        String placeName = FlowStream.freeName("place", pairs.plan());
        Plan placed = new Window(pairs.plan(), List.of(new NamedExpression(placeName, place)));
        return new Filter(placed, Conditions.equal(FlowStream.reference(placed, placeName), Literal.int64(1)));
    }
}
