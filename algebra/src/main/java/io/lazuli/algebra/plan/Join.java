package io.lazuli.algebra.plan;

import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.type.Schema;
import java.util.List;

/** Pairs of rows for which the condition is true. The inputs' column names are disjoint; SEMI and ANTI give the left columns only. */
public record Join(Plan left, Plan right, Kind kind, Expression condition) implements Plan {
    /** Which rows without a partner stay. A cross join is INNER on true. */
    public enum Kind { INNER, LEFT, RIGHT, FULL, SEMI, ANTI }

    public Join {
        PlanChecks.requireCondition(condition);
        PlanChecks.requireColumns(condition, left.schema().followedBy(right.schema()));
    }

    public static Join cross(Plan left, Plan right) {
        return new Join(left, right, Kind.INNER, Literal.TRUE);
    }

    @Override
    public Schema schema() {
        return kind == Kind.SEMI || kind == Kind.ANTI ? left.schema() : left.schema().followedBy(right.schema());
    }

    @Override
    public List<Plan> inputs() {
        return List.of(left, right);
    }
}
