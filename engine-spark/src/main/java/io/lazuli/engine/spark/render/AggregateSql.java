package io.lazuli.engine.spark.render;

import io.lazuli.algebra.expression.AggregateCall;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.operator.Operator;
import io.lazuli.algebra.plan.SortKey;
import io.lazuli.algebra.type.DataType;
import io.lazuli.algebra.type.DecimalType;
import io.lazuli.algebra.type.ScalarType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Writes aggregates. Those that depend on the order of rows sort them by the call's keys and then by the row's number,
 * {@link PlanSql#ROW}, which the input then has: Spark merges parts of groups in any order.
 */
record AggregateSql(ExpressionSql expressions) {
    private static final Set<String> ORDERED =
        Set.of("any_value", "min_by", "max_by", "string_agg", "collect", "first", "last", "last_known", "top_by");

    static boolean isOrdered(AggregateCall call) {
        return ORDERED.contains(call.operator().name());
    }

    String of(AggregateCall call) {
        return finished(call.operator(), aggregated(call.withArgumentsOfFilteredRows()), call.type());
    }

    private String aggregated(AggregateCall call) {
        List<String> arguments = call.arguments().stream().map(expressions::of).toList();
        String first = arguments.isEmpty() ? "" : arguments.getFirst();
        String row = expressions.row();
        boolean sorted = !call.orderBy().isEmpty();
        return switch (call.operator().name()) {
            case "string_agg" -> {
                String texts = values(call, first, first + " IS NOT NULL");
                yield "CASE WHEN size(" + texts + ") > 0 THEN array_join(" + texts + ", " + arguments.get(1) + ") END";
            }
            case "collect" -> values(call, first, "true");
            case "first" -> sorted ? "get(" + values(call, first, "true") + ", 0)"
                : chosen(call, "min_by", first, row, "true");
            case "last" -> sorted ? "try_element_at(" + values(call, first, "true") + ", -1)" : chosen(call, "max_by", first, row, "true");
            case "last_known" -> sorted ? "try_element_at(" + values(call, first, first + " IS NOT NULL") + ", -1)"
                : chosen(call, "max_by", first, row, first + " IS NOT NULL");
            case "any_value" -> chosen(call, "min_by", first, row, first + " IS NOT NULL");
            case "min_by" -> chosen(call, "min_by", first, "struct(" + arguments.get(1) + ", " + row + ")", arguments.get(1)
                + " IS NOT NULL");
            case "max_by" -> chosen(call, "max_by", first, "struct(" + arguments.get(1) + ", -" + row + ")", arguments.get(1)
                + " IS NOT NULL");
            case "sum_or_null" -> decimals(call, first, (DecimalType) call.arguments().getFirst().type());
            case "top_by" -> top(call, arguments);
            default -> plain(call, arguments);
        };
    }

    private String decimals(AggregateCall call, String value, DecimalType type) {
        DecimalSums sums = new DecimalSums(expressions);
        String distinct = call.distinct() ? "DISTINCT " : "";
        return call.distinct() && !DecimalSums.isSafe(type) ? sums.ofArray("collect_set(" + value + ")" + filter(call, "true"), type)
            : sums.of(value, type, part -> "sum(" + distinct + part + ")" + filter(call, "true"));
    }

    private String plain(AggregateCall call, List<String> arguments) {
        String distinct = call.distinct() ? "DISTINCT " : "";
        String list = String.join(", ", arguments);
        String text = switch (call.operator().name()) {
            case "count_rows" -> "count(*)";
            case "sum_wrapping" -> "sum(" + distinct + "CAST(" + list + " AS DECIMAL(19,0)))";
            case "avg" -> "avg(" + distinct + "CAST(" + list + " AS DOUBLE))";
            case "count_distinct_estimate" -> "approx_count_distinct(" + list + ")";
            case "covariance_sample" -> "covar_samp(" + list + ")";
            case "covariance_population" -> "covar_pop(" + list + ")";
            case "stddev_sample" -> "stddev_samp(" + distinct + list + ")";
            case "stddev_population" -> "stddev_pop(" + distinct + list + ")";
            case "variance_sample" -> "var_samp(" + distinct + list + ")";
            case "variance_population" -> "var_pop(" + distinct + list + ")";
            case "count", "sum", "min", "max", "skewness", "kurtosis" -> call.operator().name() + "(" + distinct + list + ")";
            default -> throw OperatorTable.refused(call.operator());
        };
        return text + filter(call, "true");
    }

    /** The result of an aggregate, of which signs of zeros or the high bits are taken. */
    String finished(Operator operator, String aggregated, DataType type) {
        return switch (operator.name()) {
            case "sum_wrapping" -> NumberTexts.lowBits(aggregated, type);
            case "min", "max" -> new UnsignedZeros(expressions).of(aggregated, type);
            case "any_value", "first", "last", "min_by", "max_by" -> type instanceof ScalarType ? aggregated
                : new UnsignedZeros(expressions).of(aggregated, type);
            default -> aggregated;
        };
    }

    private String filter(AggregateCall call, String more) {
        List<String> conditions = new ArrayList<>();
        call.filter().map(expressions::of).ifPresent(conditions::add);
        if (!more.equals("true")) {
            conditions.add(more);
        }
        return conditions.isEmpty() ? "" : conditions.stream().collect(Collectors.joining(") AND (", " FILTER (WHERE (", "))"));
    }

    /** The value of the row with the least or greatest key. */
    private String chosen(AggregateCall call, String function, String value, String key, String condition) {
        return function + "(struct(" + value + " AS v), " + key + ")" + filter(call, condition) + ".v";
    }

    /** The values of the rows in their order, as an array. */
    private String values(AggregateCall call, String value, String condition) {
        List<SortKey> keys = call.orderBy();
        List<String> fields = new ArrayList<>(List.of(expressions.row() + " AS r", value + " AS v"));
        for (int i = 0; i < keys.size(); i++) {
            fields.add(expressions.of(keys.get(i).expression()) + " AS k" + i);
        }
        String left = expressions.variable();
        String right = expressions.variable();
        StringBuilder compare = new StringBuilder("CASE");
        for (int i = 0; i < keys.size(); i++) {
            compare.append(before(left + ".k" + i, right + ".k" + i, keys.get(i)));
        }
        compare.append(" WHEN ").append(left).append(".r < ").append(right).append(".r THEN -1 ELSE 1 END");
        String array = "array_sort(collect_list(struct(" + String.join(", ", fields) + "))" + filter(call, condition) + ", (" + left + ", "
            + right + ") -> " + compare + ")";
        String element = expressions.variable();
        String all = "transform(" + array + ", " + element + " -> " + element + ".v)";
        return call.distinct() ? "array_distinct(" + all + ")" : all;
    }

    private static String before(String left, String right, SortKey key) {
        String nulls = key.nullsFirst() ? "-1" : "1";
        String others = key.nullsFirst() ? "1" : "-1";
        String less = key.ascending() ? "-1" : "1";
        String greater = key.ascending() ? "1" : "-1";
        return " WHEN " + left + " IS NULL AND " + right + " IS NOT NULL THEN " + nulls + " WHEN " + left + " IS NOT NULL AND " + right
            + " IS NULL THEN " + others + " WHEN " + left + " < " + right + " THEN " + less + " WHEN " + left + " > " + right + " THEN "
            + greater;
    }

    private String top(AggregateCall call, List<String> arguments) {
        Expression by = call.arguments().get(1);
        AggregateCall sorted = new AggregateCall(call.operator(), call.arguments(), false, List.of(new SortKey(by, false, false)),
            call.filter(), call.type());
        String all = values(sorted, arguments.getFirst(), arguments.get(1) + " IS NOT NULL AND " + arguments.getFirst() + " IS NOT NULL");
        return "CASE WHEN size(" + all + ") > 0 THEN slice(" + all + ", 1, " + arguments.get(2) + ") END";
    }
}
