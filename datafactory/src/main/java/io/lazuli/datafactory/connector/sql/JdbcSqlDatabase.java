package io.lazuli.datafactory.connector.sql;

import io.lazuli.algebra.engine.Execution;
import io.lazuli.algebra.source.RowCursor;
import io.lazuli.algebra.source.RowSource;
import io.lazuli.algebra.type.Field;
import io.lazuli.algebra.type.Schema;
import io.lazuli.datafactory.configuration.LinkedServiceSettings;
import io.lazuli.languages.tsql.session.BatchResult;
import io.lazuli.languages.tsql.session.BatchResult.AffectedRows;
import io.lazuli.languages.tsql.session.BatchResult.Message;
import io.lazuli.languages.tsql.session.BatchResult.ResultSet;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A real database, through its vendor's driver. Scripts are sent as they are; an effect key means nothing to it, so that a script that
 * was interrupted may run twice.
 */
public final class JdbcSqlDatabase implements SqlDatabase {
    private final String linkedService;
    private final LinkedServiceSettings.Jdbc settings;

    JdbcSqlDatabase(String linkedService, LinkedServiceSettings.Jdbc settings) {
        this.linkedService = linkedService;
        this.settings = settings;
    }

    @Override
    public BatchResult run(SqlBatch batch, Execution execution) {
        JdbcScript script = JdbcScript.of(batch.text(), batch.parameters());
        try (Connection connection = JdbcConnection.open(linkedService, settings);
            PreparedStatement statement = script.prepare(connection, batch.parameters())) {
            execution.onCancel(() -> cancel(statement));
            List<BatchResult.Result> results = new ArrayList<>();
            boolean rows = statement.execute();
            while (rows || statement.getUpdateCount() >= 0) {
                results.add(rows ? rows(statement, batch.rowLimit()) : new AffectedRows(statement.getUpdateCount()));
                rows = statement.getMoreResults();
            }
            for (SQLWarning warning = statement.getWarnings(); warning != null; warning = warning.getNextWarning()) {
                results.add(new Message(warning.getMessage()));
            }
            return new BatchResult(results, Map.of(), 0);
        } catch (SQLException problem) {
            throw JdbcConnection.failed(problem);
        }
    }

    private static void cancel(PreparedStatement statement) {
        try {
            statement.cancel();
        } catch (SQLException problem) {
            throw JdbcConnection.failed(problem);
        }
    }

    private static ResultSet rows(PreparedStatement statement, int limit) throws SQLException {
        try (java.sql.ResultSet set = statement.getResultSet()) {
            JdbcColumns columns = JdbcColumns.of(set.getMetaData());
            List<List<Object>> rows = new ArrayList<>();
            while (rows.size() < limit && set.next()) {
                rows.add(columns.row(set));
            }
            return new ResultSet(columns.columns(), rows);
        }
    }

    @Override
    public String name(SqlTableName table) {
        return JdbcWriter.name(JdbcDialect.of(settings.url()), table);
    }

    @Override
    public String call(String procedure, Collection<String> variables) {
        return JdbcScript.call(procedure, variables);
    }

    /** The rows of a query's first result, read from the database as the engine asks for them. */
    public RowSource rows(SqlBatch query) {
        try (Rows first = new Rows(query)) {
            Schema schema = first.schema();
            return new RowSource() {
                @Override
                public Schema schema() {
                    return schema;
                }

                @Override
                public RowCursor open() {
                    return new Rows(query);
                }
            };
        }
    }

    /** A connection of its own, which the cursor closes. */
    private final class Rows implements RowCursor {
        private static final int FETCH = 10_000;
        private final Connection connection;
        private final PreparedStatement statement;
        private final java.sql.ResultSet set;
        private final JdbcColumns columns;
        private final Schema schema;
        private List<Object> row;

        Rows(SqlBatch query) {
            Connection opened = null;
            try {
                opened = JdbcConnection.open(linkedService, settings);
                connection = opened;
                connection.setAutoCommit(false);
                statement = JdbcScript.of(query.text(), query.parameters()).prepare(connection, query.parameters());
                statement.setFetchSize(FETCH);
                set = statement.executeQuery();
                columns = JdbcColumns.of(set.getMetaData());
                schema = new Schema(fields(columns));
            } catch (SQLException problem) {
                close(opened, problem);
                throw JdbcConnection.failed(problem);
            }
        }

        private static void close(Connection opened, SQLException problem) {
            try {
                if (opened != null) {
                    opened.close();
                }
            } catch (SQLException second) {
                problem.addSuppressed(second);
            }
        }

        private static List<Field> fields(JdbcColumns columns) {
            List<Field> fields = new ArrayList<>();
            Set<String> names = new HashSet<>();
            for (BatchResult.Column column : columns.columns()) {
                String plain = column.name().isEmpty() ? "Column" + (fields.size() + 1) : column.name();
                String free = plain;
                for (int number = 1; !names.add(free); number++) {
                    free = plain + number;
                }
                fields.add(new Field(free, column.type().dataType()));
            }
            return fields;
        }

        @Override
        public Schema schema() {
            return schema;
        }

        @Override
        public boolean next() {
            try {
                row = set.next() ? columns.row(set) : null;
                return row != null;
            } catch (SQLException problem) {
                throw JdbcConnection.failed(problem);
            }
        }

        @Override
        public Object value(int column) {
            return row.get(column);
        }

        @Override
        public void close() {
            try (connection; statement; set) {
                row = null;
            } catch (SQLException problem) {
                throw JdbcConnection.failed(problem);
            }
        }
    }

    /** A transaction in which rows are written; whoever began it ends it. */
    public JdbcWriter begin() {
        try {
            Connection connection = JdbcConnection.open(linkedService, settings);
            connection.setAutoCommit(false);
            return new JdbcWriter(connection, JdbcDialect.of(settings.url()));
        } catch (SQLException problem) {
            throw JdbcConnection.failed(problem);
        }
    }
}
