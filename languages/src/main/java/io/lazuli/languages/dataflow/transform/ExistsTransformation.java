package io.lazuli.languages.dataflow.transform;

import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.plan.Join;
import java.util.List;

/** {@code left, right exists(left@id == right@id, negate: false)}: the left rows that have a partner, or with negate those without. */
final class ExistsTransformation {
    private ExistsTransformation() {
    }

    static FlowStream apply(Arguments arguments, List<FlowStream> inputs) {
        FlowStream left = inputs.get(0);
        FlowStream right = inputs.get(1).apartFrom(left.plan());
        Expression condition = Scope.of(arguments.context(), left, right).condition(arguments.condition());
        Join.Kind kind = arguments.flag("negate", false) ? Join.Kind.ANTI : Join.Kind.SEMI;
        return left.over(new Join(left.plan(), right.plan(), kind, condition));
    }
}
