package io.lazuli.storage.content;

import io.lazuli.storage.http.ServiceFailure;
import io.lazuli.storage.metadata.BlobRecord;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Data that was appended to files and not flushed yet: in any order, from several requests at once, in a file aside, of each request as a
 * whole or not at all. It is forgotten when the service ends; a flush makes it part of the file. A request that is slow keeps no other
 * from its work. Thread-safe.
 */
public final class Appends {
    /** Writes a request's bytes to a file from a position on and tells how many; they count for nothing when it fails. */
    public interface Writer {
        long writeTo(FileChannel file, long position) throws IOException;
    }

    /**
     * How appended data becomes part of a file.
     *
     * @param retains whether what was appended beyond the position stays for a later flush; else it is forgotten
     * @param key that the file is encrypted with, null for none
     * @param check refuses when the file must not be changed
     */
    public record Flush(boolean retains, CustomerKey key, Consumer<Blob> check, UnaryOperator<BlobRecord> change) {
    }

    /** What is done with a request's bytes when all have come; {@code end} is the position behind them. */
    private interface Acceptance {
        Blob accept(AppendedContent file, AsideChannel.Addition addition, long end) throws IOException;
    }

    private final Blobs blobs;
    private final Map<String, AppendedContent> waiting = new ConcurrentHashMap<>();

    public Appends(Blobs blobs) {
        this.blobs = blobs;
    }

    /**
     * Keeps data for a position of a file, encrypted when the file is.
     *
     * @param check refuses when the file must not be changed, before anything is written
     */
    public void append(BlobAddress address, long position, Consumer<Blob> check, Writer writer) throws IOException {
        append(address, position, check, writer, (file, addition, end) -> {
            addition.accept();
            return null;
        });
    }

    /**
     * The same, and makes the file end behind it; when that is refused, the data is not kept either. What was appended beyond it is not
     * forgotten for it: then it is {@code InvalidFlushPosition}.
     */
    public Blob append(BlobAddress address, long position, Flush flush, Writer writer) throws IOException {
        return append(address, position, flush.check(), writer,
            (file, addition, end) -> addition.acceptFor(() -> {
                if (file.aside().size() > end && !flush.retains()) {
                    throw invalidPosition();
                }
                return flush(file, end, flush);
            }));
    }

    private Blob append(BlobAddress address, long position, Consumer<Blob> check, Writer writer, Acceptance acceptance)
            throws IOException {
        AppendedContent file = enter(address, check);
        try (AsideChannel.Addition addition = file.aside().new Addition()) {
            long length = writer.writeTo(addition, position);
            file.lock().lock();
            try {
                if (isCurrent(file)) {
                    return acceptance.accept(file, addition, position + length);
                }
                end(file);
            } finally {
                file.lock().unlock();
            }
            // The file has got another content meanwhile, which the data is appended to then.
            return append(address, position, check, (to, place) -> addition.copyTo(to), acceptance);
        } finally {
            leave(file);
        }
    }

    private AppendedContent enter(BlobAddress address, Consumer<Blob> check) {
        check.accept(find(address));
        while (true) {
            AppendedContent file = waiting.computeIfAbsent(address.key(), key -> {
                BlobRecord record = find(address).record();
                return new AppendedContent(address, blobs.stage(address), record);
            });
            file.lock().lock();
            try {
                if (isCurrent(file)) {
                    file.enter();
                    return file;
                }
                end(file);
            } finally {
                file.lock().unlock();
            }
        }
    }

    private Blob find(BlobAddress address) {
        return blobs.find(address).orElseThrow(Directories::notFound);
    }

    private boolean isCurrent(AppendedContent file) {
        return blobs.find(file.address()).filter(blob -> file.belongsTo(blob.record())).isPresent();
    }

    private void leave(AppendedContent file) {
        file.lock().lock();
        try {
            file.leave();
            endIdle(file);
        } finally {
            file.lock().unlock();
        }
    }

    private void endIdle(AppendedContent file) {
        if (file.isIdle()) {
            end(file);
        }
    }

    private void end(AppendedContent file) {
        waiting.remove(file.address().key(), file);
        file.end();
    }

    /**
     * Makes a file end at a position, with what was appended up to there.
     *
     * @return the file after that; {@code InvalidFlushPosition} when data is missing or the position is within what was flushed before
     */
    public Blob flush(BlobAddress address, long position, Flush flush) throws IOException {
        while (true) {
            AppendedContent file = waiting.get(address.key());
            if (file == null) {
                return flushNothing(address, position, flush);
            }
            file.lock().lock();
            try {
                if (isCurrent(file)) {
                    Blob after = flush(file, position, flush);
                    endIdle(file);
                    return after;
                }
                end(file);
            } finally {
                file.lock().unlock();
            }
        }
    }

    private Blob flushNothing(BlobAddress address, long position, Flush flush) {
        if (position != blobs.require(address).size()) {
            throw invalidPosition();
        }
        return blobs.update(address, flush.check(), flush.change());
    }

    private Blob flush(AppendedContent file, long position, Flush flush) throws IOException {
        AsideChannel aside = file.aside();
        if (aside.size() == 0) {
            return flushNothing(file.address(), position, flush);
        }
        long size = blobs.require(file.address()).size();
        if (position < size || aside.endOf(size) < position) {
            throw invalidPosition();
        }
        Blobs.Part part = new Blobs.Part(aside, size, position - size, flush.key());
        Blob after = blobs.append(file.address(), part, blob -> {
            flush.check().accept(blob);
            if (!file.belongsTo(blob.record()) || blob.size() != size) {
                throw invalidPosition();
            }
        }, flush.change());
        file.flushed(after, flush.retains() ? position : Long.MAX_VALUE);
        return after;
    }

    private static ServiceFailure invalidPosition() {
        return ServiceFailure.badRequest("InvalidFlushPosition", "The uploaded data is not contiguous or the position query parameter "
            + "value is not equal to the length of the file after appending the uploaded data.");
    }

    /** Forgets what was appended to a content that a file does not have any more. */
    public void discard(BlobAddress address) {
        Optional.ofNullable(waiting.get(address.key())).ifPresent(this::discard);
    }

    /** The same for all files below a directory. */
    public void discardBelow(BlobAddress directory) {
        String begin = directory.key() + "/";
        waiting.values().stream().filter(file -> file.address().key().startsWith(begin)).forEach(this::discard);
    }

    /** The same for all files: others than clients of the Data Lake endpoint delete and replace files too. */
    public void discardAll() {
        waiting.values().forEach(this::discard);
    }

    private void discard(AppendedContent file) {
        file.lock().lock();
        try {
            if (!isCurrent(file)) {
                end(file);
            }
        } finally {
            file.lock().unlock();
        }
    }
}
