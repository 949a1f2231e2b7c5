package io.lazuli.storage.content;

import io.lazuli.storage.Durability;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Bytes that are written behind the end of a file, in place: a file is as it was until its time says that all is there. One that has other
 * names, of which each keeps its own content, is not to be extended.
 *
 * @param size of the file before
 * @param stamp the file's time before, in microseconds since 1970
 */
record FileExtension(Path file, long size, long stamp, Durability durability) {
    /** Whether the file's bytes belong to this name alone. */
    static boolean isPossible(Path file) throws IOException {
        Set<String> views = file.getFileSystem().supportedFileAttributeViews();
        return views.contains("unix") && ((Number) Files.getAttribute(file, "unix:nlink")).intValue() == 1;
    }

    /** Adds a part of another file and gives the file its new time; takes back what it wrote when that fails. */
    void write(FileChannel from, long offset, long length, long newStamp) throws IOException {
        try (FileChannel to = FileChannel.open(file, StandardOpenOption.WRITE)) {
            to.position(size);
            long copied = 0;
            while (copied < length) {
                long step = from.transferTo(offset + copied, length - copied, to);
                if (step <= 0) {
                    throw new IOException("What is appended became shorter while it was read");
                }
                copied += step;
            }
            durability.force(to);
            setTime(newStamp);
            durability.force(to);
        } catch (IOException | RuntimeException problem) {
            takeBack(problem);
            throw problem;
        }
    }

    private void takeBack(Exception problem) {
        try {
            takeBack();
        } catch (IOException second) {
            problem.addSuppressed(second);
        }
    }

    /** Makes the file what it was before. */
    void takeBack() throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(size);
            setTime(stamp);
            durability.force(channel);
        }
    }

    private void setTime(long micros) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(micros, TimeUnit.MICROSECONDS));
    }
}
