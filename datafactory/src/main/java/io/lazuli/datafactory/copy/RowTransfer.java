package io.lazuli.datafactory.copy;

import io.lazuli.algebra.engine.Command;
import io.lazuli.algebra.engine.Execution;
import io.lazuli.algebra.engine.Session;
import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.source.RowCursor;
import io.lazuli.datafactory.copy.mapping.MappedRows;
import java.util.function.BiFunction;

/** Sends mapped rows to a sink by the engine, and finds those that it could not take. */
final class RowTransfer {
    private final Execution execution;
    private final boolean skipping;
    private final CopyLog log;
    private long rowsBefore;
    private long bytesBefore;

    /** A transfer whose skipped rows are logged to {@code log}, null for no log. */
    RowTransfer(Execution execution, boolean skipping, CopyLog log) {
        this.execution = execution;
        this.skipping = skipping;
        this.log = log;
    }

    /** Rows that were written and rows that were left out. */
    record Result(long copied, long skipped) {
    }

    /** Runs the command that {@code command} makes of the rows, then logs the rows that were left out. */
    Result run(Session session, MappedRows rows, BiFunction<Session, Plan, Command> command) {
        Plan accepted = accepted(rows);
        long copied = session.execute(command.apply(session, accepted), watched());
        rowsBefore += copied;
        return new Result(copied, skipped(session, rows));
    }

    /** The rows to write: all of them, or those that fit when others are skipped. */
    Plan accepted(MappedRows rows) {
        return skipping && rows.mayFail() ? rows.compatible() : rows.all();
    }

    long skipped(Session session, MappedRows rows) {
        return skipping && rows.mayFail() ? logged(session, rows.incompatible()) : 0;
    }

    /** Logs rows of {@code item} and {@code message} and gives their number. */
    long logged(Session session, Plan skipped) {
        long count = 0;
        try (RowCursor cursor = session.query(skipped, Execution.UNWATCHED)) {
            while (cursor.next()) {
                count++;
                if (log != null) {
                    FailedRow failed = FailedRow.of((String) cursor.value(1));
                    log.rowSkipped((String) cursor.value(0), failed.code(), failed.message());
                }
            }
        }
        return count;
    }

    /** The caller's execution, to which rows of several commands add up. */
    Execution watched() {
        long rowsSoFar = rowsBefore;
        long bytesSoFar = bytesBefore;
        return new Execution() {
            @Override
            public void progress(long rows, long bytes) {
                execution.progress(rowsSoFar + rows, bytesSoFar + bytes);
            }

            @Override
            public void onCancel(Runnable action) {
                execution.onCancel(action);
            }
        };
    }

    void advance(long rows, long bytes) {
        rowsBefore += rows;
        bytesBefore += bytes;
        execution.progress(rowsBefore, bytesBefore);
    }

    /** A failure's code and sentence, taken out of the whole message. */
    private record FailedRow(String code, String message) {
        static FailedRow of(String text) {
            String code = text.replaceFirst("(?s)^ErrorCode=([A-Za-z0-9]+),.*$", "$1");
            int message = text.indexOf(",Message=");
            int end = text.lastIndexOf(",Source=");
            return new FailedRow(code.equals(text) ? "UserErrorInvalidDataValue" : code,
                message > 0 && end > message ? text.substring(message + ",Message=".length(), end)
                    : text.replaceFirst("^ErrorCode=[A-Za-z0-9]+,", ""));
        }
    }
}
