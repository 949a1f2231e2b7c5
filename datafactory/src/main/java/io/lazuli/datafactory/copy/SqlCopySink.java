package io.lazuli.datafactory.copy;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.engine.Catalog;
import io.lazuli.algebra.engine.Command;
import io.lazuli.algebra.engine.CreateTable;
import io.lazuli.algebra.engine.Execution;
import io.lazuli.algebra.engine.InsertRows;
import io.lazuli.algebra.engine.MergeRows;
import io.lazuli.algebra.engine.Session;
import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.source.TableName;
import io.lazuli.datafactory.DataFactoryError;
import io.lazuli.datafactory.connector.ResolvedDataset;
import io.lazuli.datafactory.connector.file.Settings;
import io.lazuli.datafactory.connector.sql.EffectMarks;
import io.lazuli.datafactory.connector.sql.SqlTableName;
import io.lazuli.datafactory.copy.failure.CopyFailure;
import io.lazuli.datafactory.copy.mapping.MappedRows;
import io.lazuli.datafactory.copy.mapping.SinkShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import tools.jackson.databind.node.ObjectNode;

/**
 * A table of a SQL database. The script before, the table that is made, the rows and the mark that they were written are one
 * transaction: an attempt that is repeated after a crash finds the mark and writes nothing twice.
 */
final class SqlCopySink implements CopySink {
    /** How rows go into a table. */
    enum Behavior { INSERT, UPSERT, PROCEDURE }

    static final Map<String, Behavior> BEHAVIORS = Map.of(
        "insert", Behavior.INSERT, "upsert", Behavior.UPSERT, "storedProcedure", Behavior.PROCEDURE);
    private static final Map<String, Boolean> TABLE_OPTIONS = Map.of("none", false, "autoCreate", true);

    private final CopyDatabase database;
    private final ResolvedDataset dataset;
    private final Settings sink;
    private final Behavior behavior;

    SqlCopySink(CopyDatabase database, ResolvedDataset dataset, Settings sink) {
        this.database = database;
        this.dataset = dataset;
        this.sink = sink;
        Behavior given = sink.choice("writeBehavior", BEHAVIORS).orElse(Behavior.INSERT);
        this.behavior = sink.has("sqlWriterStoredProcedureName") ? Behavior.PROCEDURE : given;
    }

    @Override
    public String connector() {
        return dataset.linkedService().type();
    }

    @Override
    public CopyCounts write(CopyJob job, CopySource source, CopyCounts counts) {
        // The engine fails one of two transactions that change the same table or schema; here copies into one database wait in turn.
        ReentrantLock writer = database.writer();
        writer.lock();
        try {
            return inTransaction(job, source, counts);
        } finally {
            writer.unlock();
        }
    }

    private CopyCounts inTransaction(CopyJob job, CopySource source, CopyCounts counts) {
        try (Session session = database.open()) {
            EffectMarks marks = new EffectMarks(database.name());
            session.begin();
            Optional<ObjectNode> earlier = marks.find(session, job.runId());
            if (earlier.isPresent()) {
                session.rollback();
                return CopyCounts.of(earlier.get(), counts);
            }
            sink.text("preCopyScript").ifPresent(script -> database.script(session, script));
            CopyCounts written = rows(job, source, counts, session);
            marks.add(session, job.runId(), written.json());
            session.commit();
            return written;
        }
    }

    private CopyCounts rows(CopyJob job, CopySource source, CopyCounts counts, Session session) {
        Optional<SourceRows> rows = source.rows();
        if (rows.isEmpty()) {
            return counts;
        }
        if (behavior == Behavior.PROCEDURE) {
            return throughProcedure(job, source, rows.get(), counts, session);
        }
        SqlTableName name = SqlTableName.required(dataset);
        Optional<Catalog.Table> known = session.catalog(database.name()).table(name.schema(), name.name());
        MappedRows mapped = job.map(rows.get(), known.map(this::shape).orElseGet(SinkShape.TypedColumns::new));
        TableName table = known.map(Catalog.Table::name).orElseGet(() -> create(name, mapped, session));
        PrimaryKeyRows key = new PrimaryKeyRows(table, known.map(this::keyToProtect).orElse(List.of()), mapped.names());
        boolean skipping = job.settings().skipIncompatibleRows() && key.applies();
        RowTransfer transfer = job.transfer();
        Plan accepted = transfer.accepted(mapped);
        long twice = skipping ? transfer.logged(session, key.duplicates(accepted)) : 0;
        long copied = session.execute(command(table, mapped.names(), skipping ? key.distinct(accepted) : accepted, known),
            transfer.watched());
        transfer.advance(copied, 0);
        long left = twice + transfer.skipped(session, mapped);
        job.verify(session, mapped, copied, left);
        long skipped = left + source.unreadable();
        return counted(session, counts, rows.get(), accepted, copied, skipped);
    }

