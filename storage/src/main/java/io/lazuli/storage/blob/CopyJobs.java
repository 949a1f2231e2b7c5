package io.lazuli.storage.blob;

import io.lazuli.foundation.LazuliException;
import io.lazuli.storage.content.Blob;
import io.lazuli.storage.content.BlobAddress;
import io.lazuli.storage.content.Blobs;
import io.lazuli.storage.content.PendingCopies;
import io.lazuli.storage.content.StagedFile;
import io.lazuli.storage.http.ServiceFailure;
import io.lazuli.storage.metadata.BlobRecord;
import io.lazuli.storage.metadata.CopyRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies that go on after they were answered. The blob is there at once, empty; its content takes its place in one step at the end. A
 * copy that the end of the service interrupts has failed. Thread-safe; closing it ends all that run.
 */
public final class CopyJobs implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CopyJobs.class);
    private static final long PROGRESS_MILLIS = 1000;

    /** A copy that somebody aborted, or whose target is gone: nothing is left to do. */
    private static final class Abandoned extends RuntimeException {
        private Abandoned() {
            super("The copy was aborted or its target is gone", null, false, false);
        }
    }

    private final Blobs blobs;
    private final PendingCopies pending;
    private final Map<String, Thread> running = new ConcurrentHashMap<>();

    public CopyJobs(Blobs blobs, PendingCopies pending) {
        this.blobs = blobs;
        this.pending = pending;
        pending.failAll();
    }

    /**
     * Copies in the background and closes the source.
     *
     * @param target whose record has the pending copy
     * @param complete what the blob's record shall be when all bytes are there
     */
    void start(CopySource source, Blob target, BlobRecord complete) {
        String id = target.record().copy().id();
        Thread thread = Thread.ofVirtual().name("copy-" + id).unstarted(() -> run(source, target.address(), complete, id));
        running.put(id, thread);
        thread.start();
    }

    private void run(CopySource source, BlobAddress target, BlobRecord complete, String id) {
        try (source; StagedFile content = blobs.stage(target)) {
            source.writeTo(content, new Progress(target, id));
            content.seal();
            BlobRecord record = complete.withCopy(complete.copy().succeeded(content.size()));
            blobs.rewrite(target, content, record, existing -> requirePending(existing, id));
            pending.forget(target);
        } catch (Abandoned abandoned) {
            pending.forget(target);
        } catch (IOException | UncheckedIOException | ServiceFailure | LazuliException problem) {
            fail(target, id, problem);
        } finally {
            running.remove(id);
        }
    }

    private static void requirePending(Blob blob, String id) {
        CopyRecord copy = blob == null ? null : blob.record().copy();
        if (copy == null || !copy.isPending(id)) {
            throw new Abandoned();
        }
    }

    private void fail(BlobAddress target, String id, Exception problem) {
        if (Thread.currentThread().isInterrupted()) {
            // The service ends; the next start tells.
            return;
        }
        LOG.warn("The copy {} to {} failed", id, target.key(), problem);
        try {
            String reason = "500 InternalError \"" + reason(problem) + "\"";
            blobs.update(target, blob -> requirePending(blob, id),
                record -> record.withCopy(record.copy().ended(CopyRecord.Status.failed, reason)));
        } catch (Abandoned | ServiceFailure gone) {
            LOG.debug("Nobody waits for the copy {}", id);
        }
        pending.forget(target);
    }

    private static String reason(Exception problem) {
        return problem instanceof ServiceFailure || problem instanceof LazuliException ? problem.getMessage()
            : "The source could not be read to its end, or the copy could not be written.";
    }

    /** Tells from time to time how far a copy is, and learns whether it is still wanted. */
    private final class Progress implements Consumer<ByteBuffer> {
        private final BlobAddress target;
        private final String id;
        private long bytes;
        private long told = System.currentTimeMillis();

        Progress(BlobAddress target, String id) {
            this.target = target;
            this.id = id;
        }

        @Override
        public void accept(ByteBuffer piece) {
            long now = System.currentTimeMillis();
            if (now - told > PROGRESS_MILLIS) {
                told = now;
                try {
                    blobs.rewrite(target, blob -> requirePending(blob, id), record -> record.withCopy(record.copy().arrived(bytes)));
                } catch (ServiceFailure gone) {
                    throw new Abandoned();
                }
            }
            bytes += piece.remaining();
        }
    }

    @Override
    public void close() {
        running.values().forEach(Thread::interrupt);
        for (Thread thread : running.values()) {
            try {
                thread.join();
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
