package io.lazuli.storage.metadata;

import io.lazuli.storage.Durability;
import io.lazuli.storage.StorageFailures;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file of changes in the order in which they were made. What is written counts whole or, when a crash has cut it, not at all: each change
 * stands with its length and its checksum. Used by one thread at a time.
 *
 * <p>The file grows by pieces ahead of what is written, so that a full disk leaves room for what makes room again.
 */
final class Journal implements AutoCloseable {
    /** A record of a table that was put, or removed when {@code text} is null. */
    record Entry(String table, String key, String text) {
    }

    /**
     * What the journal holds, and the place where it ends.
     *
     * @param damaged whether whole changes stand behind the end: not a crash, but something else has damaged what is between
     */
    record Content(List<List<Entry>> changes, long bytes, boolean damaged) {
    }

    private static final int HEADER_BYTES = 2 * Integer.BYTES;
    private static final int PIECE_BYTES = 256 * 1024;
    /** So much of what is reserved is for changes that remove something, so that they go on when the disk is full. */
    private static final int SPARE_BYTES = 64 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);

    private final Path path;
    private final RandomAccessFile file;
    private long written;
    private long reserved;
    /** Up to here may be what does not count. */
    private long unclean;

    /** Goes on behind so many bytes of a journal, and with 0 begins one. */
    Journal(Path path, long bytes, Durability durability) {
        this.path = path;
        this.written = bytes;
        try {
            // Not a channel: those are closed by the interrupt of any thread that writes.
            file = new RandomAccessFile(path.toFile(), "rw");
            reserved = file.length();
            unclean = reserved;
            clear();
            durability.forceFolder(path.getParent());
        } catch (IOException problem) {
            throw StorageFailures.of("Cannot begin " + path, problem);
        }
    }

    /** How many bytes of changes it has. */
    long size() {
        return written;
    }

    /** The bytes of a change. */
    static byte[] bytes(List<Entry> change) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        bytes.writeBytes(new byte[HEADER_BYTES]);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(change.size());
            for (Entry entry : change) {
                write(out, entry.table());
                write(out, entry.key());
                write(out, entry.text());
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        byte[] all = bytes.toByteArray();
        int length = all.length - HEADER_BYTES;
        ByteBuffer.wrap(all).putInt(length).putInt(checksum(all, HEADER_BYTES, length));
        return all;
    }

    private static void write(DataOutputStream out, String text) throws IOException {
        if (text == null) {
            out.writeInt(-1);
        } else {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            out.writeInt(bytes.length);
            out.write(bytes);
        }
    }

    private static int checksum(byte[] bytes, int offset, int length) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, offset, length);
        return (int) checksum.getValue();
    }

    /** Writes changes, into the spare room too when they remove something; when it fails, none of them counts. */
    void write(byte[] changes, int length, boolean removing) {
        try {
            clear();
            long needed = written + length + (removing ? 0 : SPARE_BYTES);
            if (needed > reserved) {
                reserve(needed);
            }
            unclean = written + length;
            file.seek(written);
            file.write(changes, 0, length);
            written += length;
        } catch (IOException problem) {
            throw StorageFailures.of("Cannot write " + path, problem);
        }
    }

    /** Goes back to where it ended before: what was written since does not count. */
    void takeBack(long size) {
        unclean = Math.max(unclean, written);
        written = size;
        try {
            clear();
        } catch (IOException problem) {
            LOG.warn("Cannot clear the end of {}, which the next change tries again", path, problem);
        }
    }

    /**
     * Puts zeros behind the end. Else changes that do not count could stand, whole, behind one that is written later and is as long as
     * what stood there, and would count at the next start.
     */
    private void clear() throws IOException {
        if (unclean > written) {
            file.seek(written);
            file.write(new byte[(int) (unclean - written)]);
            unclean = written;
        }
    }

    /** Makes the file longer, with zeros: a change without length is the end. */
    private void reserve(long needed) throws IOException {
        long target = (needed / PIECE_BYTES + 1) * PIECE_BYTES;
        try {
            file.seek(reserved);
            byte[] zeros = new byte[(int) (target - reserved)];
            file.write(zeros);
            reserved = target;
        } catch (IOException problem) {
            file.setLength(reserved);
            throw problem;
        }
    }

    /** Waits until what was written is on the disk. */
    void force() {
        try {
            file.getFD().sync();
        } catch (IOException problem) {
            throw StorageFailures.of("Cannot write " + path, problem);
        }
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException problem) {
            throw StorageFailures.of("Cannot close " + path, problem);
        }
    }

    /** Reads one that was left, up to its end or to the first change that is not whole. */
    static Content read(Path path) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(path));
        List<List<Entry>> changes = new ArrayList<>();
        int end = 0;
        for (int length = wholeAt(bytes, end); length > 0; length = wholeAt(bytes, end)) {
            changes.add(entries(bytes.slice(end + HEADER_BYTES, length)));
            end += HEADER_BYTES + length;
        }
        return new Content(changes, end, isDamaged(bytes, end));
    }

    /** How long the whole change is that stands there, 0 when none does. */
    private static int wholeAt(ByteBuffer bytes, int position) {
        int most = bytes.limit() - position - HEADER_BYTES;
        if (most <= 0) {
            return 0;
        }
        int length = bytes.getInt(position);
        boolean whole = length > 0 && length <= most
            && checksum(bytes.array(), position + HEADER_BYTES, length) == bytes.getInt(position + Integer.BYTES);
        return whole ? length : 0;
    }

    private static boolean isDamaged(ByteBuffer bytes, int end) {
        ByteBuffer rest = bytes.slice(end, bytes.limit() - end);
        int zeros = rest.mismatch(ByteBuffer.allocate(rest.limit()));
        // The first byte that is not zero may be any of a change's length.
        int first = zeros < 0 ? bytes.limit() : Math.max(end, end + zeros - Integer.BYTES);
        for (int position = first; position < bytes.limit(); position++) {
            if (wholeAt(bytes, position) > 0) {
                return true;
            }
        }
        return false;
    }

    private static List<Entry> entries(ByteBuffer bytes) {
        int count = bytes.getInt();
        List<Entry> entries = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            entries.add(new Entry(text(bytes), text(bytes), text(bytes)));
        }
        return entries;
    }

    private static String text(ByteBuffer bytes) {
        int length = bytes.getInt();
        if (length < 0) {
            return null;
        }
        byte[] text = new byte[length];
        bytes.get(text);
        return new String(text, StandardCharsets.UTF_8);
    }
}
