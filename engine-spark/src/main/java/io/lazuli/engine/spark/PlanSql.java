package io.lazuli.engine.spark;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.plan.Aggregate;
import io.lazuli.algebra.plan.Apply;
import io.lazuli.algebra.plan.Distinct;
import io.lazuli.algebra.plan.Filter;
import io.lazuli.algebra.plan.Join;
import io.lazuli.algebra.plan.Limit;
import io.lazuli.algebra.plan.NamedExpression;
import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.plan.Project;
import io.lazuli.algebra.plan.Scan;
import io.lazuli.algebra.plan.SetOperation;
import io.lazuli.algebra.plan.Shared;
import io.lazuli.algebra.plan.Sort;
import io.lazuli.algebra.plan.Unnest;
import io.lazuli.algebra.plan.Values;
import io.lazuli.algebra.plan.Window;
import io.lazuli.algebra.type.Schema;
import io.lazuli.foundation.CommonError;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Writes plans as Spark SQL. Columns are named by their place, {@code c0}, {@code c1}, …, so that names that differ in case alone stay
 * apart; a query without columns has one that stands for none.
 */
final class PlanSql {
    private int aliases;

    String of(Plan plan) {
        return switch (plan) {
            case Values values -> values(values);
            case Project project -> {
                Input input = input(project.input());
                yield "SELECT " + list(expressions(project.columns(), input.sql()), 0) + input.from();
            }
            case Filter filter -> {
                Input input = input(filter.input());
                yield "SELECT *" + input.from() + " WHERE " + input.sql().of(filter.condition());
            }
            case Sort sort -> {
                Input input = input(sort.input());
                yield "SELECT *" + input.from() + " ORDER BY "
                    + sort.keys().stream().map(input.sql()::order).collect(Collectors.joining(", "));
            }
            case Limit limit -> "SELECT *" + input(limit.input()).from() + limit(limit);
            case Distinct distinct -> "SELECT DISTINCT *" + input(distinct.input()).from();
            case Aggregate aggregate -> aggregate(aggregate);
            case Join join -> join(join);
            case Window window -> {
                Input input = input(window.input());
                yield "SELECT " + input.alias() + ".*, "
                    + list(expressions(window.columns(), input.sql()), window.input().schema().size()) + input.from();
            }
            case SetOperation operation -> "SELECT *" + input(operation.left()).from() + " " + operation.kind()
                + (operation.all() ? " ALL" : "") + " SELECT *" + input(operation.right()).from();
            case Unnest unnest -> {
                Input input = input(unnest.input());
                yield "SELECT *" + input.from() + " LATERAL VIEW " + (unnest.outer() ? "OUTER " : "") + "explode("
                    + input.sql().of(unnest.array()) + ") u" + aliases++ + " AS c" + unnest.input().schema().size();
            }
            case Scan scan -> throw ExpressionSql.refused("sources yet: " + scan.source().getClass().getSimpleName());
            case Apply _ -> throw ExpressionSql.refused("queries that run for each row (apply)");
            case Shared _ -> throw ExpressionSql.refused("shared parts of plans");
        };
    }

    /** A query as a table, and how its columns are called. */
    private record Input(String alias, String from, ExpressionSql sql) {
    }

    private Input input(Plan plan) {
        String alias = "t" + aliases++;
        return new Input(alias, " FROM (" + of(plan) + ") AS " + alias, new ExpressionSql(columns(plan.schema(), alias, 0)));
    }

    private static Map<String, String> columns(Schema schema, String alias, int shift) {
        Map<String, String> columns = new HashMap<>();
        for (String name : schema.names()) {
            columns.put(name, alias + ".c" + (shift + columns.size()));
        }
        return columns;
    }

    private static List<String> expressions(List<NamedExpression> columns, ExpressionSql sql) {
        return columns.stream().map(column -> sql.of(column.expression())).toList();
    }

    private static String list(List<String> columns, int shift) {
        return columns.isEmpty() ? "0 AS nothing" : IntStream.range(0, columns.size())
            .mapToObj(i -> columns.get(i) + " AS c" + (shift + i)).collect(Collectors.joining(", "));
    }

    private String values(Values values) {
        if (values.schema().size() == 0 || values.rows().isEmpty()) {
            List<String> row = values.schema().fields().stream().map(field -> SparkLiterals.of(null, field.type())).toList();
            String query = "SELECT " + list(row, 0);
            return values.rows().isEmpty() ? query + " WHERE false" : query + " FROM range(" + values.rows().size() + ")";
        }
        ExpressionSql sql = new ExpressionSql(Map.of());
        List<String> rows = new ArrayList<>();
        for (List<Expression> row : values.rows()) {
            rows.add(row.stream().map(sql::of).collect(Collectors.joining(", ", "(", ")")));
        }
        return "SELECT * FROM VALUES " + String.join(", ", rows) + IntStream.range(0, values.schema().size())
            .mapToObj(i -> "c" + i).collect(Collectors.joining(", ", " AS v(", ")"));
    }

    private static String limit(Limit limit) {
        if (limit.count() > Integer.MAX_VALUE && limit.count() != Long.MAX_VALUE || limit.offset() > Integer.MAX_VALUE) {
            throw failure(CommonError.NOT_SUPPORTED, "The Spark engine does not limit rows to more than %d", Integer.MAX_VALUE);
        }
        return (limit.count() == Long.MAX_VALUE ? "" : " LIMIT " + limit.count())
            + (limit.offset() == 0 ? "" : " OFFSET " + limit.offset());
    }

    private String aggregate(Aggregate aggregate) {
        Input input = input(aggregate.input());
        List<String> keys = expressions(aggregate.keys(), input.sql());
        List<String> all = Stream.concat(keys.stream(), expressions(aggregate.aggregates(), input.sql()).stream()).toList();
        String places = IntStream.rangeClosed(1, keys.size()).mapToObj(Integer::toString).collect(Collectors.joining(", "));
        return "SELECT " + list(all, 0) + input.from() + (keys.isEmpty() ? "" : " GROUP BY " + places);
    }

    private String join(Join join) {
        Input left = input(join.left());
        Input right = input(join.right());
        Map<String, String> both = new HashMap<>(left.sql().columns());
        both.putAll(right.sql().columns());
        String kind = switch (join.kind()) {
            case INNER -> "INNER";
            case LEFT -> "LEFT";
            case RIGHT -> "RIGHT";
            case FULL -> "FULL OUTER";
            case SEMI -> "LEFT SEMI";
            case ANTI -> "LEFT ANTI";
        };
        List<String> columns = join.schema().names().stream().map(both::get).toList();
        return "SELECT " + list(columns, 0) + left.from() + " " + kind + " JOIN" + right.from().substring(" FROM".length()) + " ON "
            + new ExpressionSql(both).of(join.condition());
    }
}
