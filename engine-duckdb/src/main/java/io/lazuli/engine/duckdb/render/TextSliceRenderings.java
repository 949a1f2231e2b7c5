package io.lazuli.engine.duckdb.render;

import io.lazuli.algebra.operator.JavaImplementedOperators;
import io.lazuli.algebra.operator.Operator;
import io.lazuli.algebra.operator.TextSliceOperators;
import io.lazuli.engine.duckdb.render.Rendering.Arguments;

/** Ends of texts, and faster forms of operators in Java for the common cases. */
final class TextSliceRenderings {
    private static final String DIGITS = "\\d+";

    private TextSliceRenderings() {
    }

    static void fill(OperatorTable table) {
        table.scalar(TextSliceOperators.TAKE_LEFT, arguments -> arguments.fill("left({0}, " + count(arguments) + ")"));
        table.scalar(TextSliceOperators.TAKE_RIGHT, arguments -> arguments.fill("right({0}, " + count(arguments) + ")"));
        table.scalar(TextSliceOperators.DROP_LEFT,
            arguments -> arguments.fill("substring({0}, CAST(" + count(arguments) + " AS BIGINT) + 1)"));
        // Without its last characters: DuckDB's left takes a negative number for how many to leave out, but 0 for none to take.
        table.scalar(TextSliceOperators.DROP_RIGHT, arguments -> arguments.fill("CASE WHEN {1} <= 0 THEN {0} ELSE left({0}, -{1}) END"));
        table.scalar(TextSliceOperators.STARTS_WITH, "starts_with({0}, {1})");
        table.scalar(TextSliceOperators.ENDS_WITH, "ends_with({0}, {1})");
        table.scalar(TextSliceOperators.JOIN_TEXTS, arguments -> arguments.fill(
            arguments.sql().size() > 1 ? "concat_ws({*})" : "CASE WHEN {0} IS NOT NULL THEN '' END"));
        table.scalar(TextSliceOperators.TRANSLATE, "translate({*})");
        table.scalar(TextSliceOperators.CONCAT_BINARY, arguments -> "(" + String.join(" || ", arguments.sql()) + ")");
        table.scalar(JavaImplementedOperators.named("upper_case"), arguments -> cased("upper_case", "upper", arguments));
        table.scalar(JavaImplementedOperators.named("lower_case"), arguments -> cased("lower_case", "lower", arguments));
        table.scalar(JavaImplementedOperators.named("substring_from"), TextSliceRenderings::substring);
    }

    private static String count(Arguments arguments) {
        return arguments.sql().get(1).matches(DIGITS) ? "{1}" : "CASE WHEN {1} < 0 THEN 0 ELSE {1} END";
    }

    static String java(String name, Arguments arguments) {
        Operator operator = JavaImplementedOperators.named(name);
        return new JavaRendering(JavaImplementedOperators.implementation(operator)).render(arguments);
    }

    /** DuckDB's own function does for ASCII; the argument is written three times, which only a column's name is short enough for. */
    private static String cased(String name, String function, Arguments arguments) {
        String java = java(name, arguments);
        return arguments.isColumn(0)
            ? arguments.fill("CASE WHEN strlen({0}) = length({0}) THEN " + function + "({0}) ELSE ") + java + " END" : java;
    }

    private static String substring(Arguments arguments) {
        boolean plain = arguments.sql().get(1).matches("[1-9]\\d*") && arguments.sql().get(2).matches(DIGITS);
        return plain ? arguments.fill("substring({0}, {1}, {2})") : java("substring_from", arguments);
    }
}
