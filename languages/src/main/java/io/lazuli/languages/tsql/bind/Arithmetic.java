package io.lazuli.languages.tsql.bind;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.expression.Call;
import io.lazuli.algebra.expression.Cast;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.operator.DateOperators;
import io.lazuli.algebra.operator.MathOperators;
import io.lazuli.algebra.operator.Operator;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.foundation.Place;
import io.lazuli.languages.tsql.type.SqlError;
import io.lazuli.languages.tsql.type.SqlType;
import io.lazuli.languages.tsql.type.SqlType.Kind;
import io.lazuli.languages.tsql.type.TypeRules;
import java.util.List;

/** {@code + - * / % & | ^ ~} by SQL Server's types: integers divide without fraction, decimals keep the digits that it keeps. */
final class Arithmetic {
    private Arithmetic() {
    }

    static Typed unary(String operator, Typed operand, Place at) {
        if (operand.type().kind() == Kind.NULL) {
            return Typed.nothing(SqlType.INT);
        }
        SqlType type = operand.isString() ? SqlType.INT : operand.type();
        Typed value = Conversions.implicit(operand, type, at);
        if (operator.equals("~")) {
            if (type.is(Kind.BIT)) {
                return new Typed(Expressions.not(value.expression()), type);
            }
            requireInteger(operator, type, at);
            return new Typed(Call.of(MathOperators.BIT_NOT, value.expression()), type);
        }
        if (!type.isNumber()) {
            throw invalid(operator.equals("-") ? "minus" : "plus", type, at);
        }
        return operator.equals("+") ? value : negated(value);
    }

    private static Typed negated(Typed value) {
        Object constant = switch (value.constant()) {
            case Integer number when number != Integer.MIN_VALUE -> -number;
            case Double number -> -number;
            case java.math.BigDecimal number -> number.negate();
            case null, default -> null;
        };
        Expression result = constant == null ? Call.of(MathOperators.NEGATE, value.expression())
            : new Literal(constant, value.expression().type());
        return new Typed(result, value.type());
    }

    static Typed binary(String operator, Typed left, Typed right, Place at) {
        SqlType common = TypeRules.common(left.type(), right.type());
        if (common.equals(SqlType.NULL)) {
            return Typed.nothing(SqlType.INT);
        }
        if (common.isString()) {
            return texts(operator, left, right, common, at);
        }
        if (common.isTemporal()) {
            return times(operator, left, right, common, at);
        }
        if ("&|^".contains(operator)) {
            return bits(operator, left, right, common, at);
        }
        if (common.is(Kind.BIT) || !common.isNumber()) {
            throw invalid(switch (operator) {
                case "+" -> "add";
                case "-" -> "subtract";
                case "*" -> "multiply";
                case "/" -> "divide";
                default -> "modulo";
            }, common, at);
        }
        return common.isExact() && !common.is(Kind.MONEY, Kind.SMALLMONEY) ? decimals(operator, left, right, at)
            : numbers(operator, left, right, common, at);
    }

    private static Typed texts(String operator, Typed left, Typed right, SqlType common, Place at) {
        if (!operator.equals("+")) {
            throw failure(SqlError.OPERAND_TYPES, at, "The data types %s and %s are incompatible in the '%s' operator.",
                left.type(), right.type(), operator);
        }
        int leftLength = left.type().textLength();
        int rightLength = right.type().textLength();
        int length = leftLength == SqlType.MAX || rightLength == SqlType.MAX ? SqlType.MAX : leftLength + rightLength;
        SqlType type = common.isNational() ? SqlType.nvarchar(length) : SqlType.varchar(length);
        Expression first = Conversions.implicit(left, SqlType.varchar(leftLength), at).expression();
        Expression second = Conversions.implicit(right, SqlType.varchar(rightLength), at).expression();
        if (first instanceof Literal a && second instanceof Literal b && a.value() != null && b.value() != null) {
            return new Typed(Expressions.string((String) a.value() + b.value()), type);
        }
        return new Typed(Expressions.concat(first, second), type);
    }

