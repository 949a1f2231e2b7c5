package io.lazuli.datafactory.connector.sql;

import io.lazuli.algebra.source.RowCursor;
import io.lazuli.algebra.type.Field;
import io.lazuli.algebra.type.Schema;
import io.lazuli.datafactory.configuration.LinkedServiceSettings;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;

/** Writes rows to a real database in one transaction, which ends without effect unless it is committed. */
public final class JdbcWriter implements AutoCloseable {
    private static final int BATCH = 1_000;
    private final Connection connection;
    private final LinkedServiceSettings.Jdbc settings;

    JdbcWriter(Connection connection, LinkedServiceSettings.Jdbc settings) {
        this.connection = connection;
        this.settings = settings;
    }

    private String name(SqlTableName table) {
        return JdbcConnection.quoted(settings, table.schema()) + "." + JdbcConnection.quoted(settings, table.name());
    }

    /** The columns of a table; empty when there is none. */
    public Optional<Schema> table(SqlTableName table) {
        try {
            try (ResultSet found = connection.getMetaData().getTables(null, table.schema(), table.name(), null)) {
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

    /** Inserts all rows of a cursor and gives their number; {@code progress} hears it after each batch. */
    public long insert(SqlTableName table, RowCursor rows, LongConsumer progress) {
        List<String> names = rows.schema().names();
        String text = "INSERT INTO " + name(table)
            + names.stream().map(column -> JdbcConnection.quoted(settings, column)).collect(Collectors.joining(", ", " (", ")"))
            + " VALUES (" + String.join(", ", Collections.nCopies(names.size(), "?")) + ")";
        long count = 0;
        try (PreparedStatement statement = connection.prepareStatement(text)) {
            while (rows.next()) {
                for (int i = 0; i < names.size(); i++) {
                    statement.setObject(i + 1, value(rows.value(i)));
                }
                statement.addBatch();
                if (++count % BATCH == 0) {
                    statement.executeBatch();
                    progress.accept(count);
                }
            }
            if (count % BATCH != 0) {
                statement.executeBatch();
            }
            return count;
        } catch (SQLException problem) {
            throw JdbcConnection.failed(problem.getNextException() == null ? problem : problem.getNextException());
        }
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
