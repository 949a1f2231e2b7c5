package io.lazuli.languages.tsql.bind;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.OuterReference;
import io.lazuli.algebra.plan.Filter;
import io.lazuli.algebra.plan.Limit;
import io.lazuli.algebra.plan.NamedExpression;
import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.plan.Project;
import io.lazuli.algebra.plan.Sort;
import io.lazuli.algebra.plan.SortKey;
import io.lazuli.languages.tsql.bind.BoundQuery.Column;
import io.lazuli.languages.tsql.bind.FromBinder.Source;
import io.lazuli.languages.tsql.syntax.Query;
import io.lazuli.languages.tsql.syntax.Query.Item;
import io.lazuli.languages.tsql.syntax.Query.Select;
import io.lazuli.languages.tsql.syntax.SqlExpression;
import io.lazuli.languages.tsql.syntax.SqlExpression.ColumnName;
import io.lazuli.languages.tsql.syntax.SqlExpression.OrderItem;
import io.lazuli.languages.tsql.syntax.SqlExpression.Star;
import io.lazuli.languages.tsql.type.SqlError;
import io.lazuli.languages.tsql.type.SqlType;
import java.util.ArrayList;
import java.util.List;

/** Binds one SELECT with what follows it: from, where, group, having, windows, list, distinct, order, top. */
final class SelectBinder {
    private final QueryBinder queries;
    private final Select select;
    private final Query whole;
    private final Scope outer;
    private final Windows windows;
    /** The select list and, after it, what is only sorted by. */
    private final List<NamedExpression> projected = new ArrayList<>();
    private final List<Column> columns = new ArrayList<>();

    SelectBinder(QueryBinder queries, Select select, Query whole, Scope outer) {
        this.queries = queries;
        this.select = select;
        this.whole = whole;
        this.outer = outer;
        this.windows = new Windows(queries.names());
    }

    BoundQuery bind() {
        Source source = new FromBinder(queries, outer).bind(select.from());
        Scope scope = source.scope();
        Plan rows = source.plan();
        ExpressionBinder overRows = new ExpressionBinder(queries, scope, null, null);
        if (select.where() != null) {
            rows = new Filter(rows, overRows.condition(select.where()));
        }
        Grouping grouping = grouping(overRows);
        ExpressionBinder binder = new ExpressionBinder(queries, scope, grouping, windows);
        Expression having = select.having() == null ? null
            : new ExpressionBinder(queries, scope, grouping, null).condition(select.having());
        select.items().forEach(item -> add(item, binder, scope));
        List<SortKey> order = whole.orderBy().stream().map(item -> sortKey(item, binder)).toList();
        Plan plan = grouping == null ? rows : grouping.over(rows);
        plan = having == null ? plan : new Filter(plan, having);
        return finished(new Project(windows.over(plan), projected), order);
    }

    private Grouping grouping(ExpressionBinder overRows) {
        boolean grouped = !select.groupBy().isEmpty() || select.having() != null
            || select.items().stream().anyMatch(item -> SyntaxWalk.hasAggregate(item.value()))
            || whole.orderBy().stream().anyMatch(item -> SyntaxWalk.hasAggregate(item.expression()));
        if (!grouped) {
            return null;
        }
        Grouping grouping = new Grouping(queries.names());
        for (SqlExpression key : select.groupBy()) {
            Expression expression = overRows.value(key).expression();
            if (!(expression instanceof OuterReference)) {
                grouping.addKey(expression);
            }
        }
        return grouping;
    }

    private void add(Item item, ExpressionBinder binder, Scope scope) {
        if (item.value() instanceof Star star) {
            addAll(star, binder, scope);
            return;
        }
        Typed value = binder.value(item.value());
        String name = item.alias() != null ? item.alias() : item.value() instanceof ColumnName column ? column.column() : "";
        add(name, value);
    }