    /** A datetime plus or minus days. */
    private static Typed times(String operator, Typed left, Typed right, SqlType common, Place at) {
        boolean days = "+-".contains(operator) && common.is(Kind.DATETIME, Kind.SMALLDATETIME)
            && (left.type().isDateTime() ? right.type().isInteger() : left.type().isInteger() && operator.equals("+"));
        if (!days) {
            throw failure(SqlError.OPERAND_TYPES, at, "The data types %s and %s are incompatible in the '%s' operator.",
                left.type(), right.type(), operator);
        }
        Typed time = left.type().isDateTime() ? left : right;
        Expression count = Cast.strict((time == left ? right : left).expression(), ScalarType.INT64);
        Expression signed = operator.equals("-") ? Call.of(MathOperators.NEGATE, count) : count;
        return new Typed(Call.of(DateOperators.DATE_ADD, Expressions.string("day"), signed, time.expression()), common);
    }

    private static Typed bits(String operator, Typed left, Typed right, SqlType common, Place at) {
        SqlType type = common.is(Kind.BIT) ? SqlType.INT : common;
        requireInteger(operator, type, at);
        Operator bits = operator.equals("&") ? MathOperators.BIT_AND : operator.equals("|") ? MathOperators.BIT_OR : MathOperators.BIT_XOR;
        Typed result = apply(bits, left, right, type, at);
        return common.is(Kind.BIT) ? Conversions.implicit(result, SqlType.BIT, at) : result;
    }

    private static Typed numbers(String operator, Typed left, Typed right, SqlType type, Place at) {
        Operator meaning = switch (operator) {
            case "+" -> MathOperators.ADD;
            case "-" -> MathOperators.SUBTRACT;
            case "*" -> MathOperators.MULTIPLY;
            case "%" -> MathOperators.REMAINDER;
            default -> type.isInteger() ? MathOperators.DIVIDE_INTEGERS : MathOperators.DIVIDE;
        };
        if (type.isExact() && "*/".contains(operator)) {
            Expression first = Conversions.implicit(left, type, at).expression();
            Expression second = Conversions.implicit(right, type, at).expression();
            return new Typed(new Call(meaning, List.of(first, second), type.dataType()), type);
        }
        return apply(meaning, left, right, type, at);
    }

    private static Typed apply(Operator operator, Typed left, Typed right, SqlType type, Place at) {
        Expression first = Conversions.implicit(left, type, at).expression();
        Expression second = Conversions.implicit(right, type, at).expression();
        return new Typed(Call.of(operator, first, second), type);
    }

    private static Typed decimals(String operator, Typed left, Typed right, Place at) {
        Typed first = asDecimal(left, right, at);
        Typed second = asDecimal(right, left, at);
        SqlType type = TypeRules.arithmetic(operator, first.type(), second.type());
        return switch (operator) {
            case "+" -> apply(MathOperators.ADD, first, second, type, at);
            case "-" -> apply(MathOperators.SUBTRACT, first, second, type, at);
            case "*" -> new Typed(new Call(MathOperators.MULTIPLY, List.of(first.expression(), second.expression()), type.dataType()),
                type);
            case "/" -> new Typed(new Call(MathOperators.DIVIDE, List.of(first.expression(), second.expression()), type.dataType()), type);
            default -> {
                SqlType both = TypeRules.common(first.type(), second.type());
                yield Conversions.implicit(apply(MathOperators.REMAINDER, first, second, both, at), type, at);
            }
        };
    }

    /** An integer constant counts with its own digits, a text with those of the other operand. */
    private static Typed asDecimal(Typed value, Typed other, Place at) {
        if (value.constant() instanceof Integer number && value.type().equals(SqlType.INT)) {
            int digits = String.valueOf(Math.abs((long) number)).length();
            return Conversions.implicit(value, SqlType.decimal(digits, 0), at);
        }
        if (value.type().kind() == Kind.NULL || value.isString()) {
            return Conversions.implicit(value, other.type().asDecimal(), at);
        }
        return Conversions.decimal(value, at);
    }

    private static void requireInteger(String operator, SqlType type, Place at) {
        if (!type.isInteger()) {
            throw invalid("'" + operator + "'", type, at);
        }
    }

    private static RuntimeException invalid(String operator, SqlType type, Place at) {
        return failure(SqlError.INVALID_OPERAND, at, "Operand data type %s is invalid for %s operator.", type, operator);
    }
}
