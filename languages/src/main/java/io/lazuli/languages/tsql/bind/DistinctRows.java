package io.lazuli.languages.tsql.bind;

import io.lazuli.algebra.expression.AggregateCall;
import io.lazuli.algebra.operator.AggregateOperators;
import io.lazuli.algebra.plan.Aggregate;
import io.lazuli.algebra.plan.Distinct;
import io.lazuli.algebra.plan.NamedExpression;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.languages.tsql.bind.BoundQuery.Column;
import java.util.ArrayList;
import java.util.List;

/** Each distinct row once; texts that the collation holds equal are one, of which one spelling stays. */
final class DistinctRows {
    private DistinctRows() {
    }

    static BoundQuery of(BoundQuery query, Names names) {
        if (query.columns().stream().noneMatch(column -> column.type().dataType() == ScalarType.STRING)) {
            return new BoundQuery(new Distinct(query.shown()), query.columns());
        }
        List<NamedExpression> keys = new ArrayList<>();
        List<NamedExpression> spellings = new ArrayList<>();
        List<Column> columns = new ArrayList<>();
        for (Column column : query.columns()) {
            NamedExpression key = new NamedExpression(names.next("key"), Expressions.key(column.reference()));
            keys.add(key);
            String shown = key.name();
            if (column.type().isString()) {
                shown = names.next(column.name());
                spellings.add(new NamedExpression(shown, AggregateCall.of(AggregateOperators.ANY_VALUE, column.reference())));
            }
            columns.add(new Column(column.name(), shown, column.type()));
        }
        return new BoundQuery(new Aggregate(query.plan(), keys, spellings), columns);
    }
}
