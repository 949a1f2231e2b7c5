package io.lazuli.datafactory.connector.sql;

import io.lazuli.algebra.engine.CreateTable;
import io.lazuli.algebra.engine.Execution;
import io.lazuli.algebra.engine.InsertRows;
import io.lazuli.algebra.engine.Session;
import io.lazuli.algebra.expression.Call;
import io.lazuli.algebra.expression.ColumnReference;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.operator.ComparisonOperators;
import io.lazuli.algebra.plan.Filter;
import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.plan.Scan;
import io.lazuli.algebra.plan.Values;
import io.lazuli.algebra.source.RowCursor;
import io.lazuli.algebra.source.TableName;
import io.lazuli.algebra.source.TableSource;
import io.lazuli.algebra.type.Field;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.algebra.type.Schema;
import io.lazuli.languages.tsql.bind.Tables;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Marks in a database of the activity runs that were committed to it. A mark and its effects are one transaction, so that a run that is
 * repeated after a crash finds the mark exactly when the effects are there.
 */
public final class EffectMarks {
    private static final JsonMapper JSON = new JsonMapper();
    static final Schema COLUMNS = Schema.of(new Field("effect_key", ScalarType.STRING), new Field("step", ScalarType.INT32),
        new Field("content", ScalarType.STRING));
    /** The step number of a finished effect's result. */
    static final int RESULT = -1;

    private final TableName table;

    public EffectMarks(String database) {
        this.table = new TableName(database, Tables.INTERNAL_SCHEMA, "effects");
    }

    /** What a committed activity run gave. */
    public Optional<ObjectNode> find(Session session, String activityRun) {
        if (session.catalog(table.database()).table(table.schema(), table.name()).isEmpty()) {
            return Optional.empty();
        }
        Plan mark = new Filter(new Scan(new TableSource(table), COLUMNS), Call.of(ComparisonOperators.EQUAL,
            new ColumnReference("effect_key", ScalarType.STRING), Literal.string(activityRun)));
        try (RowCursor cursor = session.query(mark, Execution.UNWATCHED)) {
            return cursor.next() ? Optional.of((ObjectNode) JSON.readTree((String) cursor.value(2))) : Optional.empty();
        }
    }

    /** Adds a mark within the session's transaction. */
    public void add(Session session, String activityRun, ObjectNode result) {
        List<CreateTable.Column> columns = COLUMNS.fields().stream()
            .map(field -> CreateTable.Column.of(field.name(), field.type())).toList();
        session.execute(new CreateTable(table, columns, List.of(), true), Execution.UNWATCHED);
        Plan row = new Values(COLUMNS, List.of(List.of(
            Literal.string(activityRun), Literal.int32(RESULT), Literal.string(result.toString()))));
        session.execute(new InsertRows(table, COLUMNS.names(), row), Execution.UNWATCHED);
    }
}
