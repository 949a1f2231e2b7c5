package io.lazuli.storage.content;

import io.lazuli.storage.metadata.EntityTag;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.TimeUnit;

/** A file that is being written aside. {@link #seal} makes it durable; closing it removes it unless it was put in place. */
public final class StagedFile implements AutoCloseable {
    private final Path path;
    private final FileChannel channel;
    private long size;
    private long stamp;

    public StagedFile(Path path) {
        this.path = path;
        try {
            channel = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.READ);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    public FileChannel channel() {
        return channel;
    }

    public Path path() {
        return path;
    }

    /** Ends the writing: content and time are on the disk. */
    public StagedFile seal() throws IOException {
        size = channel.size();
        stamp = EntityTag.now();
        Files.setLastModifiedTime(path, FileTime.from(stamp, TimeUnit.MICROSECONDS));
        channel.force(true);
        return this;
    }

    public long size() {
        return size;
    }

    /** The sealed file's modification time, in microseconds since 1970. */
    public long stamp() {
        return stamp;
    }

    @Override
    public void close() throws IOException {
        channel.close();
        Files.deleteIfExists(path);
    }
}
