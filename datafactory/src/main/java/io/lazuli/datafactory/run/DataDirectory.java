package io.lazuli.datafactory.run;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.Place;
import io.lazuli.foundation.ProcessLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** The folder that holds all that a workspace's runs make; one process at a time writes to it. */
public record DataDirectory(Path folder) {
    /** The right to write, until it is closed or the process ends. */
    public static final class Lock implements AutoCloseable {
        private final ProcessLock held;
        private final Instant since = Instant.now();

        private Lock(ProcessLock held) {
            this.held = held;
        }

        Instant since() {
            return since;
        }

        @Override
        public void close() {
            try {
                held.close();
            } catch (IOException problem) {
                throw failure(CommonError.IO_ERROR, "Cannot give the data directory back: %s", problem.getMessage(), problem);
            }
        }
    }

    /** Takes the right to write; {@code IN_USE} when another process has it. */
    public Lock lock() {
        // One at a time: who reads who holds it must not be in the way of another here who takes it.
        synchronized (DataDirectory.class) {
            try {
                return new Lock(signed(Files.createDirectories(folder).resolve("lock")));
            } catch (IOException problem) {
                throw failure(CommonError.IO_ERROR, Place.of(folder.resolve("lock"), null), "Cannot lock the data directory: %s",
                    problem.getMessage(), problem);
            }
        }
    }

    /** The lock, whose file tells other processes who holds it. */
    private ProcessLock signed(Path file) throws IOException {
        String here = Long.toString(ProcessHandle.current().pid());
        Optional<ProcessLock> lock = ProcessLock.take(file);
        if (lock.isEmpty()) {
            throw inUse(ProcessLock.isHeldHere(file) ? here : Files.readString(file).strip());
        }
        boolean signed = false;
        try {
            lock.get().write(here);
            signed = true;
            return lock.get();
        } finally {
            if (!signed) {
                lock.get().close();
            }
        }
    }

    private RuntimeException inUse(String pid) {
        return failure(CommonError.IN_USE, Place.of(folder, null),
            "Process %s is running pipelines in this data directory. Wait until it has ended, cancel its runs (lazuli cancel RUN), "
                + "or give this run a data directory of its own (--data-dir)", pid);
    }
}
