package io.lazuli.algebra.lineage;

import io.lazuli.algebra.expression.AggregateCall;
import io.lazuli.algebra.expression.Call;
import io.lazuli.algebra.expression.Case;
import io.lazuli.algebra.expression.Cast;
import io.lazuli.algebra.expression.ColumnReference;
import io.lazuli.algebra.expression.ExistsSubquery;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.Expressions;
import io.lazuli.algebra.expression.FieldAccess;
import io.lazuli.algebra.expression.InSubquery;
import io.lazuli.algebra.expression.Lambda;
import io.lazuli.algebra.expression.LambdaVariable;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.expression.OuterReference;
import io.lazuli.algebra.expression.ScalarSubquery;
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
import io.lazuli.algebra.source.FileSource;
import io.lazuli.algebra.source.RowSource;
import io.lazuli.algebra.source.SourceFile;
import io.lazuli.algebra.source.TableSource;
import io.lazuli.algebra.type.Field;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Follows the columns of a plan to the sources that it reads, through every operator, subqueries and lambdas among them. */
public final class LineageTracer {
    private final Function<Plan, Optional<String>> named;
    private final Map<String, Map<String, Map<Origin, Influence>>> shared = new HashMap<>();
    private final Set<Origin> rows = new TreeSet<>();
    /** The columns that the rows of the enclosing queries have, the nearest first. */
    private final Deque<Map<String, Map<Origin, Influence>>> outer = new ArrayDeque<>();

    private LineageTracer(Function<Plan, Optional<String>> named) {
        this.named = named;
    }

    /** The lineage back to scans, by the names of tables and files. */
    public static Lineage of(Plan plan) {
        return of(plan, _ -> Optional.empty());
    }

    /** {@code named} gives the parts of the plan that count as sources, and their names. */
    public static Lineage of(Plan plan, Function<Plan, Optional<String>> named) {
        LineageTracer tracer = new LineageTracer(named);
        return new Lineage(tracer.columns(plan), tracer.rows);
    }

    private Map<String, Map<Origin, Influence>> columns(Plan plan) {
        Optional<String> source = named.apply(plan);
        if (source.isPresent()) {
            return source(plan, source.get());
        }
        return switch (plan) {
            case Scan scan -> source(scan, name(scan));
            case Values values -> constants(values);
            case Filter filter -> decided(columns(filter.input()), List.of(filter.condition()));
            case Sort sort -> decided(columns(sort.input()), sort.keys().stream().map(key -> key.expression()).toList());
            case Limit limit -> columns(limit.input());
            case Distinct distinct -> distinct(columns(distinct.input()));
            case Project project -> computed(columns(project.input()), project.columns());
            case Window window -> window(window);
            case Aggregate aggregate -> aggregate(aggregate);
            case Join join -> join(join);
            case Apply apply -> apply(apply);
            case SetOperation operation -> together(operation);
            case Unnest unnest -> unnest(unnest);
            case Shared part -> {
                Map<String, Map<Origin, Influence>> known = shared.get(part.name());
                if (known == null) {
                    known = columns(part.input());
                    shared.put(part.name(), known);
                }
                yield known;
            }
        };
    }

    private static Map<String, Map<Origin, Influence>> source(Plan plan, String name) {
        Map<String, Map<Origin, Influence>> columns = new LinkedHashMap<>();
        plan.schema().fields().forEach(field -> columns.put(field.name(), Map.of(new Origin(name, field.name()), Influence.IDENTITY)));
        return columns;
    }

    private static String name(Scan scan) {
        return switch (scan.source()) {
            case TableSource table -> table.table().toString();
            case FileSource files -> files.files().stream().map(SourceFile::name).collect(Collectors.joining(", "));
            case RowSource rows -> rows.getClass().getSimpleName();
        };
    }

    private static Map<String, Map<Origin, Influence>> constants(Values values) {
        Map<String, Map<Origin, Influence>> columns = new LinkedHashMap<>();
        values.schema().fields().forEach(field -> columns.put(field.name(), Map.of()));
        return columns;
    }

    /** The same columns, of rows that expressions decide about. */
    private Map<String, Map<Origin, Influence>> decided(
        Map<String, Map<Origin, Influence>> columns, Collection<? extends Expression> expressions) {
        expressions.forEach(expression -> rows.addAll(origins(expression, columns).keySet()));
        return columns;
    }

    private Map<String, Map<Origin, Influence>> distinct(Map<String, Map<Origin, Influence>> columns) {
        columns.values().forEach(origins -> rows.addAll(origins.keySet()));
        return columns;
    }

    private Map<String, Map<Origin, Influence>> computed(Map<String, Map<Origin, Influence>> input, List<NamedExpression> outputs) {
        Map<String, Map<Origin, Influence>> columns = new LinkedHashMap<>();
        outputs.forEach(output -> columns.put(output.name(), origins(output.expression(), input)));
        return columns;
    }

