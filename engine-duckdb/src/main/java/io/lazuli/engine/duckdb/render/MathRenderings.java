package io.lazuli.engine.duckdb.render;

import io.lazuli.algebra.operator.MathOperators;
import io.lazuli.algebra.type.DecimalType;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.engine.duckdb.render.Rendering.Arguments;

/** Arithmetic. DuckDB's operators widen decimals and give null or infinity for a division by zero; the canonical ones do neither. */
final class MathRenderings {
    /** Up to this scale DuckDB multiplies a fraction of that many digits with its unit. */
    private static final int MAX_EXACT_SCALE = 19;
    /** The most digits of a decimal of 64 bits. */
    private static final int MAX_NARROW = 18;
    private static final String ZERO = "error('Division by zero')";

    private MathRenderings() {
    }

    static void fill(OperatorTable table) {
        table.scalar(MathOperators.ADD, "CAST({0} + {1} AS {type})");
        table.scalar(MathOperators.SUBTRACT, "CAST({0} - {1} AS {type})");
        table.scalar(MathOperators.MULTIPLY, MathRenderings::multiply);
        table.scalar(MathOperators.DIVIDE, arguments -> quotient(arguments, divisor(arguments)));
        table.scalar(MathOperators.DIVIDE_INTEGERS, arguments -> arguments.fill("CAST({0} // (" + divisor(arguments) + ") AS {type})"));
        table.scalar(MathOperators.REMAINDER, MathRenderings::remainder);
        table.scalar(MathOperators.NEGATE, "CAST(-{0} AS {type})");
        table.scalar(MathOperators.ABS, "abs({0})");
        table.scalar(MathOperators.SIGN, MathRenderings::sign);
        table.scalar(MathOperators.FLOOR, arguments -> whole("floor", arguments));
        table.scalar(MathOperators.CEILING, arguments -> whole("ceil", arguments));
        table.scalar(MathOperators.ROUND, arguments -> toDigits("round", arguments));
        table.scalar(MathOperators.TRUNCATE, arguments -> toDigits("trunc", arguments));
        table.scalar(MathOperators.POWER, MathRenderings::power);
        table.scalar(MathOperators.SQRT, "sqrt({0})");
        table.scalar(MathOperators.BIT_AND, "CAST({0} & {1} AS {type})");
        table.scalar(MathOperators.BIT_OR, "CAST({0} | {1} AS {type})");
        table.scalar(MathOperators.BIT_XOR, "CAST(xor({0}, {1}) AS {type})");
        table.scalar(MathOperators.BIT_NOT, "CAST(~{0} AS {type})");
        table.scalar(MathOperators.RANDOM, "random()");
    }

    /** The second number, or a failure when it is zero and the first is not null. */
    private static String divisor(Arguments arguments) {
        return isPositive(arguments.sql().get(1)) ? "{1}" : "CASE WHEN {1} = 0 AND {0} IS NOT NULL THEN " + ZERO + " ELSE {1} END";
    }

    static boolean isPositive(String number) {
        return number.matches("[1-9][0-9]*");
    }

    /** The least integer has no quotient by -1; what is left is 0, as by 1. */
    private static String remainder(Arguments arguments) {
        boolean least = arguments.result().isInteger() && !isPositive(arguments.sql().get(1));
        return arguments.fill(least
            ? "CAST({0} % (CASE WHEN {1} = 0 AND {0} IS NOT NULL THEN " + ZERO + " WHEN {1} = -1 THEN 1 ELSE {1} END) AS {type})"
            : "CAST({0} % (" + divisor(arguments) + ") AS {type})");
    }

    /** What is no number has no sign; DuckDB would give 0. */
    private static String sign(Arguments arguments) {
        return arguments.fill(arguments.result().isFloating() ? "CASE WHEN isnan({0}) THEN {0} ELSE CAST(sign({0}) AS {type}) END"
            : "CAST(sign({0}) AS {type})");
    }

    /** A float32 that cannot hold the result is infinite; a cast would fail. */
    private static String power(Arguments arguments) {
        String power = arguments.fill("lazuli_float64_power({0}, {1})");
        return arguments.result() == ScalarType.FLOAT32 ? "lazuli_float64_to_float32(" + power + ")" : power;
    }

    /** DuckDB takes integers through floats, which have no room for large ones. */
    private static String whole(String function, Arguments arguments) {
        return arguments.result().isInteger() ? arguments.sql().getFirst()
            : UnsignedZero.of(arguments.fill("CAST(" + function + "({0}) AS {type})"), arguments.result());
    }

    /**
     * DuckDB refuses products whose types have more than 38 digits together: the wider operand gives up digits that it rarely uses. Of two
     * with up to 18 digits it makes one of 18, whatever the product has: a wider operand gives it room.
     */
    private static String multiply(Arguments arguments) {
        if (!(arguments.types().get(0) instanceof DecimalType left) || !(arguments.types().get(1) instanceof DecimalType right)) {
            return arguments.fill("CAST({0} * {1} AS {type})");
        }
        if (Math.max(left.precision(), right.precision()) <= MAX_NARROW && left.precision() + right.precision() > MAX_NARROW) {
            return arguments.fill("CAST(CAST({0} AS DECIMAL(" + (MAX_NARROW + 1) + "," + left.scale() + ")) * {1} AS {type})");
        }
        int excess = Math.max(0, left.precision() + right.precision() - DecimalType.MAX_PRECISION);
        int fromLeft = Math.min(excess, Math.max(0, left.precision() - Math.max(left.scale() + 1, right.precision())));
        int fromRight = Math.min(excess - fromLeft, right.precision() - right.scale());
        int rest = excess - fromLeft - fromRight;
        return arguments.fill("CAST(") + narrowed(arguments.sql().get(0), left, Math.max(left.scale(), left.precision() - fromLeft - rest))
            + " * " + narrowed(arguments.sql().get(1), right, right.precision() - fromRight) + arguments.fill(" AS {type})");
    }

