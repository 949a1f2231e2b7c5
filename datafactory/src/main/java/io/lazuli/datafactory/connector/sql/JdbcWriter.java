package io.lazuli.datafactory.connector.sql;

import io.lazuli.algebra.source.RowCursor;
import io.lazuli.algebra.type.Field;
import io.lazuli.algebra.type.Schema;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Writes rows to a real database in one transaction, which ends without effect unless it is committed. */
public final class JdbcWriter implements AutoCloseable {
    private static final int BATCH = 1_000;
    /** States of the connection, the transaction or the server, not of a row. */
    private static final Pattern BROKEN = Pattern.compile("08|40|42|53|57|58|90");
    private final Connection connection;
    private final JdbcDialect dialect;

    JdbcWriter(Connection connection, JdbcDialect dialect) {
        this.connection = connection;
        this.dialect = dialect;
    }

    static String name(JdbcDialect dialect, SqlTableName table) {
        return dialect.quoted(table.schema()) + "." + dialect.quoted(table.name());
    }

    private String name(SqlTableName table) {
        return name(dialect, table);
    }

    /** Makes a table of these columns. */
    public void create(SqlTableName table, Schema columns) {
        execute("CREATE TABLE " + name(table) + columns.fields().stream().map(field -> dialect.quoted(field.name()) + " "
            + dialect.type(field)).collect(Collectors.joining(", ", " (", ")")));
    }

    /** The columns of a table's primary key, in its order. */
    public List<String> primaryKey(SqlTableName table) {
        Map<Integer, String> columns = new TreeMap<>();
        try (ResultSet keys = connection.getMetaData().getPrimaryKeys(catalog(table), schema(table), table.name())) {
            while (keys.next()) {
                columns.put(keys.getInt("KEY_SEQ"), keys.getString("COLUMN_NAME"));
            }
            return List.copyOf(columns.values());
        } catch (SQLException problem) {
            throw JdbcConnection.failed(problem);
        }
    }

    /** MySQL's databases are catalogs, and there are no schemas. */
    private String catalog(SqlTableName table) throws SQLException {
        return dialect == JdbcDialect.MYSQL ? table.schema() : connection.getCatalog();
    }

    private String schema(SqlTableName table) {
        return dialect == JdbcDialect.MYSQL ? null : table.schema();
    }

    /** The columns of a table; empty when there is none. */
    public Optional<Schema> table(SqlTableName table) {
        try {
            try (ResultSet found = connection.getMetaData().getTables(catalog(table), schema(table), table.name(), null)) {
                if (!found.next()) {
                    return Optional.empty();
                }
            }
            try (Statement statement = connection.createStatement();
                ResultSet none = statement.executeQuery("SELECT * FROM " + name(table) + " WHERE 1 = 0")) {
                return Optional.of(new Schema(JdbcColumns.of(none.getMetaData()).columns().stream()
                    .map(column -> new Field(column.name(), column.type().dataType())).toList()));
            }
        } catch (SQLException problem) {
            throw JdbcConnection.failed(problem);
        }
    }

    public void execute(String script) {
        try (Statement statement = connection.createStatement()) {
            statement.execute(script);
        } catch (SQLException problem) {
            throw JdbcConnection.failed(problem);
        }
    }

    /** Hears of the rows that a table refuses. */
    public interface Refusals {
        /** A row by its place in the cursor, from 0, and the database's number and text. */
        void refused(long row, int error, String message);

        /** Whether rows may be refused; else the first one ends the work with its error. */
        default boolean allowed() {
            return true;
        }
    }

    /** None: the first row that is refused fails. */
    public static final Refusals NONE = new Refusals() {
        @Override
        public void refused(long row, int error, String message) {
            throw new IllegalStateException(message);
        }

        @Override
        public boolean allowed() {
            return false;
        }
    };

    /** Inserts all rows of a cursor and gives their number; {@code progress} hears it after each batch. */
    public long insert(SqlTableName table, RowCursor rows, LongConsumer progress) {
        return insert(table, rows, progress, NONE);
    }

    /** As {@link #insert(SqlTableName, RowCursor, LongConsumer)}; gives the number of the rows that the table took. */
    public long insert(SqlTableName table, RowCursor rows, LongConsumer progress, Refusals refusals) {
        try (PreparedStatement insert = connection.prepareStatement(insert(table, rows.schema().names()))) {
            return batches(rows, progress, refusals, batch -> {
                insert.clearBatch();
                for (List<Object> row : batch) {
                    add(insert, row);
                }
                insert.executeBatch();
            });
        } catch (SQLException problem) {
            throw JdbcConnection.failed(problem.getNextException() == null ? problem : problem.getNextException());
        }
    }

    /** Updates the rows that are there, by their keys, and inserts the others; gives the number of all. */
    public long upsert(SqlTableName table, List<String> keys, RowCursor rows, LongConsumer progress) {
        return upsert(table, keys, true, rows, progress, NONE);
    }

