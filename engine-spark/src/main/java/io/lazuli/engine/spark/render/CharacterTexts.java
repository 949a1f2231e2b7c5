package io.lazuli.engine.spark.render;

import io.lazuli.algebra.operator.StringOperators;
import io.lazuli.algebra.operator.TextSliceOperators;

/** Texts and bytes. */
final class CharacterTexts {
    private CharacterTexts() {
    }

    static void fill(OperatorTable table) {
        table.put(StringOperators.LENGTH, "char_length({0})");
        table.put(StringOperators.CONCAT, "concat({*})");
        table.put(StringOperators.REVERSE, "reverse({0})");
        table.put(StringOperators.SUBSTRING, "CASE WHEN {2} < 0 THEN "
            + "raise_error('Invalid length parameter passed to the LEFT or SUBSTRING function.') "
            + "ELSE substring({0}, greatest({1}, 1), CAST(greatest(CAST({2} AS BIGINT) + least({1}, 1) - 1, 0) AS INT)) END");
        table.put(StringOperators.POSITION, "locate({0}, {1})");
        table.put(StringOperators.REPLACE, "replace({0}, {1}, {2})");
        table.put(StringOperators.TRIM_START, "trim(LEADING {1} FROM {0})");
        table.put(StringOperators.TRIM_END, "trim(TRAILING {1} FROM {0})");
        table.put(StringOperators.REPEAT, "CASE WHEN {1} >= 0 AND CAST({1} AS BIGINT) * length({0}) > 100000000 THEN "
            + "raise_error('lazuli/CONVERSION_FAILED<A text of more than 100000000 characters is too long>lazuli') "
            + "WHEN {1} >= 0 THEN repeat({0}, {1}) END");
        table.put(StringOperators.CODE_OF, "CASE WHEN {0} <> '' THEN ascii({0}) END");
        table.put(StringOperators.CHARACTER_OF, "CASE WHEN {0} BETWEEN 0 AND 1114111 THEN "
            + "decode(unhex(lpad(hex({0}), 8, '0')), 'UTF-32') END");
        table.put(StringOperators.MATCHES, "({0} RLIKE concat('(?s)^(?:', {1}, ')\\\\z'))");
        // What is looked for is quoted, so that it is no pattern; a text without parts is one empty part.
        table.put(StringOperators.SPLIT, "CASE WHEN {1} = '' AND {0} <> '' THEN split({0}, '(?s)(?<=.)(?!\\\\z)') "
            + "WHEN {1} = '' AND {0} = '' THEN array('') "
            + "ELSE split({0}, concat('\\\\Q', replace({1}, '\\\\E', '\\\\E\\\\\\\\E\\\\Q'), '\\\\E'), -1) END");
        table.put(StringOperators.NEW_UUID, "uuid()");
        table.put(StringOperators.ENCODE_UTF8, "CAST({0} AS BINARY)");
        table.put(StringOperators.MD5, "unhex(md5({0}))");
        table.put(StringOperators.SHA1, "unhex(sha1({0}))");
        table.put(StringOperators.SHA256, "unhex(sha2({0}, 256))");
        table.put(StringOperators.HEX, "hex({0})");
        table.put(StringOperators.LOWER_HEX, "lower(hex({0}))");
        slices(table);
    }

    private static void slices(OperatorTable table) {
        table.put(TextSliceOperators.TAKE_LEFT, "left({0}, CASE WHEN {1} < 0 THEN 0 ELSE {1} END)");
        table.put(TextSliceOperators.TAKE_RIGHT, "right({0}, CASE WHEN {1} < 0 THEN 0 ELSE {1} END)");
        table.put(TextSliceOperators.DROP_LEFT, "substring({0}, CASE WHEN {1} < 0 THEN 1 WHEN {1} = 2147483647 THEN {1} ELSE {1} + 1 END)");
        table.put(TextSliceOperators.DROP_RIGHT,
            "CASE WHEN {1} <= 0 THEN {0} WHEN {1} > 0 THEN left({0}, greatest(char_length({0}) - {1}, 0)) END");
        table.put(TextSliceOperators.STARTS_WITH, "startswith({0}, {1})");
        table.put(TextSliceOperators.ENDS_WITH, "endswith({0}, {1})");
        table.put(TextSliceOperators.JOIN_TEXTS, "concat_ws({*})");
        table.put(TextSliceOperators.TRANSLATE, "translate({0}, {1}, {2})");
        table.put(TextSliceOperators.CONCAT_BINARY, "concat({*})");
    }
}
