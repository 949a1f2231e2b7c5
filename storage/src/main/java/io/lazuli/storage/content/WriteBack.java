package io.lazuli.storage.content;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has a large file written to the disk while it still grows, a step at a time, on a thread of its own. A rename over another file waits
 * for that with ext4, and so does whoever forces the file; without it the file is as durable, but later. One thread tells of the growth.
 */
final class WriteBack {
    private static final Logger LOG = LoggerFactory.getLogger(WriteBack.class);
    private static final long STEP_BYTES = 16 << 20;

    private final Path path;
    private final AtomicBoolean running = new AtomicBoolean();
    private long size;
    private long next = STEP_BYTES;

    WriteBack(Path path) {
        this.path = path;
    }

    void grew(long bytes) {
        size += bytes;
        if (size >= next && running.compareAndSet(false, true)) {
            next = size + STEP_BYTES;
            Thread.ofPlatform().daemon().name("write-back").start(this::write);
        }
    }

    /** With a channel of its own, as that of the file may be closed meanwhile. */
    private void write() {
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.WRITE)) {
            file.force(false);
        } catch (IOException missingOrBroken) {
            // The file has its place already, or the one who writes it hears of the same problem.
            LOG.debug("{} is not written early", path, missingOrBroken);
        } finally {
            running.set(false);
        }
    }
}
