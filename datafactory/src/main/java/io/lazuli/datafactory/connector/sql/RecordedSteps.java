package io.lazuli.datafactory.connector.sql;

import io.lazuli.algebra.engine.CreateTable;
import io.lazuli.algebra.engine.DeleteRows;
import io.lazuli.algebra.engine.Execution;
import io.lazuli.algebra.engine.InsertRows;
import io.lazuli.algebra.engine.Session;
import io.lazuli.algebra.expression.Call;
import io.lazuli.algebra.expression.ColumnReference;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.operator.ComparisonOperators;
import io.lazuli.algebra.plan.Filter;
import io.lazuli.algebra.plan.Scan;
import io.lazuli.algebra.plan.Sort;
import io.lazuli.algebra.plan.SortKey;
import io.lazuli.algebra.plan.Values;
import io.lazuli.algebra.source.RowCursor;
import io.lazuli.algebra.source.TableName;
import io.lazuli.algebra.source.TableSource;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.algebra.type.Schema;
import io.lazuli.foundation.LazuliException;
import io.lazuli.languages.tsql.bind.Tables;
import io.lazuli.languages.tsql.session.BatchResult;
import io.lazuli.languages.tsql.session.Steps;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The steps of a script in a table of the database that the script changes: what a step did and the record of it are committed
 * together, so that no interruption can come between them.
 */
final class RecordedSteps implements Steps {
    private static final int RESULT = EffectMarks.RESULT;
    private static final Schema SCHEMA = EffectMarks.COLUMNS;
    private final Session session;
    private final TableName table;
    private final String key;
    private final List<String> known = new ArrayList<>();
    private final List<String> unsaved = new ArrayList<>();
    private BatchResult result;
    private int next;
    private int saved;

    private RecordedSteps(Session session, TableName table, String key) {
        this.session = session;
        this.table = table;
        this.key = key;
    }

    static RecordedSteps load(Session session, String database, String key) {
        TableName table = new TableName(database, Tables.INTERNAL_SCHEMA, "effects");
        RecordedSteps steps = new RecordedSteps(session, table, key);
        if (session.catalog(database).table(table.schema(), table.name()).isEmpty()) {
            session.execute(new CreateTable(table, SCHEMA.fields().stream().map(field -> CreateTable.Column.of(field.name(), field.type()))
                .toList(), List.of(), true), Execution.UNWATCHED);
        } else {
            steps.read();
        }
        return steps;
    }

    private void read() {
        Sort rows = new Sort(new Filter(new Scan(new TableSource(table), SCHEMA), own()),
            List.of(new SortKey(new ColumnReference("step", ScalarType.INT32), true, true)));
        try (RowCursor cursor = session.query(rows, Execution.UNWATCHED)) {
            while (cursor.next()) {
                String content = (String) cursor.value(2);
                if ((Integer) cursor.value(1) == RESULT) {
                    result = (BatchResult) StepJson.decode(content);
                } else {
                    known.add(content);
                }
            }
        }
        saved = known.size();
    }

    private Expression own() {
        return Call.of(ComparisonOperators.EQUAL, new ColumnReference("effect_key", ScalarType.STRING), Literal.string(key));
    }

    /** What the script gave when it came to its end. */
    Optional<BatchResult> result() {
        return Optional.ofNullable(result);
    }

    @Override
    public boolean isReplaying() {
        return next < known.size();
    }

    @Override
    public Object run(Supplier<Object> work) {
        if (isReplaying()) {
            Object before = StepJson.decode(known.get(next++));
            if (before instanceof LazuliException failure) {
                throw failure;
            }
            return before;
        }
        try {
            Object value = work.get();
            unsaved.add(StepJson.encode(value));
            return value;
        } catch (LazuliException failure) {
            unsaved.add(StepJson.encode(failure));
            throw failure;
        }
    }

    @Override
    public void save(Session transaction) {
        if (!unsaved.isEmpty()) {
            List<List<Expression>> rows = new ArrayList<>();
            unsaved.forEach(content -> rows.add(row(saved + rows.size(), content)));
            transaction.execute(new InsertRows(table, SCHEMA.names(), new Values(SCHEMA, rows)), Execution.UNWATCHED);
            saved += unsaved.size();
            unsaved.clear();
        }
    }

    private List<Expression> row(int step, String content) {
        return List.of(Literal.string(key), Literal.int32(step), Literal.string(content));
    }

    /** Keeps the result in place of the steps. */
    void finish(BatchResult finished) {
        replace(List.of(row(RESULT, StepJson.encode(finished))));
    }

    void forget() {
        replace(List.of());
    }

    private void replace(List<List<Expression>> rows) {
        session.begin();
        if (saved > 0) {
            session.execute(new DeleteRows(table, own()), Execution.UNWATCHED);
        }
        if (!rows.isEmpty()) {
            session.execute(new InsertRows(table, SCHEMA.names(), new Values(SCHEMA, rows)), Execution.UNWATCHED);
        }
        session.commit();
    }
}
