package io.lazuli.datafactory.run;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.Place;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;

/** The folder that holds all that a workspace's runs make; one process at a time writes to it. */
public record DataDirectory(Path folder) {
    /** The right to write, until it is closed or the process ends. */
    public static final class Lock implements AutoCloseable {
        private final FileChannel channel;
        private final Instant since = Instant.now();

        private Lock(FileChannel channel) {
            this.channel = channel;
        }

        Instant since() {
            return since;
        }

        @Override
        public void close() {
            try {
                channel.close();
            } catch (IOException problem) {
                throw failure(CommonError.IO_ERROR, "Cannot give the data directory back: %s", problem.getMessage(), problem);
            }
        }
    }

    /** Takes the right to write; {@code IN_USE} when another process has it. */
    public Lock lock() {
        Path file = folder.resolve("lock");
        try {
            Files.createDirectories(folder);
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.READ);
            if (!tryLock(channel)) {
                String holder = Files.readString(file).strip();
                channel.close();
                throw inUse(holder);
            }
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.UTF_8)));
            return new Lock(channel);
        } catch (OverlappingFileLockException heldHere) {
            // The file is not read here: closing it would give up the lock that this process holds.
            throw inUse(Long.toString(ProcessHandle.current().pid()));
        } catch (IOException problem) {
            throw failure(CommonError.IO_ERROR, Place.of(file, null), "Cannot lock the data directory: %s", problem.getMessage(), problem);
        }
    }

    private static boolean tryLock(FileChannel channel) throws IOException {
        return channel.tryLock() != null;
    }

    private RuntimeException inUse(String pid) {
        return failure(CommonError.IN_USE, Place.of(folder, null),
            "Process %s is running pipelines in this data directory. Wait until it has ended, cancel its runs (lazuli cancel RUN), "
                + "or give this run a data directory of its own (--data-dir)", pid);
    }
}
