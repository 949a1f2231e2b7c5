package io.lazuli.datafactory.run;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.Place;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/** The folder that holds all that a workspace's runs make; one process at a time writes to it. */
public record DataDirectory(Path folder) {
    /** Those to which this process writes. Their lock files are not opened again: to close one would give up the lock. */
    private static final Set<Path> HELD_HERE = new HashSet<>();

    /** The right to write, until it is closed or the process ends. */
    public static final class Lock implements AutoCloseable {
        private final Path place;
        private final FileChannel channel;
        private final Instant since = Instant.now();

        private Lock(Path place, FileChannel channel) {
            this.place = place;
            this.channel = channel;
        }

        Instant since() {
            return since;
        }

        @Override
        public void close() {
            giveBack(place, channel);
        }
    }

    /** Takes the right to write; {@code IN_USE} when another process has it. */
    public Lock lock() {
        synchronized (HELD_HERE) {
            try {
                Path place = Files.createDirectories(folder).toRealPath();
                if (HELD_HERE.contains(place)) {
                    throw inUse(Long.toString(ProcessHandle.current().pid()));
                }
                Lock lock = new Lock(place, locked(place.resolve("lock")));
                HELD_HERE.add(place);
                return lock;
            } catch (IOException problem) {
                throw failure(CommonError.IO_ERROR, Place.of(folder.resolve("lock"), null), "Cannot lock the data directory: %s",
                    problem.getMessage(), problem);
            }
        }
    }

    private FileChannel locked(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.READ);
        if (channel.tryLock() == null) {
            String holder = Files.readString(file).strip();
            channel.close();
            throw inUse(holder);
        }
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.UTF_8)));
        return channel;
    }

    private static void giveBack(Path place, FileChannel channel) {
        synchronized (HELD_HERE) {
            try {
                if (channel.isOpen()) {
                    channel.close();
                    HELD_HERE.remove(place);
                }
            } catch (IOException problem) {
                throw failure(CommonError.IO_ERROR, "Cannot give the data directory back: %s", problem.getMessage(), problem);
            }
        }
    }

    private RuntimeException inUse(String pid) {
        return failure(CommonError.IN_USE, Place.of(folder, null),
            "Process %s is running pipelines in this data directory. Wait until it has ended, cancel its runs (lazuli cancel RUN), "
                + "or give this run a data directory of its own (--data-dir)", pid);
    }
}
