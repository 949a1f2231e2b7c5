package io.lazuli.languages.tsql.bind;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.engine.Catalog;
import io.lazuli.algebra.expression.ColumnReference;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.plan.Apply;
import io.lazuli.algebra.plan.Join;
import io.lazuli.algebra.plan.NamedExpression;
import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.plan.Project;
import io.lazuli.algebra.plan.Scan;
import io.lazuli.algebra.plan.Values;
import io.lazuli.algebra.source.TableSource;
import io.lazuli.algebra.type.Field;
import io.lazuli.algebra.type.Schema;
import io.lazuli.foundation.Place;
import io.lazuli.languages.tsql.bind.Scope.Relation;
import io.lazuli.languages.tsql.syntax.Query;
import io.lazuli.languages.tsql.syntax.Query.FromItem;
import io.lazuli.languages.tsql.type.SqlError;
import io.lazuli.languages.tsql.type.SqlType;
import java.util.ArrayList;
import java.util.List;

/** Binds FROM clauses: tables become plans whose columns no other table shares, and names for them. */
final class FromBinder {
    private final QueryBinder queries;
    private final Scope outer;

    FromBinder(QueryBinder queries, Scope outer) {
        this.queries = queries;
        this.outer = outer;
    }

    /** Rows and what their columns are called. */
    record Source(Plan plan, Scope scope) {
    }

    Source bind(List<FromItem> items) {
        if (items.isEmpty()) {
            return new Source(Values.ONE_ROW, new Scope(outer, List.of()));
        }
        Source all = bind(items.getFirst());
        for (FromItem item : items.subList(1, items.size())) {
            Source next = bind(item);
            all = new Source(Join.cross(all.plan(), next.plan()), joined(all, next));
        }
        return all;
    }

    private static Scope joined(Source left, Source right) {
        return left.scope().and(right.scope().relations());
    }

    Source bind(FromItem item) {
        return switch (item) {
            case Query.NamedTable table -> table(table);
            case Query.DerivedTable derived -> {
                BoundQuery query = queries.bind(derived.query(), outer);
                yield relation(List.of(derived.alias()), queries.named(query, derived.columns(), derived.alias(), derived.at()));
            }
            case Query.JoinedTables join -> join(join);
            case Query.AppliedTable apply -> apply(apply);
            case Query.TableFunction function -> TableFunctions.bind(function, queries, outer);
        };
    }

    private Source join(Query.JoinedTables join) {
        Source left = bind(join.left());
        Source right = bind(join.right());
        Scope scope = joined(left, right);
        if (join.kind().equals("CROSS")) {
            return new Source(Join.cross(left.plan(), right.plan()), scope);
        }
        Expression condition = new ExpressionBinder(queries, scope, null, null).condition(join.condition());
        return new Source(new Join(left.plan(), right.plan(), Join.Kind.valueOf(join.kind()), condition), scope);
    }

    /** The right side sees the left row as an enclosing query's. */
    private Source apply(Query.AppliedTable apply) {
        Source left = bind(apply.left());
        Source right = new FromBinder(queries, new Scope(outer, left.scope().relations())).bind(apply.right());
        return new Source(new Apply(left.plan(), right.plan(), apply.outer()), joined(left, right));
    }

    private Source table(Query.NamedTable table) {
        List<String> name = table.name();
        List<String> called = table.alias() == null ? name : List.of(table.alias());
        BoundQuery common = name.size() == 1 ? queries.commonTable(name.getFirst()) : null;
        if (common != null) {
            return relation(called, common);
        }
        Tables tables = new Tables(queries.environment());
        if (SystemViews.isView(name)) {
            return relation(called, new SystemViews(queries.environment(), queries.names()).bind(name, table.at()));
        }
        Environment.View view = tables.view(name);
        if (view != null) {
            BoundQuery query = queries.withoutCommonTables().bind(view.query(), null);
            return relation(called, queries.named(query, view.columns(), view.name().toString(), table.at()));
        }
        return scan(called, tables.require(name, table.at()));
    }

    private Source scan(List<String> called, Catalog.Table table) {
        List<Field> fields = new ArrayList<>();
        List<NamedExpression> renamed = new ArrayList<>();
        List<Scope.Column> columns = new ArrayList<>();
        for (var column : table.columns()) {
            Field field = new Field(column.name(), column.type());
            fields.add(field);
            SqlType type = Tables.type(column);
            Expression carried = Tables.carried(ColumnReference.of(field), type);
            NamedExpression internal = new NamedExpression(queries.names().next(column.name()), carried);
            renamed.add(internal);
            columns.add(new Scope.Column(column.name(), ColumnReference.of(internal.field()), type));
        }
        Plan plan = new Project(new Scan(new TableSource(table.name()), new Schema(fields)), renamed);
        return new Source(plan, new Scope(outer, List.of(new Relation(called, columns))));
    }

    /** A query as a relation; its columns get names of their own, as the query may stand in several places. */
    private Source relation(List<String> called, BoundQuery query) {
        return relation(called, query, queries.names(), outer);
    }

    static Source relation(List<String> called, BoundQuery query, Names names, Scope outer) {
        List<NamedExpression> renamed = new ArrayList<>();
        List<Scope.Column> columns = new ArrayList<>();
        for (BoundQuery.Column column : query.columns()) {
            NamedExpression internal = new NamedExpression(names.next(column.name()), column.reference());
            renamed.add(internal);
            columns.add(new Scope.Column(column.name(), ColumnReference.of(internal.field()), column.type()));
        }
        return new Source(new Project(query.plan(), renamed), new Scope(outer, List.of(new Relation(called, columns))));
    }

    /** Whether a query reads a table of that name in its own FROM clauses. */
    static boolean mentions(Query query, String name) {
        return query.with().stream().noneMatch(table -> table.name().equalsIgnoreCase(name)) && mentions(query.body(), name);
    }

    private static boolean mentions(Query.Body body, String name) {
        return switch (body) {
            case Query.Select select -> select.from().stream().anyMatch(item -> mentions(item, name));
            case Query.Combined combined -> mentions(combined.left(), name) || mentions(combined.right(), name);
            case Query.Nested nested -> mentions(nested.query(), name);
            case Query.ValueRows _ -> false;
        };
    }

    private static boolean mentions(FromItem item, String name) {
        return switch (item) {
            case Query.NamedTable table -> table.name().size() == 1 && table.name().getFirst().equalsIgnoreCase(name);
            case Query.DerivedTable derived -> mentions(derived.query(), name);
            case Query.JoinedTables join -> mentions(join.left(), name) || mentions(join.right(), name);
            case Query.AppliedTable apply -> mentions(apply.left(), name) || mentions(apply.right(), name);
            case Query.TableFunction _ -> false;
        };
    }

    static RuntimeException unknownTable(List<String> name, Place at, String hint) {
        return failure(SqlError.INVALID_OBJECT, at, "Invalid object name '%s'.%s", String.join(".", name), hint);
    }
}
