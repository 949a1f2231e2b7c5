package io.lazuli.engine.spark.render;

import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.operator.LenientMathOperators;
import io.lazuli.algebra.operator.MathOperators;
import io.lazuli.algebra.operator.Operator;
import io.lazuli.algebra.type.DataType;
import io.lazuli.algebra.type.DecimalType;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.engine.spark.worker.DecimalQuotient;
import java.math.BigInteger;
import java.util.List;

/** Arithmetic. Spark widens small integers and decimals; the cast around each call takes them back, and fails when they do not fit. */
final class NumberTexts {
    private static final String DIVISOR = "CASE WHEN {1} = 0 AND {0} IS NOT NULL THEN "
        + "raise_error('lazuli/DIVISION_BY_ZERO<Division by zero>lazuli') ELSE {1} END";

    private NumberTexts() {
    }

    static void fill(OperatorTable table) {
        table.put(MathOperators.ADD, "CAST({0} + {1} AS {type})");
        table.put(MathOperators.SUBTRACT, "CAST({0} - {1} AS {type})");
        table.put(MathOperators.MULTIPLY, "CAST({0} * {1} AS {type})");
        table.put(MathOperators.DIVIDE, arguments -> divide(arguments, true));
        table.put(MathOperators.DIVIDE_INTEGERS, "CAST({0} div {1} AS {type})");
        table.put(MathOperators.REMAINDER, "CAST({0} % (" + DIVISOR + ") AS {type})");
        table.put(MathOperators.NEGATE, "CAST(-{0} AS {type})");
        table.put(MathOperators.ABS, "CAST(abs({0}) AS {type})");
        table.put(MathOperators.SIGN, arguments -> arguments.fill(unsigned("sign({0})", arguments.result())));
        table.put(MathOperators.FLOOR, arguments -> whole("floor", arguments));
        table.put(MathOperators.CEILING, arguments -> whole("ceil", arguments));
        table.put(MathOperators.ROUND, arguments -> toDigits(true, arguments));
        table.put(MathOperators.TRUNCATE, arguments -> toDigits(false, arguments));
        table.put(MathOperators.POWER, "CAST(power({0}, {1}) AS {type})");
        table.put(MathOperators.SQRT, "sqrt({0})");
        table.put(MathOperators.EXP, "exp({0})");
        table.put(MathOperators.LN, logarithm("ln"));
        table.put(MathOperators.LOG10, logarithm("log10"));
        // Spark's own have Java's last bits, which are the same on every machine only for these.
        for (Operator operator : List.of(MathOperators.ASIN, MathOperators.ACOS, MathOperators.ATAN, LenientMathOperators.ATAN2,
            LenientMathOperators.DEGREES, LenientMathOperators.RADIANS)) {
            table.put(operator, operator.name() + "({*})");
        }
        table.put(MathOperators.BIT_AND, "({0} & {1})");
        table.put(MathOperators.BIT_OR, "({0} | {1})");
        table.put(MathOperators.BIT_XOR, "({0} ^ {1})");
        table.put(MathOperators.BIT_NOT, "(~ {0})");
        table.put(MathOperators.RANDOM, "rand()");
        lenient(table);
    }

    private static void lenient(OperatorTable table) {
        wrapping(table, LenientMathOperators.ADD_WRAPPING, " + ");
        wrapping(table, LenientMathOperators.SUBTRACT_WRAPPING, " - ");
        wrapping(table, LenientMathOperators.MULTIPLY_WRAPPING, " * ");
        table.put(LenientMathOperators.DIVIDE_OR_NULL, arguments -> divide(arguments, false));
        table.put(LenientMathOperators.REMAINDER_OR_NULL, "CAST({0} % nullif({1}, 0) AS {type})");
        table.put(LenientMathOperators.NARROW, arguments -> lowBits(arguments.fill("CAST({0} AS DECIMAL(20,0))"), arguments.result()));
        table.put(LenientMathOperators.LN_OR_NULL, "ln({0})");
        table.put(LenientMathOperators.SQRT_OR_NAN, "sqrt({0})");
        table.put(LenientMathOperators.ASIN_OR_NAN, "asin({0})");
        table.put(LenientMathOperators.ACOS_OR_NAN, "acos({0})");
        table.put(LenientMathOperators.IS_NAN, "CASE WHEN {0} IS NOT NULL THEN isnan({0}) END");
        table.put(LenientMathOperators.GREATEST, arguments -> extreme("greatest", arguments));
        table.put(LenientMathOperators.LEAST, arguments -> extreme("least", arguments));
    }

    /** As IEEE 754 has it; Spark's own are null for numbers that are not positive. */
    private static String logarithm(String function) {
        return "CASE WHEN {0} = 0 THEN double('-Infinity') WHEN {0} < 0 THEN double('NaN') ELSE " + function + "({0}) END";
    }

    /** Spark wants two arguments at least. */
    private static String extreme(String function, Arguments arguments) {
        return new UnsignedZeros(arguments.writer()).of(
            arguments.sql().size() == 1 ? arguments.sql().getFirst() : arguments.fill(function + "({*})"), arguments.result());
    }

    /** A float whose zero has no sign: where one of several equal values stays, it is any of them. */
    static String unsigned(String value, DataType type) {
        return type.isFloating() ? "(" + value + " + 0D)" : value;
    }

    /** Of floats Spark makes 64-bit integers, which hold no large ones. */
    private static String whole(String function, Arguments arguments) {
        if (!arguments.result().isFloating()) {
            return arguments.fill("CAST(" + function + "({0}) AS {type})");
        }
        return arguments.fill("CASE WHEN abs({0}) < 4503599627370496 THEN CAST(" + function + "({0}) AS {type}) ELSE {0} END");
    }

