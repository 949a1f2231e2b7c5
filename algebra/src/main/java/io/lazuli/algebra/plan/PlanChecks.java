package io.lazuli.algebra.plan;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.AlgebraError;
import io.lazuli.algebra.expression.ColumnReference;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.Expressions;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.algebra.type.Schema;

/** What every plan node checks when it is built. */
final class PlanChecks {
    private PlanChecks() {
    }

    static void requireCondition(Expression condition) {
        if (condition.type() != ScalarType.BOOLEAN) {
            throw failure(AlgebraError.TYPE_MISMATCH, "Condition %s is a %s, not a boolean", condition, condition.type());
        }
    }

    /** Every column that the expression refers to is in the schema, with the same type. */
    static void requireColumns(Expression expression, Schema schema) {
        Expressions.forEach(expression, part -> {
            if (part instanceof ColumnReference column && !schema.field(column.name()).type().equals(column.type())) {
                throw failure(AlgebraError.TYPE_MISMATCH, "Column '%s' is a %s, not a %s",
                    column.name(), schema.field(column.name()).type(), column.type());
            }
        });
    }
}
