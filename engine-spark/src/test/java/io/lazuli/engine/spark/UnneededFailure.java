package io.lazuli.engine.spark;

import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.Expressions;
import io.lazuli.algebra.expression.Lambda;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.plan.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The one difference that there may be: a part fails, the result does not depend on it, and one engine leaves it out.
 *
 * <p>That is so in a row if the least parts that fail by themselves can be any values, and none, without a change of the result.
 */
record UnneededFailure(Values rows, Expression expression, Trial trial) {
    private static final int VALUES = 4;

    /** The value of one row on an engine, or {@code "fails"}. */
    @FunctionalInterface
    interface Trial {
        Object of(Values row, Expression expression, boolean spark);
    }

    /** Whether all rows have the same values on both engines, or that difference. */
    boolean explains() {
        return rows.rows().stream().allMatch(row -> explains(new Values(rows.schema(), List.of(row))));
    }

    private boolean explains(Values row) {
        Object one = trial.of(row, expression, false);
        Object other = trial.of(row, expression, true);
        if (one.equals(other)) {
            return true;
        }
        Set<Expression> failing = failing(row);
        if (failing.isEmpty() || !one.equals("fails") && !other.equals("fails")) {
            return false;
        }
        Object value = one.equals("fails") ? other : one;
        RandomValues values = new RandomValues(new Random(1));
        for (int i = 0; i <= VALUES; i++) {
            boolean none = i == VALUES;
            Expression replaced = Expressions.replace(expression, part -> failing.contains(part)
                ? Optional.of(new Literal(none ? null : values.value(part.type()), part.type())) : Optional.empty());
            if (!value.equals(trial.of(row, replaced, false)) || !value.equals(trial.of(row, replaced, true))) {
                return false;
            }
        }
        return true;
    }

    /** The parts that fail on both engines though none of their own parts does. */
    private Set<Expression> failing(Values row) {
        List<Expression> failing = new ArrayList<>();
        collect(expression, row, failing);
        return failing.stream().filter(part -> trial.of(row, part, true).equals("fails")).collect(Collectors.toSet());
    }

    /** Whether there is one; functions have no value of their own. */
    private boolean collect(Expression part, Values row, List<Expression> failing) {
        boolean within = false;
        for (Expression smaller : Expressions.parts(part)) {
            within |= !(smaller instanceof Lambda) && collect(smaller, row, failing);
        }
        if (!within && trial.of(row, part, false).equals("fails")) {
            failing.add(part);
            return true;
        }
        return within;
    }
}
