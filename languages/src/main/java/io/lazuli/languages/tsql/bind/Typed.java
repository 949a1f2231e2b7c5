package io.lazuli.languages.tsql.bind;

import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.languages.tsql.type.SqlType;

/** An expression with its T-SQL type; the expression's own type is the one that carries it. */
public record Typed(Expression expression, SqlType type) {
    public Typed {
        if (!expression.type().equals(type.dataType())) {
            throw new IllegalArgumentException(expression + " is a " + expression.type() + " and stands for a " + type);
        }
    }

    static Typed nothing(SqlType type) {
        return new Typed(new Literal(null, type.dataType()), type);
    }

    static Typed int32(int value) {
        return new Typed(Literal.int32(value), SqlType.INT);
    }

    static Typed text(String value) {
        return new Typed(Literal.string(value), SqlType.varchar(value.length()));
    }

    static Typed nationalText(String value) {
        return new Typed(Literal.string(value), SqlType.nvarchar(value.length()));
    }

    boolean isNull() {
        return expression instanceof Literal literal && literal.value() == null;
    }

    /** The constant, or null when the value is not a constant. */
    Object constant() {
        return expression instanceof Literal literal ? literal.value() : null;
    }

    boolean isString() {
        return expression.type() == ScalarType.STRING;
    }
}
