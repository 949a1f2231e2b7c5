package io.lazuli.languages.tsql.bind;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.expression.Call;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.operator.ComparisonOperators;
import io.lazuli.algebra.operator.ConversionOperators;
import io.lazuli.algebra.operator.MathOperators;
import io.lazuli.algebra.operator.Operator;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.languages.tsql.bind.FunctionBinder.Function;
import io.lazuli.languages.tsql.syntax.SqlExpression.FunctionCall;
import io.lazuli.languages.tsql.type.SqlError;
import io.lazuli.languages.tsql.type.SqlType;
import io.lazuli.languages.tsql.type.SqlType.Kind;
import java.util.Map;

/** Functions of numbers. Most give the type that they take; small integers count as int, reals as float. */
final class MathFunctions {
    static final Map<String, Function> ALL = Map.ofEntries(
        Map.entry("ABS", Function.of(1, (call, binder) -> same(MathOperators.ABS, call, binder))),
        Map.entry("SIGN", Function.of(1, (call, binder) -> same(MathOperators.SIGN, call, binder))),
        Map.entry("FLOOR", Function.of(1, (call, binder) -> whole(MathOperators.FLOOR, call, binder))),
        Map.entry("CEILING", Function.of(1, (call, binder) -> whole(MathOperators.CEILING, call, binder))),
        Map.entry("ROUND", Function.of(2, 3, MathFunctions::round)),
        Map.entry("POWER", Function.of(2, MathFunctions::power)),
        Map.entry("SQUARE", Function.of(1, MathFunctions::square)),
        Map.entry("SQRT", Function.of(1,
            (call, binder) -> within(MathOperators.SQRT, call, binder, ComparisonOperators.GREATER_OR_EQUAL, 0))),
        Map.entry("EXP", Function.of(1, (call, binder) -> floating(MathOperators.EXP, call, binder))),
        Map.entry("LOG", Function.of(1, 2, MathFunctions::logarithm)),
        Map.entry("LOG10", Function.of(1, (call, binder) -> within(MathOperators.LOG10, call, binder, ComparisonOperators.GREATER, 0))),
        Map.entry("SIN", Function.of(1, (call, binder) -> floating(MathOperators.SIN, call, binder))),
        Map.entry("COS", Function.of(1, (call, binder) -> floating(MathOperators.COS, call, binder))),
        Map.entry("TAN", Function.of(1, (call, binder) -> floating(MathOperators.TAN, call, binder))),
        Map.entry("ASIN", Function.of(1, (call, binder) -> arc(MathOperators.ASIN, call, binder))),
        Map.entry("ACOS", Function.of(1, (call, binder) -> arc(MathOperators.ACOS, call, binder))),
        Map.entry("ATAN", Function.of(1, (call, binder) -> floating(MathOperators.ATAN, call, binder))),
        Map.entry("PI", Function.of(0, (call, binder) -> new Typed(new Literal(Math.PI, ScalarType.FLOAT64), SqlType.FLOAT))),
        Map.entry("RAND", Function.of(0, (call, binder) -> new Typed(Call.of(MathOperators.RANDOM), SqlType.FLOAT))));

    private MathFunctions() {
    }

    private static Typed number(FunctionCall call, ExpressionBinder binder) {
        Typed value = binder.value(call.arguments().getFirst());
        if (value.isString() || value.type().kind() == Kind.NULL) {
            return Conversions.implicit(value, SqlType.FLOAT, call.at());
        }
        if (value.type().is(Kind.TINYINT, Kind.SMALLINT, Kind.BIT)) {
            return Conversions.implicit(value, SqlType.INT, call.at());
        }
        if (!value.type().isNumber()) {
            throw failure(SqlError.INVALID_OPERAND, call.at(), "Argument data type %s is invalid for argument 1 of %s function.",
                value.type(), call.name().getLast().toLowerCase(java.util.Locale.ROOT));
        }
        return value.type().is(Kind.REAL) ? Conversions.implicit(value, SqlType.FLOAT, call.at()) : value;
    }

    private static Typed same(Operator operator, FunctionCall call, ExpressionBinder binder) {
        Typed value = number(call, binder);
        return new Typed(Call.of(operator, value.expression()), value.type());
    }

