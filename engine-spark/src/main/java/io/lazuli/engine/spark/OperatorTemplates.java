package io.lazuli.engine.spark;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.operator.AggregateOperators;
import io.lazuli.algebra.operator.ComparisonOperators;
import io.lazuli.algebra.operator.MathOperators;
import io.lazuli.algebra.operator.Operator;
import io.lazuli.algebra.operator.StringOperators;
import io.lazuli.algebra.operator.TextSliceOperators;
import io.lazuli.algebra.operator.WindowOperators;
import io.lazuli.foundation.CommonError;
import java.util.HashMap;
import java.util.Map;

/**
 * The operators that mean in Spark what they mean in the algebra, each with its SQL. {@code {0}} is the first argument, {@code {*}} all
 * of them; of aggregates and window functions the text is the call without what follows it.
 */
final class OperatorTemplates {
    private static final Map<String, String> TEMPLATES = templates();

    private OperatorTemplates() {
    }

    static String of(Operator operator) {
        String template = TEMPLATES.get(operator.name());
        if (template == null) {
            throw failure(CommonError.NOT_SUPPORTED, "The Spark engine does not have the operator '%s'", operator.name());
        }
        return template;
    }

    static boolean has(Operator operator) {
        return TEMPLATES.containsKey(operator.name());
    }

    private static Map<String, String> templates() {
        Map<String, String> table = new HashMap<>();
        comparison(table);
        numbers(table);
        texts(table);
        aggregates(table);
        windows(table);
        return Map.copyOf(table);
    }

    private static void comparison(Map<String, String> table) {
        table.put(ComparisonOperators.EQUAL.name(), "({0} = {1})");
        table.put(ComparisonOperators.NOT_EQUAL.name(), "({0} <> {1})");
        table.put(ComparisonOperators.LESS.name(), "({0} < {1})");
        table.put(ComparisonOperators.LESS_OR_EQUAL.name(), "({0} <= {1})");
        table.put(ComparisonOperators.GREATER.name(), "({0} > {1})");
        table.put(ComparisonOperators.GREATER_OR_EQUAL.name(), "({0} >= {1})");
        table.put(ComparisonOperators.NOT_DISTINCT.name(), "({0} <=> {1})");
        table.put(ComparisonOperators.IS_NULL.name(), "({0} IS NULL)");
        table.put(ComparisonOperators.NOT.name(), "(NOT {0})");
        table.put(ComparisonOperators.AND.name(), "({0} AND {1})");
        table.put(ComparisonOperators.OR.name(), "({0} OR {1})");
        table.put(ComparisonOperators.COALESCE.name(), "coalesce({*})");
    }

    private static void numbers(Map<String, String> table) {
        table.put(MathOperators.ADD.name(), "({0} + {1})");
        table.put(MathOperators.SUBTRACT.name(), "({0} - {1})");
        table.put(MathOperators.DIVIDE_INTEGERS.name(), "({0} div {1})");
        table.put(MathOperators.REMAINDER.name(), "({0} % {1})");
        table.put(MathOperators.NEGATE.name(), "(- {0})");
        table.put(MathOperators.ABS.name(), "abs({0})");
        table.put(MathOperators.SIGN.name(), "sign({0})");
        table.put(MathOperators.FLOOR.name(), "floor({0})");
        table.put(MathOperators.CEILING.name(), "ceil({0})");
        table.put(MathOperators.BIT_AND.name(), "({0} & {1})");
        table.put(MathOperators.BIT_OR.name(), "({0} | {1})");
        table.put(MathOperators.BIT_XOR.name(), "({0} ^ {1})");
        table.put(MathOperators.BIT_NOT.name(), "(~ {0})");
    }

    private static void texts(Map<String, String> table) {
        table.put(StringOperators.LENGTH.name(), "char_length({0})");
        table.put(StringOperators.CONCAT.name(), "concat({*})");
        table.put(StringOperators.UPPER.name(), "upper({0})");
        table.put(StringOperators.LOWER.name(), "lower({0})");
        table.put(StringOperators.REVERSE.name(), "reverse({0})");
        table.put(StringOperators.SUBSTRING.name(), "CASE WHEN {2} < 0 THEN raise_error('A text of a negative length is asked for') "
            + "ELSE substring({0}, greatest({1}, 1), greatest({2} + least({1}, 1) - 1, 0)) END");
        table.put(StringOperators.POSITION.name(), "locate({0}, {1})");
        table.put(StringOperators.REPLACE.name(), "replace({0}, {1}, {2})");
        table.put(StringOperators.TRIM_START.name(), "trim(LEADING {1} FROM {0})");
        table.put(StringOperators.TRIM_END.name(), "trim(TRAILING {1} FROM {0})");
        table.put(StringOperators.REPEAT.name(), "CASE WHEN {1} >= 0 THEN repeat({0}, {1}) END");
        table.put(StringOperators.ENCODE_UTF8.name(), "CAST({0} AS BINARY)");
        table.put(StringOperators.MD5.name(), "unhex(md5({0}))");
        table.put(StringOperators.SHA1.name(), "unhex(sha1({0}))");
        table.put(StringOperators.SHA256.name(), "unhex(sha2({0}, 256))");
        table.put(StringOperators.HEX.name(), "hex({0})");
        table.put(TextSliceOperators.TAKE_LEFT.name(), "left({0}, greatest({1}, 0))");
        table.put(TextSliceOperators.TAKE_RIGHT.name(), "right({0}, greatest({1}, 0))");
        table.put(TextSliceOperators.STARTS_WITH.name(), "startswith({0}, {1})");
        table.put(TextSliceOperators.ENDS_WITH.name(), "endswith({0}, {1})");
        table.put(TextSliceOperators.JOIN_TEXTS.name(), "concat_ws({*})");
        table.put(TextSliceOperators.TRANSLATE.name(), "translate({0}, {1}, {2})");
    }

    private static void aggregates(Map<String, String> table) {
        table.put(AggregateOperators.COUNT_ROWS.name(), "count(*)");
        table.put(AggregateOperators.COUNT.name(), "count({0})");
        table.put(AggregateOperators.SUM.name(), "sum({0})");
        table.put(AggregateOperators.AVG.name(), "avg(CAST({0} AS DOUBLE))");
        table.put(AggregateOperators.MIN.name(), "min({0})");
        table.put(AggregateOperators.MAX.name(), "max({0})");
        table.put(AggregateOperators.STDDEV_SAMPLE.name(), "stddev_samp({0})");
        table.put(AggregateOperators.STDDEV_POPULATION.name(), "stddev_pop({0})");
        table.put(AggregateOperators.VARIANCE_SAMPLE.name(), "var_samp({0})");
        table.put(AggregateOperators.VARIANCE_POPULATION.name(), "var_pop({0})");
    }

    private static void windows(Map<String, String> table) {
        table.put(WindowOperators.ROW_NUMBER.name(), "row_number()");
        table.put(WindowOperators.RANK.name(), "rank()");
        table.put(WindowOperators.DENSE_RANK.name(), "dense_rank()");
        table.put(WindowOperators.PERCENT_RANK.name(), "percent_rank()");
        table.put(WindowOperators.CUME_DIST.name(), "cume_dist()");
        table.put(WindowOperators.FIRST_VALUE.name(), "first_value({0})");
        table.put(WindowOperators.LAST_VALUE.name(), "last_value({0})");
    }
}
