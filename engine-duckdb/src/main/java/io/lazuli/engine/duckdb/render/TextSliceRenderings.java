package io.lazuli.engine.duckdb.render;

import io.lazuli.algebra.operator.JavaImplementedOperators;
import io.lazuli.algebra.operator.Operator;
import io.lazuli.algebra.operator.TextSliceOperators;
import io.lazuli.engine.duckdb.render.Rendering.Arguments;
import java.util.regex.Pattern;

/** Ends of texts, and faster forms of operators in Java for the common cases. */
final class TextSliceRenderings {
    private static final String DIGITS = "\\d+";
    /** İ, Σ, which is another letter at the end of a word, and letters that are newer than DuckDB's tables. */
    private static final String OTHER_IN_LOWER = "[\\x{130}\\x{3a3}\\x{1c89}\\x{a7cb}-\\x{a7dc}\\x{10d50}-\\x{10d65}]";
    /** ß, ligatures, Greek letters with marks and others that become several, and letters that are newer than DuckDB's tables. */
    private static final String OTHER_IN_UPPER = "[\\x{df}\\x{149}\\x{19b}\\x{1f0}\\x{264}\\x{390}\\x{3b0}\\x{587}\\x{1c8a}"
        + "\\x{1e96}-\\x{1e9a}\\x{1f50}-\\x{1f56}\\x{1f80}-\\x{1ffc}\\x{a7cd}-\\x{a7db}\\x{fb00}-\\x{fb17}\\x{10d70}-\\x{10d85}]";
    /** As long as a text may be that is written several times. */
    private static final int SHORT = 120;
    /** What is costly, or gives another value each time. */
    private static final Pattern NOT_AGAIN = Pattern.compile("lazuli_|SELECT |random|uuid");

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
        table.scalar(JavaImplementedOperators.named("upper_case"), arguments -> cased("upper", OTHER_IN_UPPER, arguments));
        table.scalar(JavaImplementedOperators.named("lower_case"), arguments -> cased("lower", OTHER_IN_LOWER, arguments));
        table.scalar(JavaImplementedOperators.named("substring_from"), TextSliceRenderings::substring);
    }

    private static String count(Arguments arguments) {
        return arguments.sql().get(1).matches(DIGITS) ? "{1}" : "CASE WHEN {1} < 0 THEN 0 ELSE {1} END";
    }

    static String java(String name, Arguments arguments) {
        Operator operator = JavaImplementedOperators.named(name);
        return new JavaRendering(JavaImplementedOperators.implementation(operator)).render(arguments);
    }

    /** DuckDB's own function does for texts without some letters; the argument is written six times, which only a short one is. */
    private static String cased(String function, String others, Arguments arguments) {
        String java = java(function + "_case", arguments);
        String argument = arguments.sql().getFirst();
        boolean plain = arguments.isColumn(0)
            || argument.length() <= SHORT && !NOT_AGAIN.matcher(argument).find();
        // Apart, as DuckDB looks at the sides of an OR in an order of its own.
        return plain ? arguments.fill("CASE WHEN strlen({0}) = length({0}) THEN " + function + "({0}) WHEN NOT regexp_matches({0}, '")
            + others + arguments.fill("') THEN " + function + "({0}) ELSE ") + java + " END" : java;
    }

    private static String substring(Arguments arguments) {
        boolean plain = arguments.sql().get(1).matches("[1-9]\\d*") && arguments.sql().get(2).matches(DIGITS);
        return plain ? arguments.fill("substring({0}, {1}, {2})") : java("substring_from", arguments);
    }
}
