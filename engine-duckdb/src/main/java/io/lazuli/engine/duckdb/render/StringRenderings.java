package io.lazuli.engine.duckdb.render;

import io.lazuli.algebra.AlgebraError;
import io.lazuli.algebra.operator.StringOperators;

/** Texts. */
final class StringRenderings {
    private StringRenderings() {
    }

    static void fill(OperatorTable table) {
        table.scalar(StringOperators.LENGTH, "CAST(length({0}) AS INTEGER)");
        table.scalar(StringOperators.CONCAT, arguments -> "(" + String.join(" || ", arguments.sql()) + ")");
        table.scalar(StringOperators.UPPER, "upper({0})");
        table.scalar(StringOperators.LOWER, "lower({0})");
        table.scalar(StringOperators.REVERSE, StringRenderings::reverse);
        table.scalar(StringOperators.SUBSTRING, StringRenderings::substring);
        table.scalar(StringOperators.POSITION, "CAST(CASE WHEN {0} = '' AND {1} IS NOT NULL THEN 1 ELSE instr({1}, {0}) END AS INTEGER)");
        table.scalar(StringOperators.REPLACE, "replace({0}, {1}, {2})");
        // Backslashes in the replacement would be references to groups.
        table.scalar(StringOperators.REPLACE_IGNORING_CASE,
            "CASE WHEN {1} = '' THEN {0} ELSE regexp_replace({0}, regexp_escape({1}), replace({2}, '\\', '\\\\'), 'gis') END");
        table.scalar(StringOperators.TRIM_START, "ltrim({0}, {1})");
        table.scalar(StringOperators.TRIM_END, "rtrim({0}, {1})");
        table.scalar(StringOperators.REPEAT, "CASE WHEN {1} >= 0 AND CAST({1} AS BIGINT) * length({0}) > 100000000 THEN "
            + RaisedErrors.raise(AlgebraError.CONVERSION_FAILED, "'A text of more than 100000000 characters is too long'")
            + " WHEN {1} >= 0 THEN repeat({0}, {1}) END");
        table.scalar(StringOperators.CODE_OF, "CASE WHEN {0} <> '' THEN unicode({0}) END");
        table.scalar(StringOperators.CHARACTER_OF, "CASE WHEN {0} BETWEEN 0 AND 1114111 THEN chr({0}) END");
        table.scalar(StringOperators.MATCHES, "regexp_full_match({0}, {1}, 's')");
        table.scalar(StringOperators.MATCH_POSITION, "CAST(CASE WHEN regexp_matches({0}, {1}, 's') "
            + "THEN length(regexp_extract({0}, '^(.*?)(?:' || {1} || ')', 1, 's')) + 1 WHEN {0} IS NOT NULL THEN 0 END AS INTEGER)");
        table.scalar(StringOperators.GROUP_THOUSANDS, "CASE WHEN position('.' IN {0}) > 0 THEN "
            + grouped("split_part({0}, '.', 1)") + " || '.' || split_part({0}, '.', 2) ELSE " + grouped("{0}") + " END");
        table.scalar(StringOperators.SPLIT, arguments -> arguments.fill(arguments.sql().get(1).startsWith("'") ? "string_split({0}, {1})"
            : "CASE WHEN {1} IS NOT NULL THEN string_split({0}, {1}) END"));
        table.scalar(StringOperators.FLOAT_TEXT, "regexp_replace(printf('%g', {0}), 'e([+-])(\\d\\d)$', 'e\\10\\2')");
        table.scalar(StringOperators.NEW_UUID, "gen_random_uuid()");
        table.scalar(StringOperators.ENCODE_UTF8, "encode({0})");
        table.scalar(StringOperators.MD5, "unhex(md5({0}))");
        table.scalar(StringOperators.SHA1, "unhex(sha1({0}))");
        table.scalar(StringOperators.SHA256, "unhex(sha256({0}))");
        table.scalar(StringOperators.HEX, "hex({0})");
        table.scalar(StringOperators.LOWER_HEX, "lower(hex({0}))");
    }

    /** DuckDB's own function leaves accents behind their letters, and other characters together that are shown as one. */
    private static String reverse(Rendering.Arguments arguments) {
        String characters = "array_to_string(list_reverse(regexp_extract_all({0}, '(?s).')), '')";
        return arguments.fill(arguments.isColumn(0)
            ? "CASE WHEN strlen({0}) = length({0}) THEN reverse({0}) ELSE " + characters + " END" : characters);
    }

    /** From the last digit on, a comma before every third: the regular expressions of DuckDB cannot look ahead, so the text is turned. */
    private static String grouped(String text) {
        return "rtrim(regexp_replace(reverse(regexp_replace(reverse(" + text + "), '(\\d\\d\\d)', '\\1,', 'g')), '^(-?),', '\\1'), ',')";
    }

    /** Constant positions within the text, the common case, stay a plain call. */
    private static String substring(Rendering.Arguments arguments) {
        boolean plain = arguments.sql().get(1).matches("[1-9]\\d*") && arguments.sql().get(2).matches("\\d+");
        return arguments.fill(plain ? "substring({0}, {1}, {2})"
            : "CASE WHEN {2} < 0 THEN error('Conversion Error: Invalid length parameter passed to the LEFT or SUBSTRING function.') "
                + "ELSE substring({0}, greatest({1}, 1), greatest({2} + least({1}, 1) - 1, 0)) END");
    }
}