    /** As above; with {@code keysWritten} false the table makes the keys of the rows that are inserted. */
    public long upsert(
        SqlTableName table, List<String> keys, boolean keysWritten, RowCursor rows, LongConsumer progress, Refusals refusals) {
        List<String> names = rows.schema().names();
        List<Integer> key = keys.stream().map(names::indexOf).toList();
        List<Integer> rest = IntStream.range(0, names.size()).boxed().filter(i -> !key.contains(i)).toList();
        List<Integer> set = rest.isEmpty() ? key : rest;
        List<Integer> order = Stream.concat(set.stream(), key.stream()).toList();
        List<Integer> inserted = keysWritten ? IntStream.range(0, names.size()).boxed().toList() : rest;
        String text = "UPDATE " + name(table) + " SET " + equal(names, set, ", ") + " WHERE " + equal(names, key, " AND ");
        try (PreparedStatement update = connection.prepareStatement(text);
            PreparedStatement insert = connection.prepareStatement(insert(table, inserted.stream().map(names::get).toList()))) {
            return batches(rows, progress, refusals, batch -> {
                update.clearBatch();
                insert.clearBatch();
                for (List<Object> row : batch) {
                    add(update, order.stream().map(row::get).toList());
                }
                int[] updated = update.executeBatch();
                for (int i = 0; i < updated.length; i++) {
                    if (updated[i] == 0) {
                        add(insert, inserted.stream().map(batch.get(i)::get).toList());
                    }
                }
                insert.executeBatch();
            });
        } catch (SQLException problem) {
            throw JdbcConnection.failed(problem.getNextException() == null ? problem : problem.getNextException());
        }
    }

    /** Updates the rows that are there, by their keys; gives the number of rows of the cursor. */
    public long update(SqlTableName table, List<String> keys, RowCursor rows, LongConsumer progress, Refusals refusals) {
        List<String> names = rows.schema().names();
        List<Integer> key = keys.stream().map(names::indexOf).toList();
        List<Integer> rest = IntStream.range(0, names.size()).boxed().filter(i -> !key.contains(i)).toList();
        List<Integer> set = rest.isEmpty() ? key : rest;
        return keyed("UPDATE " + name(table) + " SET " + equal(names, set, ", ") + " WHERE " + equal(names, key, " AND "),
            Stream.concat(set.stream(), key.stream()).toList(), rows, progress, refusals);
    }

    /** Deletes the rows that are there, by their keys; gives the number of rows of the cursor. */
    public long delete(SqlTableName table, List<String> keys, RowCursor rows, LongConsumer progress, Refusals refusals) {
        List<String> names = rows.schema().names();
        List<Integer> key = keys.stream().map(names::indexOf).toList();
        return keyed("DELETE FROM " + name(table) + " WHERE " + equal(names, key, " AND "), key, rows, progress, refusals);
    }

    private long keyed(String text, List<Integer> values, RowCursor rows, LongConsumer progress, Refusals refusals) {
        try (PreparedStatement statement = connection.prepareStatement(text)) {
            return batches(rows, progress, refusals, batch -> {
                statement.clearBatch();
                for (List<Object> row : batch) {
                    add(statement, values.stream().map(row::get).toList());
                }
                statement.executeBatch();
            });
        } catch (SQLException problem) {
            throw JdbcConnection.failed(problem.getNextException() == null ? problem : problem.getNextException());
        }
    }

    /** Removes a table. */
    public void drop(SqlTableName table) {
        execute("DROP TABLE " + name(table));
    }

    /** Removes all rows of a table, within the transaction. */
    public void clear(SqlTableName table) {
        execute("DELETE FROM " + name(table));
    }

    private String insert(SqlTableName table, List<String> names) {
        return "INSERT INTO " + name(table) + names.stream().map(dialect::quoted).collect(Collectors.joining(", ", " (", ")"))
            + " VALUES (" + String.join(", ", Collections.nCopies(names.size(), "?")) + ")";
    }

    private String equal(List<String> names, List<Integer> columns, String between) {
        return columns.stream().map(column -> dialect.quoted(names.get(column)) + " = ?").collect(Collectors.joining(between));
    }

    private interface Batch {
        void write(List<List<Object>> rows) throws SQLException;
    }

    private long batches(RowCursor rows, LongConsumer progress, Refusals refusals, Batch write) throws SQLException {
        List<List<Object>> batch = new ArrayList<>();
        long read = 0;
        long written = 0;
        boolean more = rows.next();
        while (more) {
            batch.add(IntStream.range(0, rows.schema().size()).mapToObj(i -> value(rows.value(i))).collect(Collectors.toList()));
            more = rows.next();
            if (batch.size() == BATCH || !more) {
                written += write(batch, read, refusals, write);
                read += batch.size();
                progress.accept(written);
                batch.clear();
            }
        }
        return written;
    }

    /** Writes rows, or where one of them is refused the halves by themselves. */
    private long write(List<List<Object>> rows, long first, Refusals refusals, Batch write) throws SQLException {
        if (!refusals.allowed()) {
            write.write(rows);
            return rows.size();
        }
        Savepoint before = connection.setSavepoint();
        try {
            write.write(rows);
            return rows.size();
        } catch (SQLException problem) {
            SQLException cause = problem.getNextException() == null ? problem : problem.getNextException();
            if (BROKEN.matcher(String.valueOf(cause.getSQLState())).lookingAt()) {
                throw cause;
            }
            connection.rollback(before);
            if (rows.size() == 1) {
                refusals.refused(first, cause.getErrorCode(), cause.getMessage());
                return 0;
            }
        }
        int half = rows.size() / 2;
        return write(rows.subList(0, half), first, refusals, write)
            + write(rows.subList(half, rows.size()), first + half, refusals, write);
    }

    private static void add(PreparedStatement statement, List<Object> row) throws SQLException {
        for (int i = 0; i < row.size(); i++) {
            statement.setObject(i + 1, row.get(i));
        }
        statement.addBatch();
    }

    private static Object value(Object value) {
        return value instanceof Instant instant ? instant.atOffset(ZoneOffset.UTC) : value;
    }

    public void commit() {
        try {
            connection.commit();
        } catch (SQLException problem) {
            throw JdbcConnection.failed(problem);
        }
    }

    @Override
    public void close() {
        try (connection) {
            connection.rollback();
        } catch (SQLException problem) {
            throw JdbcConnection.failed(problem);
        }
    }
}
