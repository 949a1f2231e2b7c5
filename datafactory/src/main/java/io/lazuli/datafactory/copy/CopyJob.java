package io.lazuli.datafactory.copy;

import io.lazuli.algebra.engine.Engine;
import io.lazuli.algebra.engine.Execution;
import io.lazuli.algebra.engine.Session;
import io.lazuli.algebra.source.RowCursor;
import io.lazuli.datafactory.copy.failure.CopyFailure;
import io.lazuli.datafactory.copy.mapping.MappedRows;
import io.lazuli.datafactory.copy.mapping.MappingCompiler;
import io.lazuli.datafactory.copy.mapping.SinkShape;
import java.util.ArrayList;
import java.util.List;

/** One run of a copy: what sources and sinks share. */
final class CopyJob {
    private final Engine engine;
    private final CopySettings settings;
    private final String runId;
    private final CopyLog log;
    private final RowTransfer transfer;
    private final List<String> notes = new ArrayList<>();

    CopyJob(Engine engine, CopySettings settings, String runId, CopyLog log, RowTransfer transfer) {
        this.engine = engine;
        this.settings = settings;
        this.runId = runId;
        this.log = log;
        this.transfer = transfer;
        notes.addAll(settings.notes());
    }

    Engine engine() {
        return engine;
    }

    CopySettings settings() {
        return settings;
    }

    /** The activity run's id: what is written is the same when the run is resumed. */
    String runId() {
        return runId;
    }

    RowTransfer transfer() {
        return transfer;
    }

    MappedRows map(SourceRows rows, SinkShape sink) {
        MappingCompiler compiler = new MappingCompiler(settings.translator(), rows.shape(), sink);
        MappedRows mapped = compiler.compile(rows.plan(), rows.ownColumns());
        compiler.notes().forEach(this::note);
        return mapped;
    }

    /** With {@code validateDataConsistency}, fails the copy unless each of the source's rows was written or left out. */
    void verify(Session session, MappedRows mapped, long copied, long skipped) {
        if (!settings.validateDataConsistency()) {
            return;
        }
        try (RowCursor count = session.query(mapped.count(), Execution.UNWATCHED)) {
            long rows = count.next() ? (Long) count.value(0) : 0;
            if (rows != copied + skipped) {
                throw CopyFailure.of("DataConsistencyRowCountMismatch",
                    "The source has %d rows; %d were copied and %d skipped.", rows, copied, skipped);
            }
        }
    }

    void log(String operation, String item, String message) {
        if (log != null) {
            log.info(operation, item, message);
        }
    }

    /** Keeps a sentence for the output. */
    void note(String text) {
        if (!notes.contains(text)) {
            notes.add(text);
        }
    }

    List<String> notes() {
        return List.copyOf(notes);
    }
}
