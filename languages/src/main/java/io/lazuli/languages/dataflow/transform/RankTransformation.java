package io.lazuli.languages.dataflow.transform;

import io.lazuli.algebra.expression.Cast;
import io.lazuli.algebra.expression.WindowCall;
import io.lazuli.algebra.operator.Operator;
import io.lazuli.algebra.operator.WindowOperators;
import io.lazuli.algebra.plan.NamedExpression;
import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.plan.Window;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.languages.dataflow.function.FlowTypes;
import io.lazuli.languages.dataflow.syntax.TypeName;
import java.util.List;
import java.util.Optional;

/**
 * {@code rank(desc(score, true), output(place as long), dense: true)}: numbers the rows in sort order. Ties share a number; {@code dense}
 * leaves no gap after a tie.
 */
final class RankTransformation {
    private RankTransformation() {
    }

    static FlowStream apply(Arguments arguments, FlowStream input) {
        TypeName.Member output = AddedColumn.declared(arguments);
        Operator operator = arguments.flag("dense", false) ? WindowOperators.DENSE_RANK : WindowOperators.RANK;
        WindowCall rank = new WindowCall(operator, List.of(), List.of(),
            SortKeys.required(arguments, Scope.of(arguments.context(), input)), Optional.empty(), ScalarType.INT64);
        String field = FlowStream.freeName("rank", input.plan());
        Plan ranked = new Window(input.plan(), List.of(new NamedExpression(field, rank)));
        return AddedColumn.to(input.over(ranked), output.name(),
            Cast.strict(FlowStream.reference(ranked, field), FlowTypes.of(output.type())));
    }
}