    private static String narrowed(String sql, DecimalType type, int precision) {
        int kept = Math.max(1, precision);
        return kept == type.precision() ? sql : "CAST(" + sql + " AS DECIMAL(" + kept + "," + type.scale() + "))";
    }

    /**
     * DuckDB has no exact quotient of decimals: both become whole numbers of 128 bits, the dividend with so many zeros that the quotient
     * has the digits that are asked for. A dividend too long for that is divided as a float.
     */
    static String quotient(Arguments arguments, String divisor) {
        if (!(arguments.result() instanceof DecimalType result) || !(arguments.types().get(0) instanceof DecimalType left)
            || !(arguments.types().get(1) instanceof DecimalType right)) {
            return arguments.fill("({0} / (" + divisor + "))");
        }
        int shift = result.scale() + right.scale() - left.scale();
        String dividend = "(" + whole(arguments.sql().get(0), left) + (shift >= 0 ? " * " : " // ") + power(Math.abs(shift)) + ")";
        String exact = shifted("(" + dividend + " // " + whole(arguments.fill(divisor), right) + ")", result);
        if (left.precision() + Math.max(0, shift) <= DecimalType.MAX_PRECISION && result.scale() <= MAX_EXACT_SCALE) {
            return exact;
        }
        String approximate = arguments.fill("CAST(CAST({0} AS DOUBLE) / (" + divisor + ") AS {type})");
        return result.scale() > MAX_EXACT_SCALE ? approximate
            : arguments.fill("CASE WHEN abs(CAST({0} AS DOUBLE)) < 1e") + (DecimalType.MAX_PRECISION - left.scale() - shift) + " THEN "
                + exact
                + " ELSE " + approximate + " END";
    }

    private static String whole(String sql, DecimalType type) {
        return "CAST(replace(CAST(CAST(" + sql + " AS " + SqlTypes.of(type) + ") AS VARCHAR), '.', '') AS HUGEINT)";
    }

    private static String power(int digits) {
        return "CAST('1" + "0".repeat(digits) + "' AS HUGEINT)";
    }

    /** A whole number divided by ten to the power of the type's scale, as that type. */
    private static String shifted(String whole, DecimalType type) {
        int scale = type.scale();
        if (scale == 0) {
            return "CAST(" + whole + " AS " + SqlTypes.of(type) + ")";
        }
        String unit = "CAST('0." + "0".repeat(scale - 1) + "1' AS DECIMAL(" + scale + "," + scale + "))";
        return "CAST(CAST(" + whole + " // " + power(scale) + " AS DECIMAL(" + (DecimalType.MAX_PRECISION - scale) + ",0)) + CAST(" + whole
            + " % " + power(scale) + " AS DECIMAL(" + scale + ",0)) * " + unit + " AS " + SqlTypes.of(type) + ")";
    }

    /** On decimals DuckDB's functions take constants only and change the type; shifting the point does for any number of digits. */
    private static String toDigits(String function, Arguments arguments) {
        if (arguments.types().getFirst().isFloating()) {
            return UnsignedZero.of(arguments.fill(function.equals("round") ? "CAST(round({0}, {1}) AS {type})"
                : "CAST(trunc({0} * pow(10, {1})) / pow(10, {1}) AS {type})"), arguments.result());
        }
        if (!(arguments.types().getFirst() instanceof DecimalType type)) {
            return arguments.fill("CAST(CASE WHEN {1} >= 0 THEN {0} ELSE " + function
                + "(CAST({0} AS DOUBLE) / pow(10, -{1})) * pow(10, -{1}) END AS {type})");
        }
        StringBuilder cases = new StringBuilder("CASE");
        String digits = arguments.sql().get(1);
        if (digits.matches("-?\\d+")) {
            return toConstantDigits(function, arguments, type, Integer.parseInt(digits));
        }
        for (int i = 0; i < type.scale(); i++) {
            cases.append(" WHEN ").append(digits).append(" = ").append(i).append(" THEN ")
                .append(toConstantDigits(function, arguments, type, i));
        }
        return cases.append(" WHEN ").append(digits).append(" >= ").append(type.scale()).append(" THEN ").append(arguments.sql().getFirst())
            .append(arguments.fill(" ELSE CAST(" + function + "(CAST({0} AS DOUBLE) / pow(10, -({1}))) * pow(10, -({1})) AS {type}) END"))
            .toString();
    }

    private static String toConstantDigits(String function, Arguments arguments, DecimalType type, int digits) {
        String value = arguments.sql().getFirst();
        if (digits >= type.scale()) {
            return value;
        }
        if (digits < 0) {
            return arguments.fill("CAST(" + function + "(CAST({0} AS DOUBLE) / 1e" + -digits + ") * 1e" + -digits + " AS {type})");
        }
        if (function.equals("round")) {
            return arguments.fill("CAST(CAST({0} AS DECIMAL(" + Math.min(38, type.precision() + 1) + "," + digits + ")) AS {type})");
        }
        String text = arguments.fill("CAST({0} AS VARCHAR)");
        return arguments.fill("CAST(left(" + text + ", length(" + text + ") - " + (type.scale() - digits + (digits == 0 ? 1 : 0))
            + ") AS {type})");
    }
}
