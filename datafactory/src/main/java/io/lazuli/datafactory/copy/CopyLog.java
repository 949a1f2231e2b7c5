package io.lazuli.datafactory.copy;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.datafactory.connector.file.FileStore;
import io.lazuli.foundation.CommonError;
import io.lazuli.storage.FileCommit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.UUID;

/**
 * A copy's session log, as comma-separated text in Azure's columns. It appears in its store when it is committed.
 *
 * <p>The same activity run writes the same file, so that a resumed run replaces what an interrupted one had begun.
 */
final class CopyLog implements AutoCloseable {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSSS");
    private static final String CONTAINER = "copyactivity-logs";

    private final LogTarget target;
    private final Clock clock;
    private final String folder;
    private final FileCommit commit;
    private final Writer writer;

    private CopyLog(LogTarget target, Clock clock, String folder, FileCommit commit, Writer writer) {
        this.target = target;
        this.clock = clock;
        this.folder = folder;
        this.commit = commit;
        this.writer = writer;
    }

    static CopyLog open(LogTarget target, FileStore store, String activity, String runId, Clock clock) {
        String path = target.path().strip().replaceFirst("^/+", "").replaceFirst("/+$", "");
        boolean containers = store.hasContainers();
        String container = containers ? path.isEmpty() ? CONTAINER : path.split("/", 2)[0] : "";
        String below = !containers ? path : path.contains("/") ? path.split("/", 2)[1] : "";
        String folder = (below.isEmpty() ? "" : below + "/") + (target.rowsOnly() ? runId : "copyactivity-logs/" + activity + "/" + runId);
        String name = UUID.nameUUIDFromBytes(runId.getBytes(StandardCharsets.UTF_8)) + (target.rowsOnly() ? ".csv" : ".txt");
        FileCommit commit = store.tree(container).begin();
        try {
            Writer writer = Files.newBufferedWriter(commit.stage(folder + "/" + name));
            CopyLog log = new CopyLog(target, clock, (container.isEmpty() ? "" : container + "/") + folder + "/", commit, writer);
            if (!target.rowsOnly()) {
                log.write("Timestamp,Level,OperationName,OperationItem,Message\n");
            }
            return log;
        } catch (IOException e) {
            commit.close();
            throw failure(CommonError.IO_ERROR, "The copy's log cannot be written: %s", e.getMessage(), e);
        }
    }

    /** The folder of the log, for the output. */
    String folder() {
        return folder;
    }

    boolean older() {
        return target.rowsOnly();
    }

    /** Logs a row that was left out; {@code item} has its values in quotes, separated by commas. */
    void rowSkipped(String item, String code, String message) {
        if (target.rowsOnly()) {
            write(item + "," + quoted(code) + "," + quoted(message) + "\n");
        } else {
            record("Warning", "TabularRowSkip", item, message);
        }
    }

    void fileSkipped(String path, String reason) {
        record("Warning", "FileSkip", path, "File is skipped: " + reason);
    }

    void info(String operation, String item, String message) {
        if (target.level() == LogTarget.Level.INFO) {
            record("Info", operation, item, message);
        }
    }

    private void record(String level, String operation, String item, String message) {
        String time = LocalDateTime.ofInstant(clock.instant(), ZoneOffset.UTC).format(TIME);
        write(time + "," + level + "," + operation + "," + quoted(item) + "," + quoted(message) + "\n");
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\"", "\"\"") + "\"";
    }

    private void write(String text) {
        try {
            writer.write(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void commit() {
        try {
            writer.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        commit.commit();
    }

    @Override
    public void close() {
        try (commit; writer) {
            return;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
