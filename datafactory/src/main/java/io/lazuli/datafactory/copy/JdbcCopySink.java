package io.lazuli.datafactory.copy;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.engine.CreateTable;
import io.lazuli.algebra.engine.Session;
import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.source.RowCursor;
import io.lazuli.algebra.type.Schema;
import io.lazuli.datafactory.connector.ResolvedDataset;
import io.lazuli.datafactory.connector.file.Settings;
import io.lazuli.datafactory.connector.sql.JdbcSqlDatabase;
import io.lazuli.datafactory.connector.sql.JdbcWriter;
import io.lazuli.datafactory.connector.sql.SqlTableName;
import io.lazuli.datafactory.copy.SqlCopySink.Behavior;
import io.lazuli.datafactory.copy.mapping.MappedRows;
import io.lazuli.datafactory.copy.mapping.SinkShape;
import io.lazuli.foundation.CommonError;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * A table of a real database. The script before and all rows are one transaction; a copy that was interrupted between its commit and its
 * end runs again.
 */
record JdbcCopySink(JdbcSqlDatabase database, ResolvedDataset dataset, Settings sink) implements CopySink {
    JdbcCopySink {
        if (sink.has("sqlWriterStoredProcedureName") || behavior(sink) == Behavior.PROCEDURE) {
            throw failure(CommonError.NOT_SUPPORTED, dataset.place(), "sqlWriterStoredProcedureName in a sink on a real database is not "
                + "supported");
        }
    }

    private static Behavior behavior(Settings sink) {
        return sink.choice("writeBehavior", SqlCopySink.BEHAVIORS).orElse(Behavior.INSERT);
    }

    @Override
    public String connector() {
        return dataset.linkedService().type();
    }

    @Override
    public CopyCounts write(CopyJob job, CopySource source, CopyCounts counts) {
        SqlTableName name = SqlTableName.required(dataset);
        try (JdbcWriter writer = database.begin()) {
            sink.text("preCopyScript").ifPresent(writer::execute);
            Optional<SourceRows> rows = source.rows();
            CopyCounts written = rows.isPresent() ? rows(job, source, rows.get(), counts, name, writer) : counts;
            writer.commit();
            return written;
        }
    }

    private CopyCounts rows(
        CopyJob job, CopySource source, SourceRows rows, CopyCounts counts, SqlTableName name, JdbcWriter writer) {
        Optional<Schema> table = writer.table(name);
        MappedRows mapped = job.map(rows, table.map(columns -> shape(name, columns)).orElseGet(SinkShape.TypedColumns::new));
        if (table.isEmpty()) {
            SqlCopySink.requireAutoCreate(sink, name);
            writer.create(name, mapped.all().schema());
        }
        try (Session session = job.engine().open()) {
            RowTransfer transfer = job.transfer();
            Plan accepted = transfer.accepted(mapped);
            long copied;
            try (RowCursor cursor = session.query(accepted, transfer.watched())) {
                copied = write(name, cursor, writer, count -> transfer.watched().progress(count, 0));
            }
            transfer.advance(copied, 0);
            long skipped = transfer.skipped(session, mapped) + source.unreadable();
            job.verify(session, mapped, copied, skipped);
            long bytes = DataSizes.estimate(session, accepted, copied);
            CopyCounts read = counts.filesRead() >= 0 ? counts : counts.read(bytes, -1);
            return read.written(bytes, -1).rows(copied, skipped);
        }
    }

    private SinkShape shape(SqlTableName name, Schema columns) {
        return new SinkShape.Table(name.toString(), dataset.name(),
            columns.fields().stream().map(field -> CreateTable.Column.of(field.name(), field.type())).toList());
    }

    private long write(SqlTableName name, RowCursor rows, JdbcWriter writer, LongConsumer progress) {
        return switch (behavior(sink)) {
            case INSERT, PROCEDURE -> writer.insert(name, rows, progress);
            case UPSERT ->
                writer.upsert(name, UpsertKeys.of(sink, name, writer.primaryKey(name), rows.schema().names()), rows, progress);
        };
    }
}
