package io.lazuli.languages.tsql.bind;

import io.lazuli.algebra.expression.ColumnReference;
import io.lazuli.algebra.plan.NamedExpression;
import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.plan.Project;
import io.lazuli.languages.tsql.type.SqlType;
import java.util.List;

/** A plan and the columns of it that the query shows; others are only there to sort by. */
public record BoundQuery(Plan plan, List<Column> columns) {
    /** A shown column: its name, empty for none and not always unique, the plan's column that holds it, and its type. */
    public record Column(String name, String inPlan, SqlType type) {
        ColumnReference reference() {
            return new ColumnReference(inPlan, type.dataType());
        }
    }

    public BoundQuery {
        columns = List.copyOf(columns);
    }

    /** The plan with the shown columns only. */
    public Plan shown() {
        List<String> wanted = columns.stream().map(Column::inPlan).toList();
        return plan.schema().names().equals(wanted) ? plan : new Project(plan, columns.stream()
            .map(column -> new NamedExpression(column.inPlan(), column.reference())).toList());
    }
}
