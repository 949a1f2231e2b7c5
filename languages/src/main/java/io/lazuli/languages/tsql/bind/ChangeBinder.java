package io.lazuli.languages.tsql.bind;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.engine.Catalog;
import io.lazuli.algebra.engine.Command;
import io.lazuli.algebra.engine.CreateTable;
import io.lazuli.algebra.engine.DeleteRows;
import io.lazuli.algebra.engine.InsertRows;
import io.lazuli.algebra.engine.UpdateRows;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.plan.NamedExpression;
import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.plan.Project;
import io.lazuli.algebra.plan.Values;
import io.lazuli.algebra.type.Field;
import io.lazuli.algebra.type.Schema;
import io.lazuli.foundation.NearestName;
import io.lazuli.foundation.Place;
import io.lazuli.languages.tsql.syntax.Query;
import io.lazuli.languages.tsql.syntax.SqlExpression;
import io.lazuli.languages.tsql.syntax.SqlExpression.FunctionCall;
import io.lazuli.languages.tsql.syntax.Statement;
import io.lazuli.languages.tsql.type.SqlError;
import io.lazuli.languages.tsql.type.SqlType;
import java.util.ArrayList;
import java.util.List;

/** Binds INSERT, UPDATE and DELETE to commands. */
public final class ChangeBinder {
    private final Environment environment;
    private final QueryBinder queries;

    ChangeBinder(Environment environment, QueryBinder queries) {
        this.environment = environment;
        this.queries = queries;
    }

    public Command insert(Statement.Insert insert) {
        Catalog.Table table = new Tables(environment).require(insert.table(), insert.at());
        List<CreateTable.Column> columns = insertedColumns(table, insert.columns(), insert.at());
        if (insert.rows() == null) {
            return defaults(table, insert.at());
        }
        if (insert.rows().body() instanceof Query.ValueRows values) {
            return new InsertRows(table.name(), names(columns), rows(values, columns, insert.at()));
        }
        BoundQuery query = queries.with(insert.with(), null).bind(insert.rows(), null);
        return insertQuery(table, columns, query, insert.at());
    }

