package io.lazuli.engine.spark.render;

import io.lazuli.algebra.expression.WindowCall;
import io.lazuli.algebra.operator.Operator;
import io.lazuli.algebra.type.DecimalType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Writes window functions. Where the call has no order, the rows' own is taken, {@link PlanSql#ROW}. */
record WindowSql(ExpressionSql expressions) {
    private static final Set<String> SEE_ORDER = Set.of("collect", "first", "last", "last_known", "any_value");
    private static final String WHOLE = " ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING";

    /** Whether the call's input must number its rows. */
    static boolean needsRows(WindowCall call) {
        return call.orderBy().isEmpty()
            && (call.operator().kind() == Operator.Kind.WINDOW || call.frame().isPresent() || SEE_ORDER.contains(call.operator().name()));
    }

    String of(WindowCall call) {
        List<String> arguments = call.arguments().stream().map(expressions::of).toList();
        String first = arguments.isEmpty() ? "" : arguments.getFirst();
        String list = String.join(", ", arguments);
        String over = over(call);
        return switch (call.operator().name()) {
            case "row_number", "rank", "dense_rank", "percent_rank", "cume_dist" -> call.operator().name() + "()" + over;
            case "ntile" -> "ntile(CAST(" + first + " AS INT))" + over;
            case "lag", "lead" -> call.operator().name() + "(" + first + ", CAST(" + arguments.get(1) + " AS INT), " + arguments.get(2)
                + ")" + over;
            case "first_value" -> "first_value(" + first + ")" + over;
            case "first" -> finished(call, "first_value(" + first + ")" + over);
            case "last_value" -> "last_value(" + first + ")" + over;
            case "last" -> finished(call, "last_value(" + first + ")" + over);
            case "first_known_value" -> "first_value(" + first + ", true)" + over;
            case "any_value" -> finished(call, "first_value(" + first + ", true)" + over);
            case "last_known_value", "last_known" -> "last_value(" + first + ", true)" + over;
            case "collect" -> {
                String element = expressions.variable();
                yield "transform(collect_list(struct(" + first + " AS v))" + over + ", " + element + " -> " + element + ".v)";
            }
            case "count_rows" -> "count(*)" + over;
            case "avg" -> "avg(CAST(" + list + " AS DOUBLE))" + over;
            case "count_distinct_estimate" -> "approx_count_distinct(" + list + ")" + over;
            case "covariance_sample" -> "covar_samp(" + list + ")" + over;
            case "covariance_population" -> "covar_pop(" + list + ")" + over;
            case "stddev_sample" -> "stddev_samp(" + list + ")" + over;
            case "stddev_population" -> "stddev_pop(" + list + ")" + over;
            case "variance_sample" -> "var_samp(" + list + ")" + over;
            case "variance_population" -> "var_pop(" + list + ")" + over;
            case "min", "max", "min_by", "max_by" -> finished(call, call.operator().name() + "(" + list + ")" + over);
            case "sum_or_null" -> new DecimalSums(expressions).of(first, (DecimalType) call.arguments().getFirst().type(),
                part -> "sum(" + part + ")" + over);
            case "sum_wrapping" -> finished(call, "sum(CAST(" + list + " AS DECIMAL(19,0)))" + over);
            case "count", "sum", "skewness", "kurtosis" ->
                call.operator().name() + "(" + list + ")" + over;
            default -> throw ExpressionSql.refused("the operator '" + call.operator().name() + "' in windows");
        };
    }

    private String finished(WindowCall call, String aggregated) {
        return new AggregateSql(expressions).finished(call.operator(), aggregated, call.type());
    }

    private String over(WindowCall call) {
        List<String> parts = new ArrayList<>();
        if (!call.partitionBy().isEmpty()) {
            parts.add(call.partitionBy().stream().map(expressions::of).collect(Collectors.joining(", ", "PARTITION BY ", "")));
        }
        boolean ownOrder = needsRows(call);
        if (!call.orderBy().isEmpty()) {
            parts.add(call.orderBy().stream().map(expressions::order).collect(Collectors.joining(", ", "ORDER BY ", "")));
        } else if (ownOrder) {
            parts.add("ORDER BY " + expressions.row());
        }
        String frame = call.frame().map(WindowSql::frame).orElse(ownOrder && takesFrames(call) ? WHOLE : "");
        return " OVER (" + String.join(" ", parts) + frame + ")";
    }

    private static boolean takesFrames(WindowCall call) {
        return call.operator().kind() == Operator.Kind.AGGREGATE || call.operator().name().endsWith("_value");
    }

    private static String frame(WindowCall.Frame frame) {
        return " " + frame.unit() + " BETWEEN " + bound(frame.start()) + " AND " + bound(frame.end());
    }

    private static String bound(WindowCall.Bound bound) {
        if (bound.offset() == null) {
            return bound.preceding() ? "UNBOUNDED PRECEDING" : "UNBOUNDED FOLLOWING";
        }
        if (bound.offset() == 0) {
            return "CURRENT ROW";
        }
        return Math.abs(bound.offset()) + (bound.offset() < 0 || bound.preceding() ? " PRECEDING" : " FOLLOWING");
    }
}
