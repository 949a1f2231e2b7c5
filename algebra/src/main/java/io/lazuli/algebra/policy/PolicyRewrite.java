package io.lazuli.algebra.policy;

import io.lazuli.algebra.expression.Call;
import io.lazuli.algebra.expression.ColumnReference;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.Expressions;
import io.lazuli.algebra.operator.ComparisonOperators;
import io.lazuli.algebra.plan.Filter;
import io.lazuli.algebra.plan.NamedExpression;
import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.plan.Plans;
import io.lazuli.algebra.plan.Project;
import io.lazuli.algebra.plan.Scan;
import io.lazuli.algebra.policy.AccessPolicy.Rights;
import io.lazuli.algebra.source.Source;
import io.lazuli.algebra.source.TableName;
import io.lazuli.algebra.source.TableSource;
import io.lazuli.algebra.type.Field;
import io.lazuli.algebra.type.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Puts row filters and masks on the scans of a plan. Filters see the real values, everything above a scan the masked ones.
 *
 * @param describe gives all columns of a source
 */
record PolicyRewrite(AccessPolicy policy, String principal, Function<Source, Schema> describe) {
    Plan rewritten(Plan plan) {
        return Plans.replace(plan, part -> part instanceof Scan scan ? Optional.of(restricted(scan)) : Optional.empty());
    }

    /** An expression whose subqueries see what the principal may see. */
    Expression rewritten(Expression expression) {
        return Plans.replaceQueries(expression, this::rewritten);
    }

    /** A condition on a table's rows that is true only for rows that the principal sees. */
    Expression rewritten(TableName table, Expression condition) {
        Source source = new TableSource(table);
        Expression own = rewritten(condition);
        return policy.rights(principal, source, () -> describe.apply(source)).flatMap(Rights::rows)
            .<Expression>map(rows -> Call.of(ComparisonOperators.AND, rows, own)).orElse(own);
    }

    private Plan restricted(Scan scan) {
        Optional<Rights> rights = policy.rights(principal, scan.source(), () -> describe.apply(scan.source()));
        return rights.<Plan>map(found -> restricted(scan, found)).orElse(scan);
    }

    private static Plan restricted(Scan scan, Rights rights) {
        List<Field> fields = new ArrayList<>(scan.schema().fields());
        Stream.concat(rights.rows().stream(), rights.masks().values().stream()).forEach(expression ->
            Expressions.forEach(expression, part -> {
                if (part instanceof ColumnReference column && fields.stream().noneMatch(field -> field.name().equals(column.name()))) {
                    fields.add(new Field(column.name(), column.type()));
                }
            }));
        Plan all = new Scan(scan.source(), new Schema(fields));
        Plan seen = rights.rows().<Plan>map(condition -> new Filter(all, condition)).orElse(all);
        return new Project(seen, scan.schema().fields().stream().map(field -> new NamedExpression(field.name(),
            rights.masks().getOrDefault(field.name(), ColumnReference.of(field)))).toList(), scan.schema());
    }
}
