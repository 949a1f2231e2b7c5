package io.lazuli.engine.duckdb.render;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Writes plans as SQL, for one statement.
 *
 * <p>A plan becomes a {@code SELECT} whose columns carry {@link SqlNames#of(Schema)} of its schema. Every input has an alias of its own,
 * and columns are always qualified by it, so that references to enclosing queries need no rule.
 */
public final class PlanRenderer {
    private final SourceRenderer sources;
    private final SharedPlans shared = new SharedPlans();
    private int aliases;

    public PlanRenderer(SourceRenderer sources) {
        this.sources = sources;
    }

    /** The query without the shared plans that it uses; {@link #with} comes before it. */
    public String query(Plan plan) {
        return select(plan, List.of());
    }

    /** The shared plans of all that was rendered so far as a {@code WITH} clause, empty when there are none. */
    public String with() {
        return shared.with();
    }

    /** An expression over the columns of a table of that alias and schema. */
    public String expression(Expression expression, String alias, Schema schema) {
        return new ExpressionRenderer(this, List.of(Scope.of(alias, schema))).render(expression);
    }

    /** An expression that refers to no columns. */
    public String constant(Expression expression) {
        return new ExpressionRenderer(this, List.of(new Scope(Map.of()))).render(expression);
    }

    String select(Plan plan, List<Scope> enclosing) {
        Block block = block(plan, enclosing);
        return block.text(block.projection() == null ? allColumns(plan.schema(), block.scope()) : "");
    }

    private Block block(Plan plan, List<Scope> enclosing) {
        return switch (plan) {
            case Scan scan -> derived(sources.select(scan), scan.schema());
            case Values values -> derived(values(values, enclosing), values.schema());
            case Filter filter -> {
                Block input = plainBlock(filter.input(), enclosing);
                yield input.where(expressions(input, enclosing).render(filter.condition()));
            }
            case Project project -> {
                Block input = block(project.input(), enclosing);
                Block open = input.projection() == null ? input : derived(input.text(""), project.input().schema());
                yield open.project(list(project.columns(), expressions(open, enclosing)));
            }
            case Join join -> join(join, enclosing);
            case Apply apply -> apply(apply, enclosing);
            case Aggregate aggregate -> aggregate(aggregate, enclosing);
            case Window window -> {
                Block input = plainBlock(window.input(), enclosing);
                yield input.project(extended(window.input().schema(), input, window.schema(), window.columns().stream()
                    .map(column -> expressions(input, enclosing).render(column.expression())).toList()));
            }
            case Sort sort -> {
                Block input = plainBlock(sort.input(), enclosing);
                yield input.order(expressions(input, enclosing).orderBy(sort.keys()));
            }
            case Limit limit -> {
                Block input = block(limit.input(), enclosing);
                Block open = input.limit().isEmpty() ? input : derived(select(limit.input(), enclosing), limit.schema());
                yield open.limit((limit.count() == Long.MAX_VALUE ? "" : " LIMIT " + limit.count())
                    + (limit.offset() == 0 ? "" : " OFFSET " + limit.offset()));
            }
            case Distinct distinct -> {
                Block input = plainBlock(distinct.input(), enclosing);
                yield derived(input.project("DISTINCT " + unsigned(distinct.schema(), input.scope())).text(""), distinct.schema());
            }
            case SetOperation operation -> {
                Block rows = derived(setOperation(operation, enclosing), operation.schema());
                boolean keepsAll = operation.all() && operation.kind() == SetOperation.Kind.UNION;
                yield keepsAll || !UnsignedZero.concerns(operation.schema()) ? rows
                    : derived(rows.project(unsigned(operation.schema(), rows.scope())).text(""), operation.schema());
            }
            case Unnest unnest -> unnest(unnest, enclosing);
            case Shared reference -> shared(reference, enclosing);
        };
    }

    private Block plainBlock(Plan plan, List<Scope> enclosing) {
        Block block = block(plan, enclosing);
        return block.isPlain() ? block : derived(block.text(block.projection() == null ? allColumns(plan.schema(), block.scope()) : ""),
            plan.schema());
    }

    private Block derived(String query, Schema schema) {
        String alias = "t" + ++aliases;
        return Block.from("(" + query + ") AS " + alias, Scope.of(alias, schema));
    }

    private ExpressionRenderer expressions(Block input, List<Scope> enclosing) {
        return new ExpressionRenderer(this, nested(input.scope(), enclosing));
    }

    private static List<Scope> nested(Scope inner, List<Scope> enclosing) {
        return Stream.concat(Stream.of(inner), enclosing.stream()).toList();
    }

    private static String allColumns(Schema schema, Scope scope) {
        return list(schema, schema.names().stream().map(scope::reference).toList());
    }

    private static String unsigned(Schema schema, Scope scope) {
        return list(schema, schema.fields().stream().map(field -> UnsignedZero.of(scope.reference(field.name()), field.type())).toList());
    }

    private static String list(List<NamedExpression> columns, ExpressionRenderer expressions) {
        return list(new Schema(columns.stream().map(NamedExpression::field).toList()),
            columns.stream().map(column -> expressions.render(column.expression())).toList());
    }

    /** A select list; DuckDB has no rows without columns, so a constant stands for none. */
    private static String list(Schema schema, List<String> expressions) {
        List<String> names = SqlNames.of(schema);
        return names.isEmpty() ? "1 AS \"~0\"" : IntStream.range(0, names.size())
            .mapToObj(i -> expressions.get(i) + " AS " + SqlNames.quote(names.get(i))).collect(Collectors.joining(", "));
    }

    private static String extended(Schema schema, Block input, Schema whole, List<String> added) {
        List<String> all = new ArrayList<>(schema.names().stream().map(input.scope()::reference).toList());
        all.addAll(added);
        return list(whole, all);
    }

    private String values(Values values, List<Scope> enclosing) {
        if (values.rows().isEmpty()) {
            List<String> nulls = values.schema().fields().stream().map(field -> SqlLiterals.of(null, field.type())).toList();
            return "SELECT " + list(values.schema(), nulls) + " WHERE false";
        }
        ExpressionRenderer expressions = new ExpressionRenderer(this, nested(new Scope(Map.of()), enclosing));
        List<List<String>> rows = values.rows().stream().map(row -> row.stream().map(expressions::render).toList()).toList();
        if (rows.size() == 1 || values.schema().size() == 0) {
            return rows.stream().map(row -> "SELECT " + list(values.schema(), row)).collect(Collectors.joining(" UNION ALL "));
        }
        String names = SqlNames.of(values.schema()).stream().map(SqlNames::quote).collect(Collectors.joining(", "));
        return rows.stream().map(row -> row.stream().collect(Collectors.joining(", ", "(", ")")))
            .collect(Collectors.joining(", ", "SELECT * FROM (VALUES ", ") AS v(" + names + ")"));
    }

    private Block join(Join join, List<Scope> enclosing) {
        Block left = fromOnly(join.left(), enclosing);
        Block right = fromOnly(join.right(), enclosing);
        Scope both = left.scope().and(right.scope());
        String condition = new ExpressionRenderer(this, nested(both, enclosing)).render(join.condition());
        boolean leftOnly = join.kind() == Join.Kind.SEMI || join.kind() == Join.Kind.ANTI;
        return Block.from("(" + left.from() + " " + join.kind() + " JOIN " + right.from() + " ON " + condition + ")",
            leftOnly ? left.scope() : both);
    }

    /** A block that is nothing but a source, to stand in a join. */
    private Block fromOnly(Plan plan, List<Scope> enclosing) {
        Block block = block(plan, enclosing);
        return block.isPlain() && block.where().isEmpty() ? block
            : derived(block.text(block.projection() == null ? allColumns(plan.schema(), block.scope()) : ""), plan.schema());
    }

    private Block apply(Apply apply, List<Scope> enclosing) {
        Block left = fromOnly(apply.left(), enclosing);
        String right = select(apply.right(), nested(left.scope(), enclosing));
        String alias = "t" + ++aliases;
        String join = apply.outer() ? " LEFT JOIN LATERAL (" : " INNER JOIN LATERAL (";
        return Block.from("(" + left.from() + join + right + ") AS " + alias + " ON true)",
            left.scope().and(Scope.of(alias, apply.right().schema())));
    }

    private Block aggregate(Aggregate aggregate, List<Scope> enclosing) {
        Block input = plainBlock(aggregate.input(), enclosing);
        ExpressionRenderer expressions = expressions(input, enclosing);
        String keys = IntStream.rangeClosed(1, aggregate.keys().size()).mapToObj(Integer::toString).collect(Collectors.joining(", "));
        if (aggregate.schema().size() == 0) {
            return derived(input.project("count(*) AS \"~0\"").text(""), aggregate.schema());
        }
        List<String> columns = Stream.concat(aggregate.keys().stream().map(key ->
                UnsignedZero.of(expressions.render(key.expression()), key.expression().type())),
            aggregate.aggregates().stream().map(column -> expressions.render(column.expression()))).toList();
        Block grouped = input.group(list(aggregate.schema(), columns), keys.isEmpty() ? "" : " GROUP BY " + keys);
        return derived(grouped.text(""), aggregate.schema());
    }

    private String setOperation(SetOperation operation, List<Scope> enclosing) {
        return "(" + select(operation.left(), enclosing) + ") " + operation.kind() + (operation.all() ? " ALL" : "")
            + " (" + select(operation.right(), enclosing) + ")";
    }

    private Block unnest(Unnest unnest, List<Scope> enclosing) {
        Block input = plainBlock(unnest.input(), enclosing);
        String array = expressions(input, enclosing).render(unnest.array());
        String elements = unnest.outer()
            ? "unnest(CASE WHEN len(" + array + ") > 0 THEN " + array + " ELSE [NULL] END)" : "unnest(" + array + ")";
        String columns = extended(unnest.input().schema(), input, unnest.schema(), List.of(elements));
        return derived(input.project(columns).text(""), unnest.schema());
    }

    private Block shared(Shared reference, List<Scope> enclosing) {
        if (OuterReferences.leave(reference.input())) {
            return block(reference.input(), enclosing);
        }
        String alias = "t" + ++aliases;
        String name = shared.name(reference, input -> select(input, List.of()));
        return Block.from(name + " AS " + alias, Scope.of(alias, reference.schema()));
    }
}
