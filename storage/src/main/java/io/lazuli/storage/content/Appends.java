package io.lazuli.storage.content;

import io.lazuli.storage.http.ServiceFailure;
import io.lazuli.storage.metadata.BlobRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Data that was appended to files and not flushed yet: in any order, from several requests at once, in a file aside. It is forgotten when
 * the service ends; a flush makes it part of the file. Thread-safe.
 */
public final class Appends {
    /** Writes a request's bytes to a file from a position on and gives their number. */
    public interface Writer {
        long writeTo(FileChannel file, long position) throws IOException;
    }

    /**
     * Where a file shall end, and whether what was appended beyond stays for a later flush.
     *
     * @param key that the file is encrypted with, null for none
     */
    public record Flush(long position, boolean retains, CustomerKey key) {
    }

    private static final class Pending {
        private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
        private final TreeMap<Long, Long> pieces = new TreeMap<>();
        private final StagedFile file;
        private final FileChannel channel;
        private boolean ended;

        Pending(StagedFile file, boolean encrypted) {
            this.file = file;
            this.channel = encrypted ? new AsideChannel(file.channel()) : file.channel();
        }

        synchronized void add(long from, long length) {
            pieces.merge(from, from + length, Math::max);
        }

        /** Where the data that begins at a position ends without a gap. */
        synchronized long endOf(long from) {
            long end = from;
            for (Map.Entry<Long, Long> piece : pieces.entrySet()) {
                if (piece.getKey() <= end) {
                    end = Math.max(end, piece.getValue());
                }
            }
            return end;
        }

        synchronized long last() {
            return pieces.values().stream().mapToLong(Long::longValue).max().orElse(0);
        }
    }

    private final Blobs blobs;
    private final Map<String, Pending> pending = new ConcurrentHashMap<>();

    public Appends(Blobs blobs) {
        this.blobs = blobs;
    }

    /** Keeps data for a position of a file, encrypted when the file is. */
    public void append(BlobAddress address, long position, boolean encrypted, Writer writer) throws IOException {
        while (true) {
            Pending file = pending.computeIfAbsent(address.key(), key -> new Pending(blobs.stage(address), encrypted));
            file.lock.readLock().lock();
            try {
                if (!file.ended) {
                    file.add(position, writer.writeTo(file.channel, position));
                    return;
                }
            } finally {
                file.lock.readLock().unlock();
            }
        }
    }

    /**
     * Makes a file end at the flush's position, with what was appended up to there.
     *
     * @return the file after that; {@code InvalidFlushPosition} when data is missing or the position is within the file
     */
    public Blob flush(BlobAddress address, Flush flush, Consumer<Blob> check, UnaryOperator<BlobRecord> change) throws IOException {
        long position = flush.position();
        Pending file = pending.get(address.key());
        if (file == null) {
            if (position != blobs.require(address).size()) {
                throw invalidPosition();
            }
            return blobs.update(address, check, change);
        }
        file.lock.writeLock().lock();
        try {
            if (file.ended) {
                return flush(address, flush, check, change);
            }
            long size = blobs.require(address).size();
            if (position < size || file.endOf(size) < position || file.last() > position && !flush.retains()) {
                throw invalidPosition();
            }
            Blob after = blobs.append(address, new Blobs.Part(file.channel, size, position - size, flush.key()), blob -> {
                check.accept(blob);
                if (blob.size() != size) {
                    throw invalidPosition();
                }
            }, change);
            if (file.last() <= position) {
                end(address, file);
            }
            return after;
        } finally {
            file.lock.writeLock().unlock();
        }
    }

    private static ServiceFailure invalidPosition() {
        return ServiceFailure.badRequest("InvalidFlushPosition", "The uploaded data is not contiguous or the position query parameter "
            + "value is not equal to the length of the file after appending the uploaded data.");
    }

    private void end(BlobAddress address, Pending file) {
        file.ended = true;
        pending.remove(address.key(), file);
        try {
            file.file.close();
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    /** Forgets what was appended to a file. */
    public void discard(BlobAddress address) {
        Pending file = pending.get(address.key());
        if (file != null) {
            file.lock.writeLock().lock();
            try {
                end(address, file);
            } finally {
                file.lock.writeLock().unlock();
            }
        }
    }
}