    /** Of a decimal a decimal without fraction. */
    private static Typed whole(Operator operator, FunctionCall call, ExpressionBinder binder) {
        Typed value = same(operator, call, binder);
        return value.type().is(Kind.DECIMAL)
            ? Conversions.implicit(value, SqlType.decimal(value.type().precision(), 0), call.at()) : value;
    }

    private static Typed floating(Operator operator, FunctionCall call, ExpressionBinder binder) {
        Typed value = Conversions.implicit(number(call, binder), SqlType.FLOAT, call.at());
        return new Typed(Call.of(operator, value.expression()), SqlType.FLOAT);
    }

    /** SQL Server has no numbers that are none: outside its domain a function fails. */
    private static Typed within(Operator operator, FunctionCall call, ExpressionBinder binder, Operator comparison, double bound) {
        Expression value = Conversions.implicit(number(call, binder), SqlType.FLOAT, call.at()).expression();
        return new Typed(Call.of(operator, required(Call.of(comparison, value, float64(bound)), value)), SqlType.FLOAT);
    }

    private static Typed arc(Operator operator, FunctionCall call, ExpressionBinder binder) {
        Expression value = Conversions.implicit(number(call, binder), SqlType.FLOAT, call.at()).expression();
        Expression most = Call.of(ComparisonOperators.LESS_OR_EQUAL, Call.of(MathOperators.ABS, value), float64(1));
        return new Typed(Call.of(operator, required(most, value)), SqlType.FLOAT);
    }

    /** The natural logarithm, or that to the base of a second argument. */
    private static Typed logarithm(FunctionCall call, ExpressionBinder binder) {
        Typed natural = within(MathOperators.LN, call, binder, ComparisonOperators.GREATER, 0);
        if (call.arguments().size() == 1) {
            return natural;
        }
        Expression base = Conversions.implicit(binder.value(call.arguments().get(1)), SqlType.FLOAT, call.at()).expression();
        Expression divisor = Call.of(MathOperators.LN, required(Call.of(ComparisonOperators.GREATER, base, float64(0)), base));
        return new Typed(Call.of(MathOperators.DIVIDE, natural.expression(), divisor), SqlType.FLOAT);
    }

    private static Literal float64(double number) {
        return new Literal(number, ScalarType.FLOAT64);
    }

    /** The value, where the condition is true or not known. */
    private static Expression required(Expression condition, Expression value) {
        return Call.of(ConversionOperators.REQUIRE, Call.of(ComparisonOperators.COALESCE, condition, Literal.TRUE), value,
            Literal.string(SqlError.INVALID_FLOAT));
    }

    /** A third argument other than 0 cuts instead of rounding. */
    private static Typed round(FunctionCall call, ExpressionBinder binder) {
        Typed value = number(call, binder);
        Typed digits = binder.integer(call.arguments().get(1));
        boolean cut = false;
        if (call.arguments().size() == 3) {
            if (!(binder.integer(call.arguments().get(2)).constant() instanceof Integer function)) {
                throw ExpressionBinder.unsupported("ROUND with a third argument that is not constant", call.at());
            }
            cut = function != 0;
        }
        return new Typed(Call.of(cut ? MathOperators.TRUNCATE : MathOperators.ROUND, value.expression(), digits.expression()),
            value.type());
    }

    /** The result has the first argument's type; of a decimal one with all digits. */
    private static Typed power(FunctionCall call, ExpressionBinder binder) {
        Typed base = number(call, binder);
        Typed exponent = Conversions.implicit(binder.value(call.arguments().get(1)), SqlType.FLOAT, call.at());
        Typed result = new Typed(Call.of(MathOperators.POWER, Conversions.implicit(base, SqlType.FLOAT, call.at()).expression(),
            exponent.expression()), SqlType.FLOAT);
        SqlType type = base.type().is(Kind.DECIMAL) ? SqlType.decimal(38, base.type().scale()) : base.type();
        return Conversions.implicit(type.isInteger()
            ? new Typed(Call.of(MathOperators.ROUND, result.expression(), Literal.int32(0)), SqlType.FLOAT) : result, type, call.at());
    }

    private static Typed square(FunctionCall call, ExpressionBinder binder) {
        Typed value = Conversions.implicit(number(call, binder), SqlType.FLOAT, call.at());
        return new Typed(Call.of(MathOperators.MULTIPLY, value.expression(), value.expression()), SqlType.FLOAT);
    }
}
