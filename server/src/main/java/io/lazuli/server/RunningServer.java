package io.lazuli.server;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.datafactory.trigger.WatchedTrigger;
import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.Place;
import io.lazuli.foundation.ProcessLock;
import io.lazuli.storage.StorageFailures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.json.JsonMapper;

/**
 * The process that serves a data directory, as it tells others.
 *
 * @param secure whether clients must use TLS
 * @param triggers that it watches
 */
public record RunningServer(long pid, String host, int port, boolean secure, Instant since, List<WatchedTrigger> triggers) {
    public RunningServer {
        triggers = triggers == null ? List.of() : List.copyOf(triggers);
    }

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String LOCK_FILE = "server.lock";
    private static final String STATE_FILE = "server.json";
    /** How often a claim is tried: who only looks holds the lock for a moment. */
    private static final int TRIES = 50;
    private static final long PAUSE_NANOS = 10_000_000;

    /** The right to serve a data directory, until it is closed or the process ends. */
    public static final class Claim implements AutoCloseable {
        private final Path directory;
        private final ProcessLock lock;

        private Claim(Path directory, ProcessLock lock) {
            this.directory = directory;
            this.lock = lock;
        }

        /** Tells other processes where the services are. */
        public void publish(RunningServer server) {
            try {
                Path fresh = directory.resolve(STATE_FILE + ".new");
                Files.writeString(fresh, JSON.writeValueAsString(server));
                Files.move(fresh, directory.resolve(STATE_FILE), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } catch (IOException problem) {
                throw cannot(directory, problem);
            }
        }

        @Override
        public void close() {
            giveBack(directory, lock);
        }
    }

    private static RuntimeException cannot(Path directory, IOException problem) {
        Place place = Place.of(directory, null);
        return Files.isRegularFile(directory)
            ? failure(CommonError.IO_ERROR, place, "The data directory is a file; expected a folder, or nothing yet", problem)
            : StorageFailures.of("Cannot use the data directory", problem).at(place);
    }

    /** Takes the right to serve; {@code IN_USE} when another process has it. */
    public static Claim claim(Path directory) {
        try {
            Path place = Files.createDirectories(directory).toRealPath();
            Claim claim = new Claim(place, locked(place.resolve(LOCK_FILE)).orElseThrow(() -> inUse(directory)));
            forget(claim);
            return claim;
        } catch (IOException problem) {
            throw cannot(directory, problem);
        }
    }

    /** What a killed server told is not true of the next one, which tells only when it is ready. */
    private static void forget(Claim claim) throws IOException {
        boolean forgotten = false;
        try {
            Files.deleteIfExists(claim.directory.resolve(STATE_FILE));
            forgotten = true;
        } finally {
            if (!forgotten) {
                claim.lock.close();
            }
        }
    }

    private static synchronized void giveBack(Path directory, ProcessLock lock) {
        try (lock) {
            if (lock.isOpen()) {
                Files.deleteIfExists(directory.resolve(STATE_FILE));
            }
        } catch (IOException problem) {
            throw cannot(directory, problem);
        }
    }

    private static RuntimeException inUse(Path directory) {
        return failure(CommonError.IN_USE, Place.of(directory, null), "%s already serves this data directory; stop it with lazuli down",
            read(directory).map(server -> "Process " + server.pid() + " at " + server.url()).orElse("Another process"));
    }

    private static Optional<ProcessLock> locked(Path file) throws IOException {
        Optional<ProcessLock> lock = ProcessLock.take(file);
        for (int i = 1; i < TRIES && lock.isEmpty() && !ProcessLock.isHeldHere(file); i++) {
            pause();
            lock = ProcessLock.take(file);
        }
        return lock;
    }

    /** Also in a thread that is interrupted. */
    private static void pause() {
        boolean interrupted = Thread.interrupted();
        LockSupport.parkNanos(PAUSE_NANOS);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** The process that serves a data directory, empty when none does or it is not ready yet. */
    public static Optional<RunningServer> find(Path directory) {
        try {
            return ProcessLock.isHeld(directory.resolve(LOCK_FILE)) ? read(directory) : Optional.empty();
        } catch (IOException problem) {
            throw cannot(directory, problem);
        }
    }

    private static Optional<RunningServer> read(Path directory) {
        try {
            return Optional.of(JSON.readValue(Files.readString(directory.resolve(STATE_FILE)), RunningServer.class));
        } catch (NoSuchFileException notReady) {
            return Optional.empty();
        } catch (IOException problem) {
            throw cannot(directory, problem);
        }
    }

    /** Where the services are. */
    public String url() {
        String name = host.contains(":") ? "[" + host + "]" : host;
        return (secure ? "https" : "http") + "://" + name + ":" + port;
    }

    /** The same with TLS, which is served on the same port. */
    public String secureUrl() {
        return url().replaceFirst("^http:", "https:");
    }

    /** Where an account's blobs and files are. */
    public String endpoint(String account) {
        return url() + "/" + account;
    }

    /** What Azure's clients take to find and use an account. */
    public String connectionString(String account, String key) {
        return "DefaultEndpointsProtocol=" + (secure ? "https" : "http") + ";AccountName=" + account + ";AccountKey=" + key
            + ";BlobEndpoint=" + endpoint(account) + ";";
    }
}
