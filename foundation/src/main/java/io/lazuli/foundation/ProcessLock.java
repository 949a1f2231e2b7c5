package io.lazuli.foundation;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * A file that is locked for this one holder, against other processes and others in this process, until it is closed or the process ends.
 * A file that is held here is not opened again, under whatever path: operating systems give up a process's lock when it closes any of its
 * channels to the file. For the same reason nothing else may open the file while it is held.
 */
public final class ProcessLock implements AutoCloseable {
    /** The files that this process holds, as the file system knows them. */
    private static final Set<Object> HELD_HERE = new HashSet<>();

    private final Object file;
    private final FileChannel channel;

    private ProcessLock(Object file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** Locks a file, which is made when it is missing; empty when it is held, here or elsewhere, or somebody looks at it just now. */
    public static Optional<ProcessLock> take(Path file) throws IOException {
        return take(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    /** The same for a file that must be there. */
    public static Optional<ProcessLock> takeExisting(Path file) throws IOException {
        return take(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    private static Optional<ProcessLock> take(Path file, OpenOption... how) throws IOException {
        synchronized (HELD_HERE) {
            if (isHeldHere(file)) {
                return Optional.empty();
            }
            FileChannel channel = FileChannel.open(file, how);
            boolean taken = false;
            try {
                if (channel.tryLock() == null) {
                    return Optional.empty();
                }
                // Fails when another process has removed the file meanwhile.
                ProcessLock lock = new ProcessLock(identity(file), channel);
                taken = HELD_HERE.add(lock.file);
                return Optional.of(lock);
            } finally {
                if (!taken) {
                    channel.close();
                }
            }
        }
    }

    /** Whether this process holds the file. */
    public static boolean isHeldHere(Path file) throws IOException {
        synchronized (HELD_HERE) {
            try {
                return HELD_HERE.contains(identity(file));
            } catch (NoSuchFileException missing) {
                return false;
            }
        }
    }

    /** Whether this or another process holds the file. Several may look at a time; who takes a lock must expect that somebody looks. */
    public static boolean isHeld(Path file) throws IOException {
        synchronized (HELD_HERE) {
            if (isHeldHere(file)) {
                return true;
            }
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
                    FileLock shared = channel.tryLock(0, Long.MAX_VALUE, true)) {
                return shared == null;
            } catch (NoSuchFileException missing) {
                return false;
            }
        }
    }

    private static Object identity(Path file) throws IOException {
        Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        return key == null ? file.toRealPath() : key;
    }

    /** Replaces the file's text. */
    public void write(String text) throws IOException {
        channel.truncate(0);
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes, bytes.position());
        }
    }

    /** Whether it is not closed. */
    public boolean isOpen() {
        return channel.isOpen();
    }

    @Override
    public void close() throws IOException {
        synchronized (HELD_HERE) {
            if (channel.isOpen()) {
                try {
                    channel.close();
                } finally {
                    HELD_HERE.remove(file);
                }
            }
        }
    }
}
