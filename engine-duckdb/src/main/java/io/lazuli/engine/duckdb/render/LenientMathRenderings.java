package io.lazuli.engine.duckdb.render;

import io.lazuli.algebra.operator.LenientMathOperators;
import io.lazuli.algebra.operator.Operator;
import io.lazuli.algebra.type.DataType;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.engine.duckdb.render.Rendering.Arguments;
import java.math.BigInteger;

/** Arithmetic that never fails: DuckDB computes in a wider type, whose low bits are kept. */
final class LenientMathRenderings {
    private LenientMathRenderings() {
    }

    static void fill(OperatorTable table) {
        wrapping(table, LenientMathOperators.ADD_WRAPPING, " + ");
        wrapping(table, LenientMathOperators.SUBTRACT_WRAPPING, " - ");
        wrapping(table, LenientMathOperators.MULTIPLY_WRAPPING, " * ");
        table.scalar(LenientMathOperators.DIVIDE_OR_NULL, LenientMathRenderings::divide);
        table.scalar(LenientMathOperators.REMAINDER_OR_NULL, LenientMathRenderings::remainder);
        table.scalar(LenientMathOperators.NARROW, arguments -> lowBits(arguments.fill("CAST({0} AS HUGEINT)"), arguments.result()));
        table.scalar(LenientMathOperators.LN_OR_NULL, "lazuli_ln(CASE WHEN {0} > 0 THEN {0} END)");
        table.scalar(LenientMathOperators.SQRT_OR_NAN, "sqrt({0})");
        table.scalar(LenientMathOperators.ASIN_OR_NAN, "lazuli_asin({0})");
        table.scalar(LenientMathOperators.ACOS_OR_NAN, "lazuli_acos({0})");
        table.scalar(LenientMathOperators.DEGREES, "degrees({0})");
        table.scalar(LenientMathOperators.RADIANS, "radians({0})");
        table.scalar(LenientMathOperators.IS_NAN, "isnan({0})");
        table.scalar(LenientMathOperators.GREATEST, arguments -> NestedOrder.extreme("greatest", arguments));
        table.scalar(LenientMathOperators.LEAST, arguments -> NestedOrder.extreme("least", arguments));
    }

    private static void wrapping(OperatorTable table, Operator operator, String symbol) {
        table.scalar(operator, arguments -> {
            String wide = arguments.result() == ScalarType.INT64 ? "HUGEINT" : "BIGINT";
            return lowBits(arguments.fill("CAST({0} AS " + wide + ")" + symbol + "{1}"), arguments.result());
        });
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
        BigInteger mask = BigInteger.ONE.shiftLeft(bits).subtract(BigInteger.ONE);
        return "CAST(((" + wide + " + " + half + ") & " + mask + ") - " + half + " AS " + SqlTypes.of(type) + ")";
    }

    /** The least integer has no quotient by -1; what is left is 0, as by 1. */
    private static String remainder(Arguments arguments) {
        return arguments.fill(arguments.result().isInteger() && !MathRenderings.isPositive(arguments.sql().get(1))
            ? "CAST({0} % CASE {1} WHEN 0 THEN NULL WHEN -1 THEN 1 ELSE {1} END AS {type})" : "CAST({0} % nullif({1}, 0) AS {type})");
    }

    private static String divide(Arguments arguments) {
        String divisor = "nullif({1}, 0)";
        return !arguments.result().isInteger() ? MathRenderings.quotient(arguments, divisor)
            : lowBits(arguments.fill("CAST({0} AS HUGEINT) // " + divisor), arguments.result());
    }
}
