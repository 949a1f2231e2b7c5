package io.lazuli.languages.tsql.bind;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.expression.AggregateCall;
import io.lazuli.algebra.expression.ColumnReference;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.operator.AggregateOperators;
import io.lazuli.algebra.plan.Aggregate;
import io.lazuli.algebra.plan.NamedExpression;
import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.languages.tsql.syntax.SqlExpression.ColumnName;
import io.lazuli.languages.tsql.type.SqlError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The groups of a query: its keys, and the aggregates that its expressions ask for. */
final class Grouping {
    private final Names names;
    private final List<NamedExpression> keys = new ArrayList<>();
    private final List<NamedExpression> aggregates = new ArrayList<>();
    /** What an expression over the rows is called among the groups. */
    private final Map<Expression, ColumnReference> visible = new LinkedHashMap<>();

    Grouping(Names names) {
        this.names = names;
    }

    /** Texts are grouped by their collation keys; each group shows one of its texts as it was written. */
    void addKey(Expression expression) {
        if (visible.containsKey(expression)) {
            return;
        }
        NamedExpression key = new NamedExpression(names.next("key"), Expressions.key(expression));
        keys.add(key);
        visible.put(expression, expression.type() == ScalarType.STRING
            ? aggregate(AggregateCall.of(AggregateOperators.ANY_VALUE, expression)) : ColumnReference.of(key.field()));
    }

    /** The column that holds an aggregate; the same call twice is one column. */
    ColumnReference aggregate(AggregateCall call) {
        ColumnReference known = visible.get(call);
        if (known == null) {
            NamedExpression column = new NamedExpression(names.next(call.operator().name()), call);
            aggregates.add(column);
            known = ColumnReference.of(column.field());
            visible.put(call, known);
        }
        return known;
    }

    /** The column that holds a group's key, null when the expression is none. */
    ColumnReference find(Expression expression) {
        return visible.get(expression);
    }

    ColumnReference require(Expression expression, ColumnName name) {
        ColumnReference found = visible.get(expression);
        if (found == null) {
            throw failure(SqlError.NOT_GROUPED, name.at(),
                "Column '%s' is invalid in the select list because it is not contained in either "
                + "an aggregate function or the GROUP BY clause.", String.join(".", name.parts()));
        }
        return found;
    }

    Plan over(Plan input) {
        return new Aggregate(input, keys, aggregates);
    }
}
