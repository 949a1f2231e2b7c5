package io.lazuli.languages.tsql.bind;

import io.lazuli.algebra.engine.CreateTable;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.source.TableName;
import io.lazuli.foundation.Place;
import io.lazuli.languages.tsql.syntax.Query;
import io.lazuli.languages.tsql.syntax.SqlExpression;
import io.lazuli.languages.tsql.syntax.Statement;
import io.lazuli.languages.tsql.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Binds one statement. Errors are those of SQL Server, with the place in the statement's text. */
public final class StatementBinder {
    private final Environment environment;
    private final QueryBinder queries;
    private final ExpressionBinder alone;

    public StatementBinder(Environment environment) {
        this.environment = environment;
        this.queries = new QueryBinder(environment);
        this.alone = new ExpressionBinder(queries, new Scope(null, List.of()), null, null);
    }

    public BoundQuery query(Query query) {
        return queries.bind(query, null);
    }

    /** An expression without columns, but for those of its subqueries. */
    public Typed value(SqlExpression expression) {
        return alone.value(expression);
    }

    /** The value as a variable of that type takes it: texts are cut. */
    public Typed value(SqlExpression expression, SqlType type) {
        return Conversions.explicit(alone.value(expression), type, false, expression.at());
    }

    /** {@code value operator operand} as a variable of the value's type takes it. */
    public Typed combined(Typed value, String operator, SqlExpression operand) {
        return Conversions.explicit(Arithmetic.binary(operator, value, alone.value(operand), operand.at()), value.type(), false,
            operand.at());
    }

    public static Typed converted(Typed value, SqlType type, Place at) {
        return Conversions.explicit(value, type, false, at);
    }

    public Expression condition(SqlExpression condition) {
        return alone.condition(condition);
    }

    public ChangeBinder changes() {
        return new ChangeBinder(environment, queries);
    }

    /** {@code kept} names a table that keeps the source's rows while the statement runs. */
    public MergeBinder merge(Statement.Merge merge, TableName kept) {
        return new MergeBinder(merge, environment, queries, kept);
    }

    /** A table of that name; {@code primaryKey} columns take no nulls. */
    public CreateTable table(TableName name, Statement.CreateTable table) {
        List<CreateTable.Column> columns = new ArrayList<>();
        for (Statement.ColumnDefinition column : table.columns()) {
            columns.add(column(column, table.primaryKey()));
        }
        return new CreateTable(name, columns, table.primaryKey(), false);
    }

    public CreateTable.Column column(Statement.ColumnDefinition column, List<String> primaryKey) {
        SqlType type = SqlType.of(column.type(), 1);
        boolean key = primaryKey.stream().anyMatch(column.name()::equalsIgnoreCase);
        boolean nullable = !key && column.identity() == null && !Boolean.FALSE.equals(column.nullable());
        Optional<Expression> defaultValue = column.defaultValue() == null ? Optional.empty()
            : Optional.of(defaultValue(column.defaultValue(), type, column.at()));
        Optional<Integer> length = (type.isString() || type.isBinary()) && type.length() != SqlType.MAX
            ? Optional.of(type.length()) : Optional.empty();
        return new CreateTable.Column(column.name(), type.dataType(), type.toString(), nullable, length, defaultValue,
            Optional.ofNullable(column.identity()).map(identity -> new CreateTable.Identity(identity.seed(), identity.step())));
    }

    Expression defaultValue(SqlExpression value, SqlType type, Place at) {
        return Conversions.explicit(defaults(value), type, false, at).expression();
    }

    public TableAlteration alteration(Statement.AlterTable alter) {
        return new TableAlteration(alter, environment, this);
    }

    /** In a default the current time is the time of the insert. */
    private Typed defaults(SqlExpression expression) {
        return new ExpressionBinder(new QueryBinder(new DefaultsEnvironment(environment)), new Scope(null, List.of()), null, null)
            .value(expression);
    }

    /** The columns that a query's rows would have as a table, for SELECT INTO. */
    public static CreateTable tableOf(TableName name, BoundQuery query) {
        return new CreateTable(name, query.columns().stream().map(column -> new CreateTable.Column(column.name(), column.type().dataType(),
            column.type().toString(), true, (column.type().isString() || column.type().isBinary()) && column.type().length() != SqlType.MAX
                ? Optional.of(column.type().length()) : Optional.empty(), Optional.empty(), Optional.empty())).toList(), List.of(), false);
    }

    /** A query as a table has it: every column named, and each name once. */
    public BoundQuery asTable(BoundQuery query, String table, Place at) {
        return queries.named(query, List.of(), table, at);
    }
}
