package io.lazuli.languages.dataflow.function;

import static io.lazuli.languages.dataflow.function.Operators.call;
import static io.lazuli.languages.dataflow.function.Operators.java;
import static io.lazuli.languages.dataflow.function.Operators.number;

import io.lazuli.algebra.expression.Cast;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.operator.MathOperators;
import io.lazuli.algebra.operator.Operator;
import io.lazuli.algebra.type.DataType;
import io.lazuli.algebra.type.DecimalType;
import io.lazuli.algebra.type.ScalarType;

/**
 * Arithmetic of decimals as Spark does it, on which data flows run: the result has room for all digits of any operands, and where that
 * is more than 38, gives up digits behind the point down to six. Results are rounded half up; what does not fit is null.
 */
final class DecimalArithmetic {
    private static final int LEAST_SCALE = 6;

    private DecimalArithmetic() {
    }

    static Expression sum(Operator operator, Expression left, Expression right) {
        DecimalType a = (DecimalType) left.type();
        DecimalType b = (DecimalType) right.type();
        int scale = Math.max(a.scale(), b.scale());
        int precision = Math.max(a.precision() - a.scale(), b.precision() - b.scale()) + scale + 1;
        DecimalType type = adjusted(precision, scale);
        if (precision <= DecimalType.MAX_PRECISION) {
            return call(operator, Cast.orNull(left, type), Cast.orNull(right, type));
        }
        String exact = operator.equals(MathOperators.ADD) ? "add_decimal_text" : "subtract_decimal_text";
        return Cast.orNull(java(exact, text(left), text(right), number(type.scale())), type);
    }

    static Expression product(Expression left, Expression right) {
        DecimalType a = (DecimalType) left.type();
        DecimalType b = (DecimalType) right.type();
        DecimalType type = adjusted(a.precision() + b.precision() + 1, a.scale() + b.scale());
        if (a.precision() + b.precision() <= DecimalType.MAX_PRECISION) {
            return Cast.strict(call(MathOperators.MULTIPLY, left, right), type);
        }
        return Cast.orNull(java("multiply_decimal_text", text(left), text(right), number(type.scale())), type);
    }

    /** The type of what a division leaves: no more digits before the point than either number has. */
    static DecimalType remainder(DataType left, DataType right) {
        DecimalType a = FlowTypes.decimal(left == ScalarType.NULL ? right : left);
        DecimalType b = FlowTypes.decimal(right == ScalarType.NULL ? left : right);
        int scale = Math.max(a.scale(), b.scale());
        return adjusted(Math.max(1, Math.min(a.precision() - a.scale(), b.precision() - b.scale()) + scale), scale);
    }

    static Expression quotient(Expression left, Expression right) {
        DecimalType a = (DecimalType) left.type();
        DecimalType b = (DecimalType) right.type();
        int scale = Math.max(LEAST_SCALE, a.scale() + b.precision() + 1);
        return quotient(left, right, adjusted(a.precision() - a.scale() + b.scale() + scale, scale));
    }

    static Expression quotient(Expression left, Expression right, DecimalType type) {
        return Cast.orNull(java("divide_decimal_text", text(left), text(right), number(type.scale())), type);
    }

    /** The type of a sum of many decimals. */
    static DecimalType total(DecimalType type) {
        return new DecimalType(Math.min(DecimalType.MAX_PRECISION, type.precision() + 10), type.scale());
    }

    /** The type of a mean of decimals. */
    static DecimalType mean(DecimalType type) {
        int scale = Math.min(DecimalType.MAX_PRECISION, type.scale() + 4);
        return new DecimalType(Math.min(DecimalType.MAX_PRECISION, type.precision() + 4), scale);
    }

    private static Expression text(Expression decimal) {
        return Cast.strict(decimal, ScalarType.STRING);
    }

    private static DecimalType adjusted(int precision, int scale) {
        if (precision <= DecimalType.MAX_PRECISION) {
            return new DecimalType(precision, scale);
        }
        int whole = precision - scale;
        return new DecimalType(DecimalType.MAX_PRECISION, Math.max(DecimalType.MAX_PRECISION - whole, Math.min(scale, LEAST_SCALE)));
    }
}
