package io.lazuli.algebra.plan;

import io.lazuli.algebra.expression.ExistsSubquery;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.Expressions;
import io.lazuli.algebra.expression.InSubquery;
import io.lazuli.algebra.expression.ScalarSubquery;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Walks over plans, the plans of subqueries among them. */
public final class Plans {
    private Plans() {
    }

    /** Gives the plan and all its parts, outermost first; the parts of one for which the visitor says false are left out. */
    public static void forEach(Plan plan, Predicate<Plan> visitor) {
        replace(plan, part -> visitor.test(part) ? Optional.empty() : Optional.of(part));
    }

    /** The plan in which the outermost parts that the function answers for are replaced by its answers, of the same schemas. */
    public static Plan replace(Plan plan, Function<Plan, Optional<Plan>> replacement) {
        return replacement.apply(plan).orElseGet(() -> new Rebuilding(replacement).rebuilt(plan));
    }

    /** The expression with other plans in its subqueries, of the same schemas. */
    public static Expression replaceQueries(Expression expression, UnaryOperator<Plan> replacement) {
        return new Rebuilding(plan -> Optional.of(replacement.apply(plan))).expression(expression);
    }

    private record Rebuilding(Function<Plan, Optional<Plan>> replacement) {
        Plan rebuilt(Plan plan) {
            return switch (plan) {
                case Scan _ -> plan;
                case Values values -> new Values(values.schema(), values.rows().stream().map(this::expressions).toList());
                case Filter filter -> new Filter(part(filter.input()), expression(filter.condition()));
                case Project project -> new Project(part(project.input()), named(project.columns()), project.schema());
                case Join join -> new Join(part(join.left()), part(join.right()), join.kind(), expression(join.condition()));
                case Apply apply -> new Apply(part(apply.left()), part(apply.right()), apply.outer());
                case Aggregate aggregate -> new Aggregate(part(aggregate.input()), named(aggregate.keys()),
                    named(aggregate.aggregates()), aggregate.schema());
                case Window window -> new Window(part(window.input()), named(window.columns()), window.schema());
                case Sort sort -> new Sort(part(sort.input()), sort.keys().stream().map(key ->
                    new SortKey(expression(key.expression()), key.ascending(), key.nullsFirst())).toList());
                case Limit limit -> new Limit(part(limit.input()), limit.offset(), limit.count());
                case Distinct distinct -> new Distinct(part(distinct.input()));
                case SetOperation operation ->
                    new SetOperation(part(operation.left()), part(operation.right()), operation.kind(), operation.all());
                case Unnest unnest -> new Unnest(part(unnest.input()), expression(unnest.array()), unnest.name(), unnest.outer());
                case Shared shared -> new Shared(shared.name(), part(shared.input()));
            };
        }

        private Plan part(Plan plan) {
            return replace(plan, replacement);
        }

        private List<NamedExpression> named(List<NamedExpression> columns) {
            return columns.stream().map(column -> new NamedExpression(column.name(), expression(column.expression()))).toList();
        }

        private List<Expression> expressions(List<Expression> row) {
            return row.stream().map(this::expression).toList();
        }

        private Expression expression(Expression expression) {
            return Expressions.replace(expression, part -> switch (part) {
                case ScalarSubquery query -> Optional.of(new ScalarSubquery(part(query.plan())));
                case ExistsSubquery query -> Optional.of(new ExistsSubquery(part(query.plan())));
                case InSubquery query -> Optional.of(new InSubquery(expression(query.value()), part(query.plan())));
                default -> Optional.empty();
            });
        }
    }
}