    private void add(String name, Typed value) {
        Typed typed = value.type().equals(SqlType.NULL) ? Typed.nothing(SqlType.INT) : value;
        String inPlan = queries.names().next(name);
        projected.add(new NamedExpression(inPlan, typed.expression()));
        columns.add(new Column(name, inPlan, typed.type()));
    }

    private void addAll(Star star, ExpressionBinder binder, Scope scope) {
        List<Scope.Relation> relations = scope.relations().stream()
            .filter(relation -> star.qualifier().isEmpty() || relation.isCalled(star.qualifier())).toList();
        if (relations.isEmpty()) {
            throw star.qualifier().isEmpty() ? failure(SqlError.SYNTAX, star.at(), "Must specify table to select from.")
                : failure(SqlError.UNBOUND_NAME, star.at(), "The column prefix '%s' does not match with a table name or alias name used in "
                    + "the query.", String.join(".", star.qualifier()));
        }
        for (Scope.Relation relation : relations) {
            for (Scope.Column column : relation.columns()) {
                Expression reference = binder.grouping() == null ? column.reference()
                    : binder.grouping().require(column.reference(), new ColumnName(List.of(column.name()), star.at()));
                add(column.name(), new Typed(reference, column.type()));
            }
        }
    }

    /** By a position, by an alias, or by an expression, which may be one of the select list. */
    private SortKey sortKey(OrderItem item, ExpressionBinder binder) {
        Column column = QueryBinder.position(item, columns);
        if (column == null && item.expression() instanceof ColumnName name && name.parts().size() == 1) {
            column = columns.stream().filter(each -> each.name().equalsIgnoreCase(name.column())).findFirst().orElse(null);
        }
        return QueryBinder.sortKey(column != null ? column.reference() : hidden(item, binder), item);
    }

    private Expression hidden(OrderItem item, ExpressionBinder binder) {
        Typed value = binder.value(item.expression());
        for (NamedExpression known : projected) {
            if (known.expression().equals(value.expression())) {
                return new io.lazuli.algebra.expression.ColumnReference(known.name(), known.expression().type());
            }
        }
        if (select.distinct()) {
            throw failure(SqlError.ORDER_DISTINCT, item.expression().at(),
                "ORDER BY items must appear in the select list if SELECT DISTINCT is specified.");
        }
        NamedExpression column = new NamedExpression(queries.names().next("sort"), value.expression());
        projected.add(column);
        return new io.lazuli.algebra.expression.ColumnReference(column.name(), value.expression().type());
    }

    private BoundQuery finished(Plan plan, List<SortKey> order) {
        BoundQuery query = new BoundQuery(plan, columns);
        List<SortKey> keys = order;
        if (select.distinct()) {
            BoundQuery distinct = DistinctRows.of(query, queries.names());
            keys = order.stream().map(key -> renamed(key, query, distinct)).toList();
            return limited(distinct, keys);
        }
        return limited(query, keys);
    }

    /** A sort key over the columns as they are called after DISTINCT. */
    private static SortKey renamed(SortKey key, BoundQuery before, BoundQuery after) {
        for (int i = 0; i < before.columns().size(); i++) {
            if (Expressions.key(before.columns().get(i).reference()).equals(key.expression())) {
                return new SortKey(Expressions.key(after.columns().get(i).reference()), key.ascending(), key.nullsFirst());
            }
        }
        throw new IllegalStateException("sort key " + key);
    }

    private BoundQuery limited(BoundQuery query, List<SortKey> order) {
        BoundQuery sorted = order.isEmpty() ? query : new BoundQuery(new Sort(query.plan(), order), query.columns());
        if (select.withTies()) {
            throw ExpressionBinder.unsupported("TOP … WITH TIES", select.at());
        }
        if (select.top() != null) {
            return new BoundQuery(new Limit(sorted.plan(), 0, queries.rowCount(select.top(), outer)), sorted.columns());
        }
        return queries.limited(sorted, whole, outer);
    }
}
