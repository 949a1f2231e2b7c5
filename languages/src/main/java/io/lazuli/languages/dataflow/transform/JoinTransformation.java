package io.lazuli.languages.dataflow.transform;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.plan.Join;
import io.lazuli.foundation.CommonError;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code left, right join(left@id == right@id, joinType: 'inner')}: pairs of rows, with the columns of both streams.
 *
 * <p>Columns of one name both stay; {@code left@id} tells them apart.
 */
final class JoinTransformation {
    private JoinTransformation() {
    }

    static FlowStream apply(Arguments arguments, List<FlowStream> inputs) {
        Join.Kind kind = switch (arguments.choice("joinType", "inner", "inner", "left", "right", "outer", "cross", "left_outer",
            "right_outer", "full_outer")) {
            case "inner", "cross" -> Join.Kind.INNER;
            case "left", "left_outer" -> Join.Kind.LEFT;
            case "right", "right_outer" -> Join.Kind.RIGHT;
            default -> Join.Kind.FULL;
        };
        boolean cross = arguments.text("joinType").filter("cross"::equals).isPresent();
        if ((kind == Join.Kind.RIGHT || cross) && FuzzyMatch.of(arguments).isPresent()) {
            throw failure(CommonError.INVALID_ARGUMENT, arguments.statement().at(),
                "Fuzzy matching is for inner, left and outer joins, not for '%s'", arguments.text("joinType").orElse(""));
        }
        return join(arguments, inputs.get(0), inputs.get(1), kind);
    }

    static FlowStream join(Arguments arguments, FlowStream left, FlowStream other, Join.Kind kind) {
        FlowStream right = other.apartFrom(left.plan());
        boolean cross = kind == Join.Kind.INNER && arguments.free().isEmpty();
        if (cross) {
            return both(new Join(left.plan(), right.plan(), kind, Literal.TRUE), left, right);
        }
        Expression exact = Scope.of(arguments.context(), left, right).condition(arguments.condition());
        Optional<FuzzyMatch> fuzzy = FuzzyMatch.of(arguments);
        Expression condition = fuzzy.map(match -> match.condition(exact)).orElse(exact);
        FlowStream joined = both(new Join(left.plan(), right.plan(), kind, condition), left, right);
        return fuzzy.flatMap(FuzzyMatch::scoreColumn).map(name -> AddedColumn.to(joined, name, fuzzy.get().score(exact))).orElse(joined);
    }

    /** The columns of both; what is noted of rows is known of the left ones. */
    static FlowStream both(Join join, FlowStream left, FlowStream right) {
        List<FlowColumn> columns = new ArrayList<>(left.columns());
        right.columns().stream().filter(column -> !column.isHidden() || left.hidden(column.name()).isEmpty()).forEach(columns::add);
        return new FlowStream(join, columns);
    }
}