    /** The query's rows into these columns. */
    public Command insertQuery(Catalog.Table table, List<CreateTable.Column> columns, BoundQuery query, Place at) {
        requireCount(query.columns().size(), columns.size(), at);
        List<NamedExpression> converted = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            BoundQuery.Column column = query.columns().get(i);
            Typed value = new Typed(column.reference(), column.type());
            converted.add(new NamedExpression(queries.names().next("insert"), stored(value, columns.get(i), at)));
        }
        return new InsertRows(table.name(), names(columns), new Project(query.plan(), converted));
    }

    static List<String> names(List<CreateTable.Column> columns) {
        return columns.stream().map(CreateTable.Column::name).toList();
    }

    static void requireCount(int given, int expected, Place at) {
        if (given != expected) {
            throw failure(SqlError.INSERT_COUNT, at, "Column name or number of supplied values does not match table definition: "
                + "%d values for %d columns.", given, expected);
        }
    }

    /** A value as the column takes it; texts that are too long are the engine's to refuse. */
    static Expression stored(Typed value, CreateTable.Column column, Place at) {
        SqlType type = Tables.type(column);
        SqlType uncut = type.isString() ? new SqlType(SqlType.Kind.NVARCHAR, SqlType.MAX, 0, 0) : type;
        return Conversions.implicit(value, uncut, at).expression();
    }

    /** The listed columns, or all that the table does not number itself. */
    public List<CreateTable.Column> insertedColumns(Catalog.Table table, List<String> listed, Place at) {
        boolean explicit = environment.property("IDENTITY_INSERT " + table.name()).isPresent();
        if (listed.isEmpty()) {
            return table.columns().stream().filter(column -> column.identity().isEmpty()).toList();
        }
        List<CreateTable.Column> columns = new ArrayList<>();
        for (String name : listed) {
            CreateTable.Column column = column(table, name, at);
            if (columns.contains(column)) {
                throw failure(SqlError.DUPLICATE_COLUMN, at, "The column name '%s' is specified more than once in the SET clause or column "
                    + "list of an INSERT.", name);
            }
            if (column.identity().isPresent() && !explicit) {
                throw failure(SqlError.IDENTITY_INSERT, at, "Cannot insert explicit value for identity column in table '%s' when "
                    + "IDENTITY_INSERT is set to OFF.", table.name().name());
            }
            columns.add(column);
        }
        return columns;
    }

    static CreateTable.Column column(Catalog.Table table, String name, Place at) {
        return table.columns().stream().filter(column -> column.name().equalsIgnoreCase(name)).findFirst()
            .orElseThrow(() -> failure(SqlError.INVALID_COLUMN, at, "Invalid column name '%s'.%s", name,
                NearestName.of(name, names(table.columns())).map(nearest -> " Did you mean '" + nearest + "'?").orElse("")));
    }

    private Plan rows(Query.ValueRows values, List<CreateTable.Column> columns, Place at) {
        ExpressionBinder binder = new ExpressionBinder(queries, new Scope(null, List.of()), null, null);
        List<Field> fields = columns.stream().map(column -> new Field(column.name(), column.type())).toList();
        List<List<Expression>> rows = new ArrayList<>();
        for (List<SqlExpression> row : values.rows()) {
            requireCount(row.size(), columns.size(), at);
            List<Expression> converted = new ArrayList<>();
            for (int i = 0; i < row.size(); i++) {
                converted.add(value(row.get(i), columns.get(i), binder));
            }
            rows.add(converted);
        }
        return new Values(new Schema(fields), rows);
    }

    static Expression value(SqlExpression expression, CreateTable.Column column, ExpressionBinder binder) {
        if (expression instanceof FunctionCall call && call.name().equals(List.of("DEFAULT"))) {
            return defaultOf(column);
        }
        return stored(binder.value(expression), column, expression.at());
    }

    static Expression defaultOf(CreateTable.Column column) {
        return column.defaultValue().orElseGet(() -> new Literal(null, column.type()));
    }

    private Command defaults(Catalog.Table table, Place at) {
        List<CreateTable.Column> columns = table.columns().stream().filter(column -> column.identity().isEmpty()).toList();
        if (columns.isEmpty()) {
            throw ExpressionBinder.unsupported("INSERT … DEFAULT VALUES into a table of nothing but an identity column", at);
        }
        Schema schema = new Schema(columns.stream().map(column -> new Field(column.name(), column.type())).toList());
        return new InsertRows(table.name(), names(columns), new Values(schema, List.of(columns.stream()
            .map(ChangeBinder::defaultOf).toList())));
    }

    public Command update(Statement.Update update) {
        refuse(update.top() != null, "UPDATE TOP", update.at());
        QueryBinder inner = queries.with(update.with(), null);
        refuse(update.target().size() == 1 && inner.commonTable(update.target().getFirst()) != null,
            "UPDATE of a common table expression", update.at());
        ChangedTable changed = ChangedTable.of(update.target(), update.from(), update.where(), inner, update.at());
        List<NamedExpression> assignments = new ArrayList<>();
        for (Statement.Assignment assignment : update.assignments()) {
            assignments.add(assignment(assignment, changed));
        }
        return new UpdateRows(changed.table().name(), assignments, changed.condition());
    }

    private static NamedExpression assignment(Statement.Assignment assignment, ChangedTable changed) {
        CreateTable.Column column = changeable(changed.table(), assignment);
        return new NamedExpression(column.name(), changed.value(binder ->
            assigned(assignment, column, changed.qualified(column.name()), binder)));
    }

    /** The column that an assignment changes. */
    static CreateTable.Column changeable(Catalog.Table table, Statement.Assignment assignment) {
        refuse(assignment.variable() != null, "UPDATE … SET @variable", assignment.at());
        CreateTable.Column column = column(table, assignment.column(), assignment.at());
        if (column.identity().isPresent()) {
            throw failure(SqlError.UPDATE_IDENTITY, assignment.at(), "Cannot update identity column '%s'.", column.name());
        }
        return column;
    }

    /** The value that an assignment gives its column, which is {@code qualified} in the binder's scope. */
    static Expression assigned(
        Statement.Assignment assignment, CreateTable.Column column, List<String> qualified, ExpressionBinder binder) {
        if (assignment.value() instanceof FunctionCall call && call.name().equals(List.of("DEFAULT"))) {
            return defaultOf(column);
        }
        String operator = assignment.operator().substring(0, assignment.operator().length() - 1);
        Typed value = binder.value(assignment.value());
        Typed result = operator.isEmpty() ? value : Arithmetic.binary(operator,
            binder.value(new SqlExpression.ColumnName(qualified, assignment.at())), value, assignment.at());
        return stored(result, column, assignment.at());
    }

    public Command delete(Statement.Delete delete) {
        refuse(delete.top() != null, "DELETE TOP", delete.at());
        QueryBinder inner = queries.with(delete.with(), null);
        refuse(delete.target().size() == 1 && inner.commonTable(delete.target().getFirst()) != null,
            "DELETE from a common table expression", delete.at());
        ChangedTable changed = ChangedTable.of(delete.target(), delete.from(), delete.where(), inner, delete.at());
        return new DeleteRows(changed.table().name(), changed.condition());
    }

    static void refuse(boolean present, String construct, Place at) {
        if (present) {
            throw ExpressionBinder.unsupported(construct, at);
        }
    }
}
