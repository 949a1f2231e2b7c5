package io.lazuli.storage.content;

import io.lazuli.storage.Durability;
import io.lazuli.storage.metadata.BlobRecord;
import io.lazuli.storage.metadata.Pages.Range;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A part of a file that is being overwritten.
 *
 * @param kept the name of the file that holds what was there, null when nothing was
 * @param written where in the file there is something to keep; elsewhere there are zeros before and after. Null is everywhere in the part
 */
record FileOverwrite(long offset, long length, String kept, List<Range> written) {
    private static final int PIECE_BYTES = 4096;
    private static final int COPIED_BYTES = 64 * 1024;

    FileOverwrite {
        written = written == null ? List.of(new Range(offset, offset + length - 1)) : written;
    }

    static FileOverwrite of(long offset, long length) {
        return new FileOverwrite(offset, length, null, null);
    }

    /** Of which only some ranges hold anything, and what comes in their place is zeros. */
    static FileOverwrite of(long offset, long length, List<Range> written) {
        return new FileOverwrite(offset, length, null, written);
    }

    /** Keeps what is there in a file of that name. */
    FileOverwrite keep(Blob blob, Path folder, String name, Durability durability) throws IOException {
        if (length == 0 || written.isEmpty()) {
            return this;
        }
        try (FileChannel from = FileChannel.open(blob.file(), StandardOpenOption.READ);
                FileChannel to = FileChannel.open(folder.resolve(name), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (Range range : written) {
                copy(from, range, to);
            }
            setSize(to, length);
            durability.force(to);
        } catch (IOException problem) {
            Files.deleteIfExists(folder.resolve(name));
            throw problem;
        }
        durability.forceFolder(folder);
        return new FileOverwrite(offset, length, name, written);
    }

    /** What is zeros takes no space in the copy: a blob of a few pages may be cleared over its whole length. */
    private void copy(FileChannel from, Range range, FileChannel to) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(COPIED_BYTES);
        ByteBuffer zeros = ByteBuffer.allocate(COPIED_BYTES);
        for (long at = range.first(); at <= range.last(); at += bytes.limit()) {
            fill(from, at, bytes, range.last() + 1 - at);
            if (!bytes.equals(zeros.limit(bytes.limit()))) {
                while (bytes.hasRemaining()) {
                    to.write(bytes, at - offset + bytes.position());
                }
            }
        }
    }

    boolean isDone(Path file, BlobRecord next) throws IOException {
        return Files.size(file) == next.size() && Files.getLastModifiedTime(file).to(TimeUnit.MICROSECONDS) == next.stamp();
    }

    /** Makes the file what it was. */
    void takeBack(Path file, Path folder, BlobRecord before, Durability durability) throws IOException {
        try (FileChannel to = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            setSize(to, before.size());
            if (kept != null) {
                try (FileChannel from = FileChannel.open(folder.resolve(kept), StandardOpenOption.READ)) {
                    for (Range range : written) {
                        restore(from, range, to);
                    }
                }
            }
            setTime(file, before.stamp());
            durability.force(to);
        }
    }

    /** Writes what differs only: on a full disk there may be no room for pages that never were. */
    private void restore(FileChannel from, Range range, FileChannel to) throws IOException {
        ByteBuffer old = ByteBuffer.allocate(PIECE_BYTES);
        ByteBuffer now = ByteBuffer.allocate(PIECE_BYTES);
        for (long at = range.first(); at <= range.last(); at += old.limit()) {
            fill(from, at - offset, old, range.last() + 1 - at);
            fill(to, at, now, range.last() + 1 - at);
            if (!old.equals(now)) {
                to.write(old.duplicate(), at);
            }
        }
    }

    static void fill(FileChannel file, long position, ByteBuffer bytes, long most) throws IOException {
        bytes.clear().limit((int) Math.min(bytes.capacity(), most));
        while (bytes.hasRemaining() && file.read(bytes, position + bytes.position()) > 0) {
            continue;
        }
        bytes.flip();
        if (bytes.limit() == 0) {
            throw new IOException("A file became shorter while it was read");
        }
    }

    void forget(Path folder) throws IOException {
        if (kept != null) {
            Files.deleteIfExists(folder.resolve(kept));
        }
    }

    /** Cuts a file, or makes it longer by bytes that take no space. */
    static void setSize(FileChannel file, long size) throws IOException {
        if (file.size() > size) {
            file.truncate(size);
        } else if (file.size() < size) {
            file.write(ByteBuffer.allocate(1), size - 1);
        }
    }

    static void setTime(Path file, long micros) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(micros, TimeUnit.MICROSECONDS));
    }
}
