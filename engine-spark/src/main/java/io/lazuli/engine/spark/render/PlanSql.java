package io.lazuli.engine.spark.render;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.expression.AggregateCall;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.expression.WindowCall;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Writes plans as Spark SQL. Columns are named by their place, {@code c0}, {@code c1}, …, so that names that differ in case alone stay
 * apart; a query without columns has one that stands for none. Every input has an alias that no other has.
 */
public final class PlanSql {
    /** What stands among an input's columns for the number of a row, where something depends on the rows' order. */
    static final String ROW = "\0row";

    private final Surroundings surroundings;
    private int aliases;

    public PlanSql(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    public String of(Plan plan) {
        return query(plan, List.of());
    }

    Surroundings surroundings() {
        return surroundings;
    }

    String variable() {
        return "x" + aliases++;
    }

    String query(Plan plan, List<Map<String, String>> enclosing) {
        return switch (plan) {
            case Scan scan -> "SELECT " + (scan.schema().size() == 0 ? "0 AS nothing" : IntStream.range(0, scan.schema().size())
                .mapToObj(i -> "c" + i).collect(Collectors.joining(", "))) + " FROM " + surroundings.scan(scan);
            case Values values -> values(values, enclosing);
            case Project project -> {
                Input input = input(project.input(), enclosing);
                yield "SELECT " + list(expressions(project.columns(), input.sql()), 0) + input.from();
            }
            case Filter filter -> {
                Input input = input(filter.input(), enclosing);
                yield "SELECT *" + input.from() + " WHERE " + input.sql().of(filter.condition());
            }
            case Sort sort -> {
                Input input = input(sort.input(), enclosing);
                yield "SELECT *" + input.from() + " ORDER BY "
                    + sort.keys().stream().map(input.sql()::order).collect(Collectors.joining(", "));
            }
            case Limit limit -> "SELECT *" + input(limit.input(), enclosing).from() + limit(limit);
            case Distinct distinct -> "SELECT DISTINCT *" + input(distinct.input(), enclosing).from();
            case Aggregate aggregate -> aggregate(aggregate, enclosing);
            case Join join -> join(join, enclosing);
            case Apply apply -> apply(apply, enclosing);
            case Window window -> window(window, enclosing);
            case SetOperation operation -> "SELECT *" + input(operation.left(), enclosing).from() + " " + operation.kind()
                + (operation.all() ? " ALL" : "") + " SELECT *" + input(operation.right(), enclosing).from();
            case Unnest unnest -> {
                Input input = input(unnest.input(), enclosing);
                yield "SELECT *" + input.from() + " LATERAL VIEW " + (unnest.outer() ? "OUTER " : "") + "explode("
                    + input.sql().of(unnest.array()) + ") u" + aliases++ + " AS c" + unnest.input().schema().size();
            }
            case Shared shared -> "SELECT * FROM " + surroundings.shared(shared, () -> query(shared.input(), List.of()));
        };
    }

    /** A query as a table, and how its columns are called. */
    private record Input(String alias, String from, Map<String, String> columns, ExpressionSql sql) {
    }

    private Input input(Plan plan, List<Map<String, String>> enclosing) {
        return input("(" + query(plan, enclosing) + ")", plan.schema(), enclosing);
    }

    private Input input(String table, Schema schema, List<Map<String, String>> enclosing) {
        String alias = "t" + aliases++;
        Map<String, String> columns = columns(schema, alias);
        return new Input(alias, " FROM " + table + " AS " + alias, columns, expressions(columns, enclosing));
    }

    /** An input whose rows have numbers in their order. */
    private Input numbered(Plan plan, List<Map<String, String>> enclosing) {
        Input input = input("(" + numberedQuery(plan, enclosing) + ")", plan.schema(), enclosing);
        input.columns().put(ROW, input.alias() + ".row");
        return input;
    }

    /** Rows get their numbers before conditions choose some: conditions on rows of queries around move rows to other places. */
    private String numberedQuery(Plan plan, List<Map<String, String>> enclosing) {
        return switch (plan) {
            case Filter filter -> {
                Input input = numbered(filter.input(), enclosing);
                yield "SELECT *" + input.from() + " WHERE " + input.sql().of(filter.condition());
            }
            case Project project -> {
                Input input = numbered(project.input(), enclosing);
                yield "SELECT " + list(expressions(project.columns(), input.sql()), 0) + ", " + input.columns().get(ROW) + input.from();
            }
            default -> "SELECT *, monotonically_increasing_id() AS row FROM (" + query(plan, enclosing) + ") AS t" + aliases++;
        };
    }

    /** The first value of a query that may refer to rows around it, for which Spark wants an aggregate. */
    String first(Plan plan, List<Map<String, String>> enclosing) {
        Input input = numbered(plan, enclosing);
        return "SELECT min_by(struct(" + input.alias() + ".c0 AS v), " + input.columns().get(ROW) + ").v AS c0" + input.from();
    }

    private ExpressionSql expressions(Map<String, String> columns, List<Map<String, String>> enclosing) {
        return new ExpressionSql(this, Stream.concat(Stream.of(columns), enclosing.stream()).toList(), Map.of());
    }

    private static Map<String, String> columns(Schema schema, String alias) {
        Map<String, String> columns = new HashMap<>();
        for (String name : schema.names()) {
            columns.put(name, alias + ".c" + columns.size());
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

    private String values(Values values, List<Map<String, String>> enclosing) {
        if (values.schema().size() == 0 || values.rows().isEmpty()) {
            List<String> row = values.schema().fields().stream().map(field -> SparkLiterals.of(null, field.type())).toList();
            String query = "SELECT " + list(row, 0);
            return values.rows().isEmpty() ? query + " WHERE false" : query + " FROM range(0, " + values.rows().size() + ", 1, 1)";
        }
        ExpressionSql sql = expressions(Map.of(), enclosing);
        List<List<String>> rows = values.rows().stream().map(row -> row.stream().map(sql::of).toList()).toList();
        boolean constant = values.rows().stream().flatMap(List::stream).allMatch(PlanSql::isConstant);
        if (!constant || rows.size() == 1) {
            return rows.stream().map(row -> "SELECT " + list(row, 0)).collect(Collectors.joining(" UNION ALL "));
        }
        return "SELECT * FROM VALUES " + rows.stream().map(row -> row.stream().collect(Collectors.joining(", ", "(", ")")))
            .collect(Collectors.joining(", ")) + IntStream.range(0, values.schema().size())
            .mapToObj(i -> "c" + i).collect(Collectors.joining(", ", " AS v(", ")"));
    }

    private static boolean isConstant(Expression expression) {
        return expression instanceof Literal;
    }

    private static String limit(Limit limit) {
        if (limit.count() > Integer.MAX_VALUE && limit.count() != Long.MAX_VALUE || limit.offset() > Integer.MAX_VALUE) {
            throw failure(CommonError.NOT_SUPPORTED, "The Spark engine does not limit rows to more than %d", Integer.MAX_VALUE);
        }
        return (limit.count() == Long.MAX_VALUE ? "" : " LIMIT " + limit.count())
            + (limit.offset() == 0 ? "" : " OFFSET " + limit.offset());
    }

    private String aggregate(Aggregate aggregate, List<Map<String, String>> enclosing) {
        boolean ordered = aggregate.aggregates().stream()
            .anyMatch(column -> column.expression() instanceof AggregateCall call && AggregateSql.isOrdered(call));
        Input input = ordered ? numbered(aggregate.input(), enclosing) : input(aggregate.input(), enclosing);
        List<String> keys = expressions(aggregate.keys(), input.sql());
        List<String> all = Stream.concat(keys.stream(), expressions(aggregate.aggregates(), input.sql()).stream()).toList();
        String places = IntStream.rangeClosed(1, keys.size()).mapToObj(Integer::toString).collect(Collectors.joining(", "));
        return "SELECT " + (all.isEmpty() ? "count(*) AS nothing" : list(all, 0)) + input.from()
            + (keys.isEmpty() ? "" : " GROUP BY " + places);
    }

    private String window(Window window, List<Map<String, String>> enclosing) {
        boolean ordered = window.columns().stream()
            .anyMatch(column -> column.expression() instanceof WindowCall call && WindowSql.needsRows(call));
        Input input = ordered ? numbered(window.input(), enclosing) : input(window.input(), enclosing);
        List<String> all = Stream.concat(window.input().schema().names().stream().map(input.columns()::get),
            expressions(window.columns(), input.sql()).stream()).toList();
        return "SELECT " + list(all, 0) + input.from();
    }

    private String join(Join join, List<Map<String, String>> enclosing) {
        Input left = input(join.left(), enclosing);
        Input right = input(join.right(), enclosing);
        Map<String, String> both = new HashMap<>(left.columns());
        both.putAll(right.columns());
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
            + expressions(both, enclosing).of(join.condition());
    }

    private String apply(Apply apply, List<Map<String, String>> enclosing) {
        Input left = input(apply.left(), enclosing);
        List<Map<String, String>> inner = Stream.concat(Stream.of(left.columns()), enclosing.stream()).toList();
        Input right = input(apply.right(), inner);
        Map<String, String> both = new HashMap<>(left.columns());
        both.putAll(right.columns());
        List<String> columns = apply.schema().names().stream().map(both::get).toList();
        return "SELECT " + list(columns, 0) + left.from() + (apply.outer() ? " LEFT" : " INNER") + " JOIN LATERAL"
            + right.from().substring(" FROM".length()) + " ON true";
    }
}
