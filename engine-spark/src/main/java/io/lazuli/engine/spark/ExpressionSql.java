package io.lazuli.engine.spark;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.expression.AggregateCall;
import io.lazuli.algebra.expression.Call;
import io.lazuli.algebra.expression.Case;
import io.lazuli.algebra.expression.Cast;
import io.lazuli.algebra.expression.ColumnReference;
import io.lazuli.algebra.expression.ExistsSubquery;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.FieldAccess;
import io.lazuli.algebra.expression.InSubquery;
import io.lazuli.algebra.expression.Lambda;
import io.lazuli.algebra.expression.LambdaVariable;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.expression.OuterReference;
import io.lazuli.algebra.expression.ScalarSubquery;
import io.lazuli.algebra.expression.WindowCall;
import io.lazuli.algebra.operator.JavaImplementedOperators;
import io.lazuli.algebra.operator.Operator;
import io.lazuli.algebra.plan.SortKey;
import io.lazuli.algebra.type.DataType;
import io.lazuli.foundation.CommonError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes expressions as Spark SQL over columns known by the SQL in {@code columns}. */
record ExpressionSql(Map<String, String> columns) {
    String of(Expression expression) {
        return switch (expression) {
            case Literal literal -> SparkLiterals.of(literal.value(), literal.type());
            case ColumnReference column -> columns.get(column.name());
            case Call call -> call(call);
            case Cast cast -> SparkCasts.of(of(cast.value()), cast.value().type(), cast.type(), cast.onFailure());
            case Case choice -> choice.branches().stream()
                .map(branch -> " WHEN " + of(branch.condition()) + " THEN " + of(branch.value()))
                .collect(Collectors.joining("", "CASE", " ELSE " + of(choice.otherwise()) + " END"));
            case AggregateCall call -> aggregate(call);
            case WindowCall call -> typed(fill(OperatorTemplates.of(call.operator()), call.arguments()) + over(call), call.type());
            case OuterReference _, ScalarSubquery _, ExistsSubquery _, InSubquery _ -> throw refused("subqueries in expressions");
            case Lambda _, LambdaVariable _ -> throw refused("functions of elements");
            case FieldAccess _ -> throw refused("fields of structures");
        };
    }

    String order(SortKey key) {
        return of(key.expression()) + (key.ascending() ? " ASC" : " DESC") + (key.nullsFirst() ? " NULLS FIRST" : " NULLS LAST");
    }

    static RuntimeException refused(String construct) {
        return failure(CommonError.NOT_SUPPORTED, "The Spark engine does not have %s", construct);
    }

    private String call(Call call) {
        Operator operator = call.operator();
        if (!OperatorTemplates.has(operator) && JavaImplementedOperators.implementation(operator) != null) {
            return call.arguments().stream().map(this::of)
                .collect(Collectors.joining(", ", JavaFunctions.name(operator.name()) + "(", ")"));
        }
        return typed(fill(OperatorTemplates.of(operator), call.arguments()), call.type());
    }

    private String aggregate(AggregateCall call) {
        if (!call.orderBy().isEmpty()) {
            throw refused("aggregates of sorted rows");
        }
        String text = fill(OperatorTemplates.of(call.operator()), call.arguments());
        String counted = call.distinct() ? text.replaceFirst("\\(", "(DISTINCT ") : text;
        return typed(counted + call.filter().map(condition -> " FILTER (WHERE " + of(condition) + ")").orElse(""), call.type());
    }

    private String over(WindowCall call) {
        List<String> parts = new ArrayList<>();
        if (!call.partitionBy().isEmpty()) {
            parts.add(call.partitionBy().stream().map(this::of).collect(Collectors.joining(", ", "PARTITION BY ", "")));
        }
        if (call.orderBy().isEmpty() && call.operator().kind() == Operator.Kind.WINDOW) {
            throw refused("window functions without an order");
        }
        if (!call.orderBy().isEmpty()) {
            parts.add(call.orderBy().stream().map(this::order).collect(Collectors.joining(", ", "ORDER BY ", "")));
        }
        call.frame().ifPresent(frame -> parts.add(
            (frame.unit() + " BETWEEN " + frame.start() + " AND " + frame.end())));
        return " OVER (" + String.join(" ", parts) + ")";
    }

    private static String typed(String sql, DataType type) {
        return "CAST(" + sql + " AS " + SparkTypes.of(type) + ")";
    }

    /** One pass, so that braces in texts are left alone. */
    private String fill(String template, List<Expression> arguments) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < template.length(); i++) {
            if (template.charAt(i) != '{') {
                text.append(template.charAt(i));
                continue;
            }
            char slot = template.charAt(i + 1);
            text.append(slot == '*' ? arguments.stream().map(this::of).collect(Collectors.joining(", ")) : of(arguments.get(slot - '0')));
            i += 2;
        }
        return text.toString();
    }
}
