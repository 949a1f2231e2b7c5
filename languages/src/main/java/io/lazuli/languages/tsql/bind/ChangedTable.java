package io.lazuli.languages.tsql.bind;

import io.lazuli.algebra.engine.Catalog;
import io.lazuli.algebra.engine.CreateTable;
import io.lazuli.algebra.expression.Call;
import io.lazuli.algebra.expression.ColumnReference;
import io.lazuli.algebra.expression.ExistsSubquery;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.expression.OuterReference;
import io.lazuli.algebra.expression.ScalarSubquery;
import io.lazuli.algebra.operator.ComparisonOperators;
import io.lazuli.algebra.plan.Filter;
import io.lazuli.algebra.plan.Limit;
import io.lazuli.algebra.plan.NamedExpression;
import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.plan.Project;
import io.lazuli.foundation.Place;
import io.lazuli.languages.tsql.bind.FromBinder.Source;
import io.lazuli.languages.tsql.bind.Scope.Relation;
import io.lazuli.languages.tsql.syntax.Query;
import io.lazuli.languages.tsql.syntax.Query.FromItem;
import io.lazuli.languages.tsql.syntax.SqlExpression;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * The table that an UPDATE or DELETE changes, and which of its rows.
 *
 * <p>Without joins, expressions see the table's own columns. With joins they see the joined rows that belong to a row of the table: the
 * row is found again in the join by its primary key, or by all its columns when there is none (rows that are equal in all columns join
 * alike, so that it does not matter which of them is found).
 */
final class ChangedTable {
    private final Catalog.Table table;
    private final Relation relation;
    private final QueryBinder queries;
    private final ExpressionBinder binder;
    /** The joined rows of one row of the table; null without joins. */
    private final Plan joined;
    private final Expression condition;

    private ChangedTable(
        Catalog.Table table, Relation relation, QueryBinder queries, ExpressionBinder binder, Plan joined, Expression condition) {
        this.table = table;
        this.relation = relation;
        this.queries = queries;
        this.binder = binder;
        this.joined = joined;
        this.condition = condition;
    }

    static ChangedTable of(List<String> target, List<FromItem> from, SqlExpression where, QueryBinder queries, Place at) {
        List<Query.NamedTable> named = new ArrayList<>();
        from.forEach(item -> collect(item, named));
        Query.NamedTable alias = named.stream().filter(item -> isTarget(item, target)).findFirst().orElse(null);
        Catalog.Table table = new Tables(queries.environment()).require(alias == null ? target : alias.name(), at);
        if (from.isEmpty() || from.size() == 1 && from.getFirst() == alias) {
            return plain(table, alias == null || alias.alias() == null ? target : List.of(alias.alias()), where, queries);
        }
        if (alias == null) {
            throw ExpressionBinder.unsupported("A FROM clause that does not name the changed table", at);
        }
        return joined(table, alias.alias() == null ? alias.name() : List.of(alias.alias()), from, where, queries);
    }

    private static void collect(FromItem item, List<Query.NamedTable> named) {
        switch (item) {
            case Query.NamedTable table -> named.add(table);
            case Query.JoinedTables join -> {
                collect(join.left(), named);
                collect(join.right(), named);
            }
            case Query.AppliedTable apply -> {
                collect(apply.left(), named);
                collect(apply.right(), named);
            }
            case Query.DerivedTable _, Query.TableFunction _ -> { }
        }
    }

    private static boolean isTarget(Query.NamedTable item, List<String> target) {
        if (item.alias() != null && target.size() == 1 && item.alias().equalsIgnoreCase(target.getFirst())) {
            return true;
        }
        return Tables.schema(item.name()).equalsIgnoreCase(Tables.schema(target))
            && item.name().getLast().equalsIgnoreCase(target.getLast());
    }

    private static ChangedTable plain(Catalog.Table table, List<String> called, SqlExpression where, QueryBinder queries) {
        List<Scope.Column> columns = table.columns().stream()
            .map(column -> new Scope.Column(column.name(), new ColumnReference(column.name(), column.type()),
                Tables.type(column))).toList();
        Relation relation = new Relation(called, columns);
        ExpressionBinder binder = new ExpressionBinder(queries, new Scope(null, List.of(relation)), null, null);
        return new ChangedTable(table, relation, queries, binder, null, where == null ? Literal.TRUE : binder.condition(where));
    }

    private static ChangedTable joined(
        Catalog.Table table, List<String> called, List<FromItem> from, SqlExpression where, QueryBinder queries) {
        Source source = new FromBinder(queries, null).bind(from);
        Relation relation = source.scope().relations().stream().filter(each -> each.isCalled(called)).findFirst().orElseThrow();
        ExpressionBinder binder = new ExpressionBinder(queries, source.scope(), null, null);
        Plan rows = where == null ? source.plan() : new Filter(source.plan(), binder.condition(where));
        Plan own = new Filter(rows, sameRow(table, relation));
        return new ChangedTable(table, relation, queries, binder, own, new ExistsSubquery(own));
    }

    private static Expression sameRow(Catalog.Table table, Relation relation) {
        Expression same = Literal.TRUE;
        for (int i = 0; i < table.columns().size(); i++) {
            CreateTable.Column column = table.columns().get(i);
            if (table.primaryKey().isEmpty() || table.primaryKey().stream().anyMatch(column.name()::equalsIgnoreCase)) {
                same = Expressions.and(same, Call.of(ComparisonOperators.NOT_DISTINCT, relation.columns().get(i).reference(),
                    new OuterReference(1, column.name(), column.type())));
            }
        }
        return same;
    }

    Catalog.Table table() {
        return table;
    }

    Expression condition() {
        return condition;
    }

    /** A column of the changed table, told from those of joined tables. */
    List<String> qualified(String column) {
        List<String> name = new ArrayList<>(relation.names());
        name.add(column);
        return name;
    }

    /** A value computed from a row of the table, or from one of its joined rows. */
    Expression value(Function<ExpressionBinder, Expression> bound) {
        Expression value = bound.apply(binder);
        if (joined == null || value instanceof Literal) {
            return value;
        }
        Project column = new Project(joined, List.of(new NamedExpression(queries.names().next("value"), value)));
        return new ScalarSubquery(new Limit(column, 0, 1));
    }
}
