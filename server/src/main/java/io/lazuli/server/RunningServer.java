package io.lazuli.server;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.datafactory.trigger.WatchedTrigger;
import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.Place;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
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
            try {
                Files.deleteIfExists(directory.resolve(STATE_FILE));
                channel.close();
            } catch (IOException problem) {
                throw cannot(directory, problem);
            }
        }
    }

    private static RuntimeException cannot(Path directory, IOException problem) {
        return failure(
            CommonError.IO_ERROR, Place.of(directory, null), "Cannot tell or see who serves it: %s", problem.getMessage(), problem);
    }

    /** Takes the right to serve; {@code IN_USE} when another process has it. */
    public static Claim claim(Path directory) {
        try {
            Files.createDirectories(directory);
            FileChannel channel = FileChannel.open(directory.resolve(LOCK_FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!isFree(channel)) {
                channel.close();
                throw failure(CommonError.IN_USE, Place.of(directory, null),
                    "%s already serves this data directory; stop it with lazuli down",
                    read(directory).map(server -> "Process " + server.pid() + " at " + server.url()).orElse("Another process"));
            }
            return new Claim(directory, channel);
        } catch (IOException problem) {
            throw cannot(directory, problem);
        }
    }

    private static boolean isFree(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException heldHere) {
            return false;
        }
    }

    /** The process that serves a data directory, empty when none does or it is not ready yet. */
    public static Optional<RunningServer> find(Path directory) {
        Path lockFile = directory.resolve(LOCK_FILE);
        if (!Files.exists(lockFile)) {
            return Optional.empty();
        }
        try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.WRITE); FileLock lock = channel.tryLock()) {
            return lock == null ? read(directory) : Optional.empty();
        } catch (OverlappingFileLockException heldHere) {
            return read(directory);
        } catch (IOException problem) {
            throw cannot(directory, problem);
        }
    }

    private static Optional<RunningServer> read(Path directory) {
        try {
            Path file = directory.resolve(STATE_FILE);
            return Files.exists(file) ? Optional.of(JSON.readValue(Files.readString(file), RunningServer.class)) : Optional.empty();
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
