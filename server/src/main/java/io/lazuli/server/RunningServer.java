package io.lazuli.server;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.datafactory.trigger.WatchedTrigger;
import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.Place;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
    /** Those that this process serves. Their lock files are not opened again: to close one would give up the lock. */
    private static final Set<Path> SERVED_HERE = new HashSet<>();

    /** The right to serve a data directory, until it is closed or the process ends. */
    public static final class Claim implements AutoCloseable {
        private final Path directory;
        private final FileChannel channel;

        private Claim(Path directory, FileChannel channel) {
            this.directory = directory;
            this.channel = channel;
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
            giveBack(directory, channel);
        }
    }

    private static RuntimeException cannot(Path directory, IOException problem) {
        return failure(
            CommonError.IO_ERROR, Place.of(directory, null), "Cannot tell or see who serves it: %s", problem.getMessage(), problem);
    }

    /** Takes the right to serve; {@code IN_USE} when another process has it. */
    public static synchronized Claim claim(Path directory) {
        try {
            Path place = Files.createDirectories(directory).toRealPath();
            if (SERVED_HERE.contains(place)) {
                throw inUse(directory);
            }
            FileChannel channel = FileChannel.open(place.resolve(LOCK_FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!isFree(channel)) {
                channel.close();
                throw inUse(directory);
            }
            SERVED_HERE.add(place);
            return new Claim(place, channel);
        } catch (IOException problem) {
            throw cannot(directory, problem);
        }
    }

    private static synchronized void giveBack(Path directory, FileChannel channel) {
        try {
            if (channel.isOpen()) {
                Files.deleteIfExists(directory.resolve(STATE_FILE));
                channel.close();
                SERVED_HERE.remove(directory);
            }
        } catch (IOException problem) {
            throw cannot(directory, problem);
        }
    }

    private static RuntimeException inUse(Path directory) {
        return failure(CommonError.IN_USE, Place.of(directory, null), "%s already serves this data directory; stop it with lazuli down",
            read(directory).map(server -> "Process " + server.pid() + " at " + server.url()).orElse("Another process"));
    }

    private static boolean isFree(FileChannel channel) throws IOException {
        boolean free = channel.tryLock() != null;
        for (int i = 1; i < TRIES && !free; i++) {
            LockSupport.parkNanos(PAUSE_NANOS);
            free = channel.tryLock() != null;
        }
        return free;
    }

    /** The process that serves a data directory, empty when none does or it is not ready yet. */
    public static synchronized Optional<RunningServer> find(Path directory) {
        if (!Files.exists(directory.resolve(LOCK_FILE))) {
            return Optional.empty();
        }
        try {
            return SERVED_HERE.contains(directory.toRealPath()) ? read(directory) : look(directory);
        } catch (IOException problem) {
            throw cannot(directory, problem);
        }
    }

    /** Several may look at a time. */
    private static Optional<RunningServer> look(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory.resolve(LOCK_FILE), StandardOpenOption.READ);
                FileLock lock = channel.tryLock(0, Long.MAX_VALUE, true)) {
            return lock == null ? read(directory) : Optional.empty();
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
