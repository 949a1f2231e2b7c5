package io.lazuli.storage.content;

import io.lazuli.storage.http.ServiceFailure;
import io.lazuli.storage.metadata.BlobRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Data that was appended to files and not flushed yet: in any order, from several requests at once, in a file aside, of each request as a
 * whole or not at all. It is forgotten when the service ends; a flush makes it part of the file. Thread-safe.
 */
public final class Appends {
    /** Writes a request's bytes to a file from a position on; what it writes counts for nothing when it fails. */
    public interface Writer {
        void writeTo(FileChannel file, long position) throws IOException;
    }

    /**
     * Where a file shall end, and whether what was appended beyond stays for a later flush.
     *
     * @param key that the file is encrypted with, null for none
     */
    public record Flush(long position, boolean retains, CustomerKey key) {
    }

    /** What was appended to one content of a file; another content begins without it. */
    private static final class Pending {
        private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
        private final StagedFile file;
        private final AsideChannel aside;
        private final String keyHash;
        private volatile long stamp;
        private boolean ended;

        Pending(StagedFile file, BlobRecord record) {
            this.file = file;
            this.keyHash = record.keyHash();
            this.stamp = record.stamp();
            this.aside = new AsideChannel(file.channel(), keyHash == null ? null : new AsideCipher());
        }

        boolean belongsTo(BlobRecord record) {
            return record.stamp() == stamp && Objects.equals(record.keyHash(), keyHash);
        }

        void append(long position, Writer writer) throws IOException {
            try (AsideChannel.Addition addition = aside.new Addition()) {
                writer.writeTo(addition, position);
                addition.accept();
            }
        }
    }

    private final Blobs blobs;
    private final Map<String, Pending> pending = new ConcurrentHashMap<>();

    public Appends(Blobs blobs) {
        this.blobs = blobs;
    }

    /** Keeps data for a position of a file, encrypted when the file is. */
    public void append(BlobAddress address, long position, Writer writer) throws IOException {
        while (!isAppended(address, position, writer)) {
            continue;
        }
    }

    /** False when it has to be tried again. */
    private boolean isAppended(BlobAddress address, long position, Writer writer) throws IOException {
        BlobRecord record = record(address);
        Pending file = pending.computeIfAbsent(address.key(), key -> new Pending(blobs.stage(address), record));
        file.lock.readLock().lock();
        try {
            if (file.ended) {
                return false;
            }
            // No flush changes the content now.
            if (file.belongsTo(record(address))) {
                file.append(position, writer);
                return true;
            }
        } finally {
            file.lock.readLock().unlock();
        }
        discard(address, file);
        return false;
    }

    private BlobRecord record(BlobAddress address) {
        return blobs.find(address).orElseThrow(Directories::notFound).record();
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
            Blob before = blobs.require(address);
            if (!file.belongsTo(before.record())) {
                end(address, file);
                return flush(address, flush, check, change);
            }
            long size = before.size();
            if (position < size || file.aside.endOf(size) < position || file.aside.size() > position && !flush.retains()) {
                throw invalidPosition();
            }
            Blob after = blobs.append(address, new Blobs.Part(file.aside, size, position - size, flush.key()), blob -> {
                check.accept(blob);
                if (blob.size() != size) {
                    throw invalidPosition();
                }
            }, change);
            file.stamp = after.record().stamp();
            if (file.aside.size() <= position) {
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
            discard(address, file);
        }
    }

    private void discard(BlobAddress address, Pending file) {
        file.lock.writeLock().lock();
        try {
            if (!file.ended) {
                end(address, file);
            }
        } finally {
            file.lock.writeLock().unlock();
        }
    }
}
