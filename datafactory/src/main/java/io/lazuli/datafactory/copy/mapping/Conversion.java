package io.lazuli.datafactory.copy.mapping;

import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.Literal;

/**
 * A value in its new type.
 *
 * @param value null where the conversion fails
 * @param failed true where the value cannot be converted, never null; the literal false when it always can
 * @param reason why it fails, as a text
 */
record Conversion(Expression value, Expression failed, Expression reason) {
    private static final String NO_REASON = "";

    /** A conversion that always succeeds. */
    static Conversion sure(Expression value) {
        return new Conversion(value, Literal.FALSE, Formulas.text(NO_REASON));
    }

    /** A conversion that fails where it gives null although the source is not null. */
    static Conversion checked(Expression source, Expression value, Expression reason) {
        return new Conversion(value, Formulas.and(Formulas.not(Formulas.isNull(source)), Formulas.isNull(value)), reason);
    }

    static Conversion checked(Expression source, Expression value, String reason) {
        return checked(source, value, Formulas.text(reason));
    }

    boolean certain() {
        return failed.equals(Literal.FALSE);
    }
}
