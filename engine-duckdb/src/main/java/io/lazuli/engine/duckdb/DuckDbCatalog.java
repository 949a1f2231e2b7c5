package io.lazuli.engine.duckdb;

import io.lazuli.algebra.engine.Catalog;
import io.lazuli.algebra.engine.CreateTable;
import io.lazuli.algebra.source.TableName;
import io.lazuli.algebra.type.DataType;
import io.lazuli.engine.duckdb.render.SqlLiterals;
import io.lazuli.engine.duckdb.render.SqlTypeParser;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The tables of one database file, as DuckDB and the comments on columns tell. */
final class DuckDbCatalog implements Catalog {
    private final String database;
    private final Connection connection;

    DuckDbCatalog(String database, Connection connection) {
        this.database = database;
        this.connection = connection;
    }

    @Override
    public String database() {
        return database;
    }

    @Override
    public Optional<Table> table(String schema, String name) {
        String where = " WHERE database_name = " + SqlLiterals.string(database.toLowerCase(Locale.ROOT))
            + " AND lower(schema_name) = lower(" + SqlLiterals.string(schema)
            + ") AND lower(table_name) = lower(" + SqlLiterals.string(name) + ")";
        try (Statement statement = connection.createStatement()) {
            List<CreateTable.Column> columns = new ArrayList<>();
            TableName table = null;
            try (ResultSet row = statement.executeQuery("SELECT schema_name, table_name, column_name, data_type, is_nullable, comment "
                + "FROM duckdb_columns()" + where + " ORDER BY column_index")) {
                while (row.next()) {
                    table = new TableName(database, row.getString(1), row.getString(2));
                    columns.add(column(row));
                }
            }
            return table == null ? Optional.empty() : Optional.of(new Table(table, List.copyOf(columns), primaryKey(where)));
        } catch (SQLException e) {
            throw DuckDbErrors.translate(e, text -> text);
        }
    }

    private static CreateTable.Column column(ResultSet row) throws SQLException {
        DataType type = SqlTypeParser.parse(row.getString(4));
        ColumnNotes notes = ColumnNotes.parse(row.getString(6), type);
        return new CreateTable.Column(row.getString(3), type, notes.declaredType(), row.getBoolean(5), notes.maxLength(),
            notes.defaultValue(), notes.identity());
    }

    private List<String> primaryKey(String where) throws SQLException {
        try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery(
            "SELECT constraint_column_names FROM duckdb_constraints()" + where + " AND constraint_type = 'PRIMARY KEY'")) {
            if (!row.next()) {
                return List.of();
            }
            Array names = row.getArray(1);
            return Arrays.stream((Object[]) names.getArray()).map(String::valueOf).toList();
        }
    }

    @Override
    public List<TableName> tables() {
        List<TableName> tables = new ArrayList<>();
        try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery(
            "SELECT schema_name, table_name FROM duckdb_tables() WHERE database_name = "
                + SqlLiterals.string(database.toLowerCase(Locale.ROOT)) + " ORDER BY ALL")) {
            while (row.next()) {
                tables.add(new TableName(database, row.getString(1), row.getString(2)));
            }
            return List.copyOf(tables);
        } catch (SQLException e) {
            throw DuckDbErrors.translate(e, text -> text);
        }
    }
}
