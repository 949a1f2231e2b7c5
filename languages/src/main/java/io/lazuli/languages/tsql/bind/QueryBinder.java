package io.lazuli.languages.tsql.bind;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.expression.Call;
import io.lazuli.algebra.expression.ColumnReference;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.operator.ComparisonOperators;
import io.lazuli.algebra.plan.Join;
import io.lazuli.algebra.plan.Limit;
import io.lazuli.algebra.plan.NamedExpression;
import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.plan.Project;
import io.lazuli.algebra.plan.SetOperation;
import io.lazuli.algebra.plan.Sort;
import io.lazuli.algebra.plan.SortKey;
import io.lazuli.algebra.plan.Values;
import io.lazuli.algebra.type.Field;
import io.lazuli.algebra.type.Schema;
import io.lazuli.foundation.Place;
import io.lazuli.languages.tsql.bind.BoundQuery.Column;
import io.lazuli.languages.tsql.syntax.Query;
import io.lazuli.languages.tsql.syntax.Query.CommonTable;
import io.lazuli.languages.tsql.syntax.SqlExpression;
import io.lazuli.languages.tsql.syntax.SqlExpression.ColumnName;
import io.lazuli.languages.tsql.syntax.SqlExpression.Constant;
import io.lazuli.languages.tsql.syntax.SqlExpression.OrderItem;
import io.lazuli.languages.tsql.type.SqlError;
import io.lazuli.languages.tsql.type.SqlType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Binds queries to plans. One binder serves one statement: it numbers the columns of its plans. */
final class QueryBinder {
    private final Environment environment;
    private final Names names;
    private final Map<String, BoundQuery> commonTables;

    QueryBinder(Environment environment) {
        this(environment, new Names(), Map.of());
    }

    private QueryBinder(Environment environment, Names names, Map<String, BoundQuery> commonTables) {
        this.environment = environment;
        this.names = names;
        this.commonTables = commonTables;
    }

    Environment environment() {
        return environment;
    }

    Names names() {
        return names;
    }

    BoundQuery commonTable(String name) {
        return commonTables.get(name.toUpperCase(Locale.ROOT));
    }

    /** This binder without what a WITH clause named, for a view's query. */
    QueryBinder withoutCommonTables() {
        return new QueryBinder(environment, names, Map.of());
    }

    /** This binder knowing the tables of a WITH clause too. */
    QueryBinder with(List<CommonTable> tables, Scope outer) {
        if (tables.isEmpty()) {
            return this;
        }
        Map<String, BoundQuery> known = new LinkedHashMap<>(commonTables);
        for (CommonTable table : tables) {
            if (FromBinder.mentions(table.query(), table.name())) {
                throw ExpressionBinder.unsupported("The recursive common table expression '" + table.name() + "'", table.at());
            }
            BoundQuery query = new QueryBinder(environment, names, known).bind(table.query(), outer);
            known.put(table.name().toUpperCase(Locale.ROOT), named(query, table.columns(), table.name(), table.at()));
        }
        return new QueryBinder(environment, names, known);
    }

    /** A query as a table: its columns have names, each once. */
    BoundQuery named(BoundQuery query, List<String> columns, String table, Place at) {
        if (!columns.isEmpty() && columns.size() != query.columns().size()) {
            throw failure(SqlError.COLUMN_COUNT, at, "'%s' has %s columns than were specified in the column list.", table,
                query.columns().size() > columns.size() ? "more" : "fewer");
        }
        List<Column> renamed = new ArrayList<>();
        for (int i = 0; i < query.columns().size(); i++) {
            Column column = query.columns().get(i);
            String name = columns.isEmpty() ? column.name() : columns.get(i);
            if (name.isEmpty()) {
                throw failure(SqlError.UNNAMED_COLUMN, at, "No column name was specified for column %d of '%s'.", i + 1, table);
            }
            renamed.add(new Column(name, column.inPlan(), column.type()));
        }
        return new BoundQuery(query.plan(), renamed);
    }