    private Map<String, Map<Origin, Influence>> window(Window window) {
        Map<String, Map<Origin, Influence>> input = columns(window.input());
        Map<String, Map<Origin, Influence>> columns = new LinkedHashMap<>(input);
        columns.putAll(computed(input, window.columns()));
        return columns;
    }

    private Map<String, Map<Origin, Influence>> aggregate(Aggregate aggregate) {
        Map<String, Map<Origin, Influence>> input = columns(aggregate.input());
        decided(input, aggregate.keys().stream().map(NamedExpression::expression).toList());
        Map<String, Map<Origin, Influence>> columns = computed(input, aggregate.keys());
        columns.putAll(computed(input, aggregate.aggregates()));
        return columns;
    }

    private Map<String, Map<Origin, Influence>> join(Join join) {
        Map<String, Map<Origin, Influence>> left = columns(join.left());
        Map<String, Map<Origin, Influence>> both = new LinkedHashMap<>(left);
        both.putAll(columns(join.right()));
        decided(both, List.of(join.condition()));
        return join.kind() == Join.Kind.SEMI || join.kind() == Join.Kind.ANTI ? left : both;
    }

    private Map<String, Map<Origin, Influence>> apply(Apply apply) {
        Map<String, Map<Origin, Influence>> columns = new LinkedHashMap<>(columns(apply.left()));
        columns.putAll(within(columns, apply.right()));
        return columns;
    }

    private Map<String, Map<Origin, Influence>> within(Map<String, Map<Origin, Influence>> row, Plan query) {
        outer.push(row);
        try {
            return columns(query);
        } finally {
            outer.pop();
        }
    }

    /** By position, under the left's names. EXCEPT and INTERSECT let the right decide which rows stay. */
    private Map<String, Map<Origin, Influence>> together(SetOperation operation) {
        Map<String, Map<Origin, Influence>> left = columns(operation.left());
        Map<String, Map<Origin, Influence>> right = columns(operation.right());
        boolean union = operation.kind() == SetOperation.Kind.UNION;
        if (!union || !operation.all()) {
            distinct(left);
            distinct(right);
        }
        Map<String, Map<Origin, Influence>> columns = new LinkedHashMap<>();
        List<Field> rightFields = operation.right().schema().fields();
        for (Field field : operation.left().schema().fields()) {
            Map<Origin, Influence> origins = new TreeMap<>(left.get(field.name()));
            if (union) {
                right.get(rightFields.get(columns.size()).name()).forEach((origin, influence) -> Lineage.add(origins, origin, influence));
            }
            columns.put(field.name(), origins);
        }
        return columns;
    }

    private Map<String, Map<Origin, Influence>> unnest(Unnest unnest) {
        Map<String, Map<Origin, Influence>> input = columns(unnest.input());
        Map<String, Map<Origin, Influence>> columns = new LinkedHashMap<>(input);
        columns.put(unnest.name(), raised(origins(unnest.array(), input), Influence.TRANSFORMATION));
        return columns;
    }

    private static Map<Origin, Influence> raised(Map<Origin, Influence> origins, Influence step) {
        Map<Origin, Influence> raised = new TreeMap<>();
        origins.forEach((origin, influence) -> raised.put(origin, influence.then(step)));
        return raised;
    }

    /** The origins of a value that is computed from a row. */
    private Map<Origin, Influence> origins(Expression expression, Map<String, Map<Origin, Influence>> row) {
        return switch (expression) {
            case Literal _, LambdaVariable _ -> Map.of();
            case ColumnReference column -> row.getOrDefault(column.name(), Map.of());
            case OuterReference reference -> outer.stream().skip(reference.level() - 1L).findFirst()
                .map(columns -> columns.getOrDefault(reference.name(), Map.of())).orElse(Map.of());
            case Call _, Cast _, Case _, FieldAccess _, Lambda _ -> parts(Expressions.parts(expression), row, Influence.TRANSFORMATION);
            case AggregateCall _, WindowCall _ -> parts(Expressions.parts(expression), row, Influence.AGGREGATION);
            case ScalarSubquery query -> query(query.plan(), row);
            case ExistsSubquery query -> query(query.plan(), row);
            case InSubquery query -> {
                Map<Origin, Influence> all = parts(List.of(query.value()), row, Influence.TRANSFORMATION);
                query(query.plan(), row).forEach((origin, influence) -> Lineage.add(all, origin, influence));
                yield all;
            }
        };
    }

    private Map<Origin, Influence> parts(List<Expression> parts, Map<String, Map<Origin, Influence>> row, Influence step) {
        Map<Origin, Influence> all = new TreeMap<>();
        parts.forEach(part -> raised(origins(part, row), step).forEach((origin, influence) -> Lineage.add(all, origin, influence)));
        return all;
    }

    private Map<Origin, Influence> query(Plan plan, Map<String, Map<Origin, Influence>> row) {
        Map<Origin, Influence> all = new TreeMap<>();
        within(row, plan).values().forEach(origins -> raised(origins, Influence.TRANSFORMATION)
            .forEach((origin, influence) -> Lineage.add(all, origin, influence)));
        return all;
    }
}
