package io.lazuli.languages.tsql.bind;

import io.lazuli.languages.tsql.syntax.SqlExpression;
import io.lazuli.languages.tsql.syntax.SqlExpression.FunctionCall;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Looks for constructs in expressions, without entering subqueries. */
final class SyntaxWalk {
    private SyntaxWalk() {
    }

    static boolean hasAggregateOrWindow(SqlExpression expression) {
        return any(expression, part -> part instanceof FunctionCall call && (call.over() != null || Aggregates.isAggregate(call)));
    }

    /** Whether the expression has an aggregate of groups, be it within a window function. */
    static boolean hasAggregate(SqlExpression expression) {
        return any(expression, part -> part instanceof FunctionCall call && call.over() == null && Aggregates.isAggregate(call));
    }

    static boolean hasSubquery(SqlExpression expression) {
        return any(expression, part -> part instanceof SqlExpression.Subquery || part instanceof SqlExpression.Exists
            || part instanceof SqlExpression.InQuery);
    }

    /** Whether it is a value rather than a condition. */
    static boolean isValue(SqlExpression expression) {
        return switch (expression) {
            case SqlExpression.Comparison _, SqlExpression.And _, SqlExpression.Or _, SqlExpression.Not _, SqlExpression.IsNull _,
                SqlExpression.Between _, SqlExpression.InList _, SqlExpression.InQuery _, SqlExpression.Exists _, SqlExpression.Like _,
                SqlExpression.Star _ -> false;
            default -> true;
        };
    }

    static boolean any(SqlExpression expression, Predicate<SqlExpression> test) {
        return test.test(expression) || parts(expression).stream().anyMatch(part -> any(part, test));
    }

    private static List<SqlExpression> parts(SqlExpression expression) {
        return switch (expression) {
            case SqlExpression.Constant _, SqlExpression.ColumnName _, SqlExpression.Star _, SqlExpression.Variable _,
                SqlExpression.Subquery _, SqlExpression.Exists _ -> List.of();
            case SqlExpression.Unary unary -> List.of(unary.operand());
            case SqlExpression.Binary binary -> List.of(binary.left(), binary.right());
            case SqlExpression.Comparison comparison -> List.of(comparison.left(), comparison.right());
            case SqlExpression.And and -> List.of(and.left(), and.right());
            case SqlExpression.Or or -> List.of(or.left(), or.right());
            case SqlExpression.Not not -> List.of(not.condition());
            case SqlExpression.IsNull test -> List.of(test.value());
            case SqlExpression.Between between -> List.of(between.value(), between.low(), between.high());
            case SqlExpression.InList in -> with(in.items(), in.value());
            case SqlExpression.InQuery in -> List.of(in.value());
            case SqlExpression.Like like -> List.of(like.value(), like.pattern());
            case SqlExpression.Case choice -> caseParts(choice);
            case FunctionCall call -> callParts(call);
            case SqlExpression.Conversion conversion -> List.of(conversion.value());
            case SqlExpression.AtTimeZone zone -> List.of(zone.value());
            case SqlExpression.Collate collate -> List.of(collate.value());
        };
    }

    private static List<SqlExpression> with(List<SqlExpression> items, SqlExpression more) {
        List<SqlExpression> all = new ArrayList<>(items);
        all.add(more);
        return all;
    }

    private static List<SqlExpression> caseParts(SqlExpression.Case choice) {
        List<SqlExpression> parts = new ArrayList<>();
        choice.branches().forEach(branch -> parts.addAll(List.of(branch.when(), branch.then())));
        if (choice.input() != null) {
            parts.add(choice.input());
        }
        if (choice.otherwise() != null) {
            parts.add(choice.otherwise());
        }
        return parts;
    }

    private static List<SqlExpression> callParts(FunctionCall call) {
        List<SqlExpression> parts = new ArrayList<>(call.arguments());
        if (call.over() != null) {
            parts.addAll(call.over().partitionBy());
            call.over().orderBy().forEach(item -> parts.add(item.expression()));
        }
        return parts;
    }
}
