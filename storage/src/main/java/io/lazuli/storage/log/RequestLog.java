package io.lazuli.storage.log;

import io.lazuli.governance.token.TokenService;
import io.lazuli.storage.event.ResourceGroup;
import io.lazuli.storage.http.Exchange;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log of requests in {@link RequestLogFiles}. A request only queues its row; a thread of its own writes what has come within a tenth
 * of a second, which is what a crash loses. When rows come faster than they can be written, rows are left out and counted.
 */
public final class RequestLog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RequestLog.class);
    private static final int MOST_WAITING = 50_000;
    private static final int BUFFER_BYTES = 1 << 16;
    /** Rows that wait take memory: several kilobytes each. */
    private static final long INTERVAL_MILLIS = 100;
    private static final long PATIENCE_MILLIS = 5000;

    private final RequestLogFiles files;
    private final ResourceGroup group;
    private final TokenService tokens;
    private final BlockingQueue<LoggedRequest> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final AtomicLong leftOut = new AtomicLong();
    private final Thread writer;
    private volatile boolean closed;
    private long didNotFit;

    /** {@code tokens} tells who has issued what requests come with. */
    public RequestLog(Path dataDirectory, ResourceGroup group, TokenService tokens) {
        this.files = new RequestLogFiles(dataDirectory);
        this.group = group;
        this.tokens = tokens;
        this.writer = Thread.ofPlatform().daemon().name("request-log").start(this::writeUntilClosed);
    }

    /** Notes a request down that was answered. */
    public void add(Exchange exchange) {
        if (!waiting.offer(LoggedRequest.of(exchange))) {
            leftOut.incrementAndGet();
        }
    }

    private void writeUntilClosed() {
        List<LoggedRequest> rows = new ArrayList<>();
        while (!closed) {
            try {
                rows.add(waiting.take());
                Thread.sleep(INTERVAL_MILLIS);
            } catch (InterruptedException closing) {
                // What waits is still to be written.
                closed = true;
            }
            waiting.drainTo(rows);
            write(rows);
            rows.clear();
        }
    }

    private void write(List<LoggedRequest> rows) {
        if (rows.isEmpty()) {
            return;
        }
        try {
            if (files.isSpaceLeft()) {
                tellWhatDidNotFit();
                writeRows(rows);
            } else {
                leaveOut(rows.size());
            }
        } catch (IOException | RuntimeException problem) {
            LOG.warn("The log of requests cannot be written", problem);
        }
        long missing = leftOut.getAndSet(0);
        if (missing > 0) {
            LOG.warn("{} requests are not in the log: they came faster than it is written", missing);
        }
    }

    /** Says so once: lines of this log need room as well. */
    private void leaveOut(int rows) {
        if (didNotFit == 0) {
            LOG.warn("Requests are not in the log any more: the disk is nearly full");
        }
        didNotFit += rows;
    }

    private void tellWhatDidNotFit() {
        if (didNotFit > 0) {
            LOG.warn("{} requests are not in the log: the disk was nearly full", didNotFit);
            didNotFit = 0;
        }
    }

    private void writeRows(List<LoggedRequest> rows) throws IOException {
        try (OutputStream out = new BufferedOutputStream(
                Files.newOutputStream(files.current(), StandardOpenOption.CREATE, StandardOpenOption.APPEND), BUFFER_BYTES)) {
            for (LoggedRequest row : rows) {
                LogRow.write(row, group, tokens, out);
            }
        }
    }

    /** Writes what waits. */
    @Override
    public void close() {
        writer.interrupt();
        try {
            writer.join(PATIENCE_MILLIS);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }
}
