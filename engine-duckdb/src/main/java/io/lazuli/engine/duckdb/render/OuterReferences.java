package io.lazuli.engine.duckdb.render;

import io.lazuli.algebra.expression.ExistsSubquery;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.Expressions;
import io.lazuli.algebra.expression.InSubquery;
import io.lazuli.algebra.expression.OuterReference;
import io.lazuli.algebra.expression.ScalarSubquery;
import io.lazuli.algebra.plan.Aggregate;
import io.lazuli.algebra.plan.Apply;
import io.lazuli.algebra.plan.Distinct;
import io.lazuli.algebra.plan.Filter;
import io.lazuli.algebra.plan.Join;
import io.lazuli.algebra.plan.Limit;
import io.lazuli.algebra.plan.NamedExpression;
import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.plan.Project;
import io.lazuli.algebra.plan.Scan;
import io.lazuli.algebra.plan.SetOperation;
import io.lazuli.algebra.plan.Shared;
import io.lazuli.algebra.plan.Sort;
import io.lazuli.algebra.plan.SortKey;
import io.lazuli.algebra.plan.Unnest;
import io.lazuli.algebra.plan.Values;
import io.lazuli.algebra.plan.Window;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Whether a plan refers to rows of queries around it. */
final class OuterReferences {
    private final Map<Plan, Integer> known = new IdentityHashMap<>();

    private OuterReferences() {
    }

    static boolean leave(Plan plan) {
        return new OuterReferences().reach(plan) > 0;
    }

    /** How many enclosing queries outwards the plan reaches; 0 for none. */
    private int reach(Plan plan) {
        Integer found = known.get(plan);
        if (found != null) {
            return found;
        }
        int reach = expressions(plan).mapToInt(this::reach).max().orElse(0);
        if (plan instanceof Apply apply) {
            reach = Math.max(reach(apply.left()), reach(apply.right()) - 1);
        } else {
            for (Plan input : plan.inputs()) {
                reach = Math.max(reach, reach(input));
            }
        }
        known.put(plan, reach);
        return reach;
    }

    private int reach(Expression expression) {
        int[] reach = {0};
        Expressions.forEach(expression, part -> reach[0] = Math.max(reach[0], switch (part) {
            case OuterReference outer -> outer.level();
            case ScalarSubquery subquery -> reach(subquery.plan()) - 1;
            case ExistsSubquery exists -> reach(exists.plan()) - 1;
            case InSubquery in -> reach(in.plan()) - 1;
            default -> 0;
        }));
        return reach[0];
    }

    private static Stream<Expression> expressions(Plan plan) {
        return switch (plan) {
            case Scan _, Distinct _, Limit _, SetOperation _, Shared _, Apply _ -> Stream.empty();
            case Values values -> values.rows().stream().flatMap(List::stream);
            case Filter filter -> Stream.of(filter.condition());
            case Project project -> project.columns().stream().map(NamedExpression::expression);
            case Join join -> Stream.of(join.condition());
            case Aggregate aggregate -> Stream.concat(aggregate.keys().stream(), aggregate.aggregates().stream())
                .map(NamedExpression::expression);
            case Window window -> window.columns().stream().map(NamedExpression::expression);
            case Sort sort -> sort.keys().stream().map(SortKey::expression);
            case Unnest unnest -> Stream.of(unnest.array());
        };
    }
}