    private static CopyCounts counted(Session session, CopyCounts counts, SourceRows rows, Plan accepted, long copied, long skipped) {
        long bytes = DataSizes.estimate(session, accepted, copied);
        boolean files = counts.filesRead() >= 0;
        CopyCounts read = files ? counts : counts.read(DataSizes.estimate(session, rows.plan(), copied + skipped), -1);
        return read.written(bytes, -1).rows(copied, skipped);
    }

    /** All rows in one call: how many rows a call gets ({@code writeBatchSize}) is Azure's to choose. */
    private CopyCounts throughProcedure(CopyJob job, CopySource source, SourceRows rows, CopyCounts counts, Session session) {
        CopyDatabase.TableProcedure procedure = new CopyDatabase.TableProcedure(required("sqlWriterStoredProcedureName"),
            required("sqlWriterTableType"), required("storedProcedureTableTypeParameterName"),
            sink.json().path("storedProcedureParameters"));
        RowTransfer transfer = job.transfer();
        List<MappedRows> mapped = new ArrayList<>();
        long copied = database.call(session, procedure, type -> {
            mapped.add(job.map(rows, shape(type)));
            return transfer.accepted(mapped.getFirst());
        });
        transfer.advance(copied, 0);
        long left = transfer.skipped(session, mapped.getFirst());
        job.verify(session, mapped.getFirst(), copied, left);
        return counted(session, counts, rows, transfer.accepted(mapped.getFirst()), copied, left + source.unreadable());
    }

    private String required(String property) {
        return sink.text(property).orElseThrow(() -> failure(DataFactoryError.MISSING_PROPERTY, dataset.place(),
            "A sink that calls a stored procedure needs %s", property));
    }

    private SinkShape shape(Catalog.Table table) {
        return new SinkShape.Table(table.name().toString(), dataset.name(), table.columns());
    }

    private List<String> keyToProtect(Catalog.Table table) {
        return behavior == Behavior.INSERT ? table.primaryKey() : List.of();
    }

    private TableName create(SqlTableName name, MappedRows mapped, Session session) {
        requireAutoCreate(sink, name);
        TableName table = new TableName(database.name(), name.schema(), name.name());
        List<CreateTable.Column> columns = mapped.all().schema().fields().stream().map(SqlColumnTypes::column).toList();
        session.execute(new CreateTable(table, columns, List.of(), false), Execution.UNWATCHED);
        return table;
    }

    static void requireAutoCreate(Settings sink, SqlTableName name) {
        if (!sink.choice("tableOption", TABLE_OPTIONS).orElse(false)) {
            throw CopyFailure.on("Sink", "SqlOperationFailed", "A database operation failed with the following error: 'Invalid object "
                + "name '" + name + "'.' The table does not exist; tableOption 'autoCreate' makes it.", null);
        }
    }

    private Command command(TableName table, List<String> columns, Plan rows, Optional<Catalog.Table> known) {
        return switch (behavior) {
            case INSERT, PROCEDURE -> new InsertRows(table, columns, rows);
            case UPSERT -> new MergeRows(table, columns, keys(known, columns), rows);
        };
    }

    private List<String> keys(Optional<Catalog.Table> table, List<String> columns) {
        return UpsertKeys.of(sink, SqlTableName.required(dataset), table.map(Catalog.Table::primaryKey).orElse(List.of()), columns);
    }
}