    private static void wrapping(OperatorTable table, Operator operator, String symbol) {
        table.put(operator, arguments -> lowBits(
            arguments.fill("CAST({0} AS DECIMAL(" + digits(arguments.result()) + ",0))" + symbol + "CAST({1} AS DECIMAL(19,0))"),
            arguments.result()));
    }

    private static int digits(DataType type) {
        return type == ScalarType.INT64 ? 19 : 10;
    }

    /** The low bits of a wider integer as a signed integer of the type. */
    static String lowBits(String wide, DataType type) {
        int bits = switch ((ScalarType) type) {
            case INT8 -> 8;
            case INT16 -> 16;
            case INT32 -> 32;
            case INT64 -> 64;
            default -> throw new IllegalStateException(type + " has no low bits");
        };
        BigInteger half = BigInteger.ONE.shiftLeft(bits - 1);
        BigInteger modulus = BigInteger.ONE.shiftLeft(bits);
        return "CAST(pmod(CAST(" + wide + " AS DECIMAL(38,0)) + " + decimal(half) + ", " + decimal(modulus) + ") - " + decimal(half)
            + " AS " + SparkTypes.of(type) + ")";
    }

    private static String decimal(BigInteger number) {
        return "CAST('" + number + "' AS DECIMAL(20,0))";
    }

    private static String divide(Arguments arguments, boolean fails) {
        String divisor = arguments.fill(fails ? DIVISOR : "nullif({1}, 0)");
        if (arguments.result().isInteger()) {
            return lowBits(arguments.fill("CAST({0} AS DECIMAL(19,0)) div ") + divisor, arguments.result());
        }
        if (arguments.result().isFloating()) {
            return arguments.fill("CAST({0} / ") + divisor + arguments.fill(" AS {type})");
        }
        DecimalType type = (DecimalType) arguments.result();
        String function = arguments.writer().surroundings().function(new DecimalQuotient(type.precision(), type.scale()), type);
        String quotient = function + "(struct(" + arguments.sql().get(0) + ", " + divisor + "))";
        return fails ? arguments.writer().orFailure(quotient, arguments.fill("{0} IS NOT NULL AND {1} IS NOT NULL"), type) : quotient;
    }

    private static String toDigits(boolean round, Arguments arguments) {
        DataType type = arguments.type(0);
        if (type.isFloating()) {
            return unsigned(arguments.fill(round ? "CAST(" + round("{0}", "{1}") + " AS {type})"
                : "CAST(" + cut("{0} * power(10, {1})") + " / power(10, {1}) AS {type})"), type);
        }
        if (type instanceof DecimalType decimal) {
            return decimalToDigits(round, arguments, decimal);
        }
        String shifted = "CAST({0} AS DOUBLE) / power(10, -{1})";
        return arguments.fill("CAST(CASE WHEN {1} >= 0 THEN {0} ELSE " + (round ? awayFromZero(shifted) : cut(shifted))
            + " * power(10, -{1}) END AS {type})");
    }

    /** DuckDB's way: shift, round half away from zero, shift back; values that shifting makes infinite stay. */
    private static String round(String value, String digits) {
        String shifted = "(" + value + " * power(10D, " + digits + "))";
        String back = awayFromZero(shifted) + " / power(10D, " + digits + ")";
        String negative = awayFromZero("(" + value + " / power(10D, -" + digits + "))") + " * power(10D, -" + digits + ")";
        return "CASE WHEN " + digits + " < 0 THEN " + negative + " WHEN " + value + " IS NULL OR isnan(" + shifted + ") OR abs(" + shifted
            + ") = double('Infinity') THEN " + value + " ELSE " + back + " END";
    }

    private static String awayFromZero(String value) {
        return "(sign(" + value + ") * CASE WHEN abs(" + value + ") < 4503599627370496 THEN CAST(floor(abs(" + value
            + ")) AS DOUBLE) + CASE WHEN abs(" + value + ") - floor(abs(" + value + ")) >= 0.5D THEN 1D ELSE 0D END ELSE abs(" + value
            + ") END)";
    }

    private static String cut(String value) {
        return "(CASE WHEN abs(" + value + ") < 4503599627370496 THEN CAST(sign(" + value + ") * floor(abs(" + value + ")) AS DOUBLE) ELSE "
            + value + " END)";
    }

    private static String decimalToDigits(boolean round, Arguments arguments, DecimalType type) {
        if (arguments.expressions().get(1) instanceof Literal(Integer digits, DataType _)) {
            return arguments.fill(digits >= type.scale() ? "{0}" : digits >= least(type) ? decimalToDigits(round, digits)
                : "CASE WHEN {0} IS NOT NULL THEN CAST(0 AS {type}) END");
        }
        StringBuilder cases = new StringBuilder("CASE");
        for (int digits = type.scale() - 1; digits >= least(type); digits--) {
            cases.append(arguments.fill(" WHEN {1} = " + digits + " THEN " + decimalToDigits(round, digits)));
        }
        return cases + arguments.fill(" WHEN {1} >= " + type.scale() + " THEN {0} WHEN {1} IS NOT NULL AND {0} IS NOT NULL THEN "
            + "CAST(0 AS {type}) END");
    }

    /** Before more digits than that nothing but zeros is left. */
    private static int least(DecimalType type) {
        return Math.max(type.scale() - type.precision() + 1, -DecimalType.MAX_PRECISION);
    }

    private static String decimalToDigits(boolean round, int digits) {
        return "CAST(" + (round ? "round({0}, " + digits + ")"
            : "CASE WHEN {0} < 0 THEN ceil({0}, " + digits + ") ELSE floor({0}, " + digits + ") END") + " AS {type})";
    }
}
