package io.lazuli.algebra.plan;

import io.lazuli.algebra.expression.ExistsSubquery;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.Expressions;
import io.lazuli.algebra.expression.InSubquery;
import io.lazuli.algebra.expression.LambdaVariable;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.expression.ScalarSubquery;
import io.lazuli.algebra.source.FileSource;
import io.lazuli.algebra.source.RowSource;
import io.lazuli.algebra.source.Source;
import io.lazuli.algebra.source.SourceFile;
import io.lazuli.algebra.source.TableSource;
import io.lazuli.algebra.type.DataType;
import io.lazuli.algebra.type.Field;
import io.lazuli.algebra.type.Schema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A plan as a tree for people: a line for each part, its inputs below it and further in.
 *
 * <p>The plan of a subquery stands below the part whose expression uses it, under the number that the expression shows. A shared part is
 * shown where it first stands, and by its name alone after that.
 */
public final class PlanText {
    private final StringBuilder text = new StringBuilder();
    private final Set<String> shown = new HashSet<>();
    private int queries;

    private PlanText() {
    }

    public static String of(Plan plan) {
        PlanText tree = new PlanText();
        tree.add(plan, 0, "");
        return tree.text.toString();
    }

    /** A subquery that an expression uses. */
    private record Query(String label, Plan plan) {
    }

    private void add(Plan plan, int depth, String label) {
        List<Query> subqueries = new ArrayList<>();
        text.append("  ".repeat(depth)).append(label).append(line(plan, subqueries)).append('\n');
        if (!(plan instanceof Shared shared) || shown.add(shared.name())) {
            plan.inputs().forEach(input -> add(input, depth + 1, ""));
        }
        subqueries.forEach(query -> add(query.plan(), depth + 1, query.label() + ": "));
    }

    private String line(Plan plan, List<Query> queries) {
        return switch (plan) {
            case Scan scan -> "Scan " + source(scan.source()) + " " + columns(scan.schema());
            case Values values -> "Values " + columns(values.schema()) + " "
                + values.rows().stream().map(row -> expressions(row, queries)).collect(Collectors.joining(", "));
            case Filter filter -> "Filter " + expression(filter.condition(), queries);
            case Project project -> "Project " + named(project.columns(), queries);
            case Join join -> "Join " + join.kind().name().toLowerCase(Locale.ROOT)
                + (join.condition().equals(Literal.TRUE) ? "" : " on " + expression(join.condition(), queries));
            case Apply apply -> apply.outer() ? "Apply outer" : "Apply";
            case Aggregate aggregate -> "Aggregate " + named(aggregate.aggregates(), queries)
                + (aggregate.keys().isEmpty() ? "" : " by " + named(aggregate.keys(), queries));
            case Window window -> "Window " + named(window.columns(), queries);
            case Sort sort -> "Sort " + sort.keys().stream().map(key ->
                new SortKey(named(key.expression(), queries), key.ascending(), key.nullsFirst()).toString())
                .collect(Collectors.joining(", "));
            case Limit limit -> "Limit " + (limit.count() == Long.MAX_VALUE ? "all" : limit.count())
                + (limit.offset() == 0 ? "" : " after " + limit.offset());
            case Distinct _ -> "Distinct";
            case SetOperation operation -> operation.kind().name().charAt(0)
                + operation.kind().name().substring(1).toLowerCase(Locale.ROOT) + (operation.all() ? " all" : "");
            case Unnest unnest -> "Unnest " + (unnest.outer() ? "outer " : "") + unnest.name() + " from "
                + expression(unnest.array(), queries);
            case Shared shared -> "Shared " + shared.name() + (shown.contains(shared.name()) ? " (above)" : "");
        };
    }

    private static String source(Source source) {
        return switch (source) {
            case TableSource table -> "table " + table.table().database() + " " + table.table();
            case FileSource files -> "files " + files.files().stream().map(SourceFile::name).limit(3).collect(Collectors.joining(", "))
                + (files.files().size() > 3 ? ", … (" + files.files().size() + ")" : "");
            case RowSource rows -> rows.getClass().getSimpleName();
        };
    }

    private static String columns(Schema schema) {
        return schema.fields().stream().map(Field::toString).collect(Collectors.joining(", ", "(", ")"));
    }

    private String named(List<NamedExpression> columns, List<Query> queries) {
        return columns.stream().map(column -> column.expression().toString().equals(column.name()) ? column.name()
            : column.name() + " := " + expression(column.expression(), queries)).collect(Collectors.joining(", "));
    }

    private String expressions(List<Expression> row, List<Query> queries) {
        return row.stream().map(value -> expression(value, queries)).collect(Collectors.joining(", ", "(", ")"));
    }

    private String expression(Expression expression, List<Query> queries) {
        return named(expression, queries).toString();
    }

    /** The expression with numbers in place of its subqueries. */
    private Expression named(Expression expression, List<Query> queries) {
        return Expressions.replace(expression, part -> Optional.ofNullable(switch (part) {
            case ScalarSubquery query -> reference("", query.plan(), query.type(), queries);
            case ExistsSubquery query -> reference("exists ", query.plan(), query.type(), queries);
            case InSubquery query -> reference(expression(query.value(), queries) + " in ", query.plan(), query.type(), queries);
            default -> null;
        }));
    }

    private Expression reference(String before, Plan plan, DataType type, List<Query> found) {
        String label = "query " + ++queries;
        found.add(new Query(label, plan));
        return new LambdaVariable(before + label, type);
    }
}
