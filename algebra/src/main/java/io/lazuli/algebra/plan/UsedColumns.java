package io.lazuli.algebra.plan;

import io.lazuli.algebra.expression.ColumnReference;
import io.lazuli.algebra.expression.ExistsSubquery;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.Expressions;
import io.lazuli.algebra.expression.InSubquery;
import io.lazuli.algebra.expression.ScalarSubquery;
import io.lazuli.algebra.type.Field;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The columns of each shared part that some plan looks at, so that an engine need not keep the others. */
public final class UsedColumns {
    private final Map<String, Set<String>> used = new HashMap<>();

    /** Looks at plans of which all columns are wanted. */
    public UsedColumns(Collection<Plan> plans) {
        plans.forEach(this::all);
    }

    /** The columns of a shared part that are used, in the order of its schema. */
    public List<String> of(Shared shared) {
        Set<String> names = used.getOrDefault(shared.name(), Set.of());
        return shared.schema().names().stream().filter(names::contains).toList();
    }

    private void all(Plan plan) {
        visit(plan, new HashSet<>(plan.schema().names()));
    }

    private void visit(Plan plan, Set<String> wanted) {
        switch (plan) {
            case Scan _ -> { }
            case Values values -> values.rows().forEach(row -> row.forEach(this::subqueries));
            case Filter filter -> visit(filter.input(), with(filter.input(), wanted, Stream.of(filter.condition())));
            case Project project -> visit(project.input(), with(project.input(), Set.of(), wanted(project.columns(), wanted)));
            case Join join -> {
                List<Field> fields = join.left().schema().followedBy(join.right().schema()).fields();
                Set<String> both = with(fields, wanted, Stream.of(join.condition()));
                visit(join.left(), own(join.left(), both));
                visit(join.right(), own(join.right(), both));
            }
            case Apply apply -> {
                all(apply.left());
                visit(apply.right(), own(apply.right(), wanted));
            }
            case Aggregate aggregate -> visit(aggregate.input(), with(aggregate.input(), Set.of(), Stream.concat(
                aggregate.keys().stream().map(NamedExpression::expression), wanted(aggregate.aggregates(), wanted))));
            case Window window -> visit(window.input(),
                with(window.input(), own(window.input(), wanted), wanted(window.columns(), wanted)));
            case Sort sort -> visit(sort.input(), with(sort.input(), wanted, sort.keys().stream().map(SortKey::expression)));
            case Limit limit -> visit(limit.input(), wanted);
            case Distinct distinct -> all(distinct.input());
            case SetOperation operation -> together(operation, wanted);
            case Unnest unnest -> visit(unnest.input(), with(unnest.input(), own(unnest.input(), wanted), Stream.of(unnest.array())));
            case Shared shared -> {
                boolean first = !used.containsKey(shared.name());
                if (used.computeIfAbsent(shared.name(), _ -> new HashSet<>()).addAll(wanted) || first) {
                    visit(shared.input(), Set.copyOf(used.get(shared.name())));
                }
            }
        }
    }

    private void together(SetOperation operation, Set<String> wanted) {
        if (operation.kind() != SetOperation.Kind.UNION || !operation.all()) {
            all(operation.left());
            all(operation.right());
            return;
        }
        List<String> left = operation.left().schema().names();
        List<String> right = operation.right().schema().names();
        visit(operation.left(), wanted);
        Set<String> others = new HashSet<>();
        for (int i = 0; i < left.size(); i++) {
            if (wanted.contains(left.get(i))) {
                others.add(right.get(i));
            }
        }
        visit(operation.right(), others);
    }

    private static Set<String> own(Plan plan, Set<String> wanted) {
        Set<String> own = new HashSet<>(plan.schema().names());
        own.retainAll(wanted);
        return own;
    }

    private static Stream<Expression> wanted(List<NamedExpression> columns, Set<String> wanted) {
        return columns.stream().filter(column -> wanted.contains(column.name())).map(NamedExpression::expression);
    }

    private Set<String> with(Plan input, Set<String> wanted, Stream<? extends Expression> expressions) {
        return with(input.schema().fields(), wanted, expressions);
    }

    /** What is wanted and what expressions refer to; all columns where a subquery may refer to the row. */
    private Set<String> with(List<Field> fields, Set<String> wanted, Stream<? extends Expression> expressions) {
        Set<String> names = new HashSet<>(wanted);
        expressions.forEach(expression -> {
            Expressions.forEach(expression, part -> {
                if (part instanceof ColumnReference column) {
                    names.add(column.name());
                }
            });
            if (subqueries(expression)) {
                fields.forEach(field -> names.add(field.name()));
            }
        });
        return names;
    }

    private boolean subqueries(Expression expression) {
        boolean[] any = {false};
        Expressions.forEach(expression, part -> {
            Plan query = switch (part) {
                case ScalarSubquery scalar -> scalar.plan();
                case ExistsSubquery exists -> exists.plan();
                case InSubquery in -> in.plan();
                default -> null;
            };
            if (query != null) {
                any[0] = true;
                all(query);
            }
        });
        return any[0];
    }
}