    /** Binds a query whose names may mean columns of {@code outer} rows too. */
    BoundQuery bind(Query query, Scope outer) {
        QueryBinder inner = with(query.with(), outer);
        if (query.body() instanceof Query.Select select) {
            return new SelectBinder(inner, select, query, outer).bind();
        }
        BoundQuery body = inner.body(query.body(), outer);
        return query.orderBy().isEmpty() ? body : inner.sorted(body, query, outer);
    }

    private BoundQuery body(Query.Body body, Scope outer) {
        return switch (body) {
            case Query.Select select -> new SelectBinder(this, select,
                new Query(List.of(), select, List.of(), null, null, select.at()), outer).bind();
            case Query.Nested nested -> bind(nested.query(), outer);
            case Query.ValueRows values -> values(values, outer);
            case Query.Combined combined -> combined(combined, outer);
        };
    }

    /** Rows written out; a column's type is what its values have in common. */
    private BoundQuery values(Query.ValueRows values, Scope outer) {
        ExpressionBinder binder = new ExpressionBinder(this, new Scope(outer, List.of()), null, null);
        List<List<Typed>> rows = values.rows().stream().map(row -> row.stream().map(binder::value).toList()).toList();
        int width = rows.getFirst().size();
        if (rows.stream().anyMatch(row -> row.size() != width)) {
            throw failure(SqlError.INSERT_COUNT, values.at(), "All the rows of VALUES must have the same number of values.");
        }
        List<Column> columns = new ArrayList<>();
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < width; i++) {
            int index = i;
            SqlType type = ExpressionBinder.commonType(rows.stream().map(row -> row.get(index)).toList());
            columns.add(new Column("", names.next("value"), type));
            fields.add(new Field(columns.get(i).inPlan(), type.dataType()));
        }
        List<List<Expression>> converted = rows.stream().map(row -> convert(row, columns, values.at())).toList();
        return new BoundQuery(new Values(new Schema(fields), converted), columns);
    }

    private static List<Expression> convert(List<Typed> row, List<Column> columns, Place at) {
        List<Expression> converted = new ArrayList<>();
        for (int i = 0; i < row.size(); i++) {
            converted.add(Conversions.implicit(row.get(i), columns.get(i).type(), at).expression());
        }
        return converted;
    }

    private BoundQuery combined(Query.Combined combined, Scope outer) {
        BoundQuery left = body(combined.left(), outer);
        BoundQuery right = body(combined.right(), outer);
        if (left.columns().size() != right.columns().size()) {
            throw failure(SqlError.COLUMN_COUNT, combined.at(),
                "All queries combined using a UNION, INTERSECT or EXCEPT operator must have an "
                + "equal number of expressions in their target lists.");
        }
        if (combined.all() && !combined.kind().equals("UNION")) {
            throw ExpressionBinder.unsupported(combined.kind() + " ALL", combined.at());
        }
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < left.columns().size(); i++) {
            Column one = left.columns().get(i);
            Column other = right.columns().get(i);
            SqlType type = ExpressionBinder.commonType(List.of(new Typed(one.reference(), one.type()), new Typed(other.reference(),
                other.type())));
            columns.add(new Column(one.name(), names.next(one.name()), type));
        }
        BoundQuery first = converted(left, columns, combined.at());
        Plan second = converted(right, columns, combined.at()).plan();
        return switch (combined.kind()) {
            case "UNION" -> {
                BoundQuery all = new BoundQuery(new SetOperation(first.plan(), second, SetOperation.Kind.UNION, true), columns);
                yield combined.all() ? all : DistinctRows.of(all, names);
            }
            case "INTERSECT" -> matched(DistinctRows.of(first, names), second, Join.Kind.SEMI);
            default -> matched(DistinctRows.of(first, names), second, Join.Kind.ANTI);
        };
    }

    /** The query with columns of these names and types, and no others. */
    private static BoundQuery converted(BoundQuery query, List<Column> columns, Place at) {
        List<NamedExpression> projected = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            Column column = query.columns().get(i);
            Typed value = Conversions.implicit(new Typed(column.reference(), column.type()), columns.get(i).type(), at);
            projected.add(new NamedExpression(columns.get(i).inPlan(), value.expression()));
        }
        return new BoundQuery(new Project(query.plan(), projected), columns);
    }

    /** The left rows that some right row equals, or none; nulls are equal. */
    private BoundQuery matched(BoundQuery left, Plan right, Join.Kind kind) {
        List<NamedExpression> renamed = new ArrayList<>();
        Expression condition = Literal.TRUE;
        for (int i = 0; i < left.columns().size(); i++) {
            Field field = right.schema().fields().get(i);
            NamedExpression other = new NamedExpression(names.next(field.name()), ColumnReference.of(field));
            renamed.add(other);
            condition = Expressions.and(condition, Call.of(ComparisonOperators.NOT_DISTINCT,
                Expressions.key(left.columns().get(i).reference()), Expressions.key(ColumnReference.of(other.field()))));
        }
        return new BoundQuery(new Join(left.plan(), new Project(right, renamed), kind, condition), left.columns());
    }

    /** Sorts combined rows: by position or by the name of a column. */
    private BoundQuery sorted(BoundQuery query, Query whole, Scope outer) {
        List<SortKey> keys = new ArrayList<>();
        for (OrderItem item : whole.orderBy()) {
            Column column = position(item, query.columns());
            if (column == null && item.expression() instanceof ColumnName name && name.parts().size() == 1) {
                column = query.columns().stream().filter(each -> each.name().equalsIgnoreCase(name.column())).findFirst().orElse(null);
            }
            if (column == null) {
                throw failure(SqlError.ORDER_POSITION, item.expression().at(),
                    "ORDER BY items must appear in the select list if the statement "
                    + "contains a UNION, INTERSECT or EXCEPT operator.");
            }
            keys.add(sortKey(column.reference(), item));
        }
        return limited(new BoundQuery(new Sort(query.plan(), keys), query.columns()), whole, outer);
    }

    /** Nulls come before all values. */
    static SortKey sortKey(Expression expression, OrderItem item) {
        return new SortKey(Expressions.key(expression), item.ascending(), item.ascending());
    }

    /** The column that an ordinal names, null when the item is no ordinal. */
    static Column position(OrderItem item, List<Column> columns) {
        if (!(item.expression() instanceof Constant constant) || constant.kind() != SqlExpression.ConstantKind.INTEGER) {
            return null;
        }
        BigDecimal position = new BigDecimal(constant.text());
        if (position.signum() <= 0 || position.compareTo(BigDecimal.valueOf(columns.size())) > 0) {
            throw failure(SqlError.ORDER_POSITION, constant.at(),
                "The ORDER BY position number %s is out of range of the number of items in the select list.", constant.text());
        }
        return columns.get(position.intValueExact() - 1);
    }

    BoundQuery limited(BoundQuery query, Query whole, Scope outer) {
        if (whole.offset() == null) {
            return query;
        }
        long count = whole.fetch() == null ? Long.MAX_VALUE : rowCount(whole.fetch(), outer);
        return new BoundQuery(new Limit(query.plan(), rowCount(whole.offset(), outer), count), query.columns());
    }

    /** A number of rows, known when the statement is bound. */
    long rowCount(SqlExpression expression, Scope outer) {
        Typed value = Conversions.implicit(new ExpressionBinder(this, new Scope(outer, List.of()), null, null).value(expression),
            SqlType.BIGINT, expression.at());
        Object number = value.expression() instanceof Literal literal ? literal.value() : environment.evaluate(value.expression());
        if (!(number instanceof Long rows) || rows < 0) {
            throw failure(SqlError.ORDER_POSITION, expression.at(), "A TOP N or FETCH rowcount value may not be negative or NULL.");
        }
        return rows;
    }
}
