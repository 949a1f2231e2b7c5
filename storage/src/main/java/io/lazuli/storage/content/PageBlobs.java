package io.lazuli.storage.content;

import io.lazuli.storage.FileStatus;
import io.lazuli.storage.Lake;
import io.lazuli.storage.content.Blobs.Part;
import io.lazuli.storage.metadata.BlobRecord;
import io.lazuli.storage.metadata.EntityTag;
import io.lazuli.storage.metadata.MetadataStore;
import io.lazuli.storage.metadata.MetadataStore.Table;
import io.lazuli.storage.metadata.Pages.Range;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Page blobs' files, which are written in place. What a write replaces is kept aside until the file's time says that all is there, so that
 * a crash or a full disk leaves the old pages. Thread-safe.
 */
public final class PageBlobs {
    /** The table of the writes that are going on. */
    static final String WRITES = "pagewrites";
    private static final int PIECE_BYTES = 256 * 1024;
    private static final int CLEARED_BYTES = 64 * 1024;

    private final Lake lake;
    private final Blobs blobs;
    private final Locks locks;
    private final MetadataStore metadata;
    private final Path folder;
    private final Table<BlobEntry> entries;
    private final Table<FileOverwrite> overwrites;

    /** {@code folder} holds what is being replaced; nothing else is in it. */
    public PageBlobs(Lake lake, Blobs blobs, Locks locks, MetadataStore metadata, Path folder) {
        this.lake = lake;
        this.blobs = blobs;
        this.locks = locks;
        this.metadata = metadata;
        this.folder = folder;
        this.entries = metadata.table("blobs", BlobEntry.class);
        this.overwrites = metadata.table(WRITES, FileOverwrite.class);
    }

    /**
     * Puts bytes in the place of others within a blob that must be there.
     *
     * @param change gives the record with the pages that it has then
     */
    public Blob write(BlobAddress address, long offset, Part part, Consumer<Blob> check, UnaryOperator<BlobRecord> change) {
        Consumer<Blob> all = check.andThen(blob -> CustomerKey.require(part.key(), blob.record().keyHash()));
        return change(address, all, change, Blob::size,
            (file, size, there) -> copy(part, part.key() == null ? file : EncryptedPages.of(file, part.key()), offset),
            blob -> overwrite(blob, offset, offset + part.length()));
    }

    /** Makes the pages between two offsets clear: zeros in the file, also when it is encrypted. */
    public Blob clear(BlobAddress address, long from, long end, CustomerKey key, Consumer<Blob> check, UnaryOperator<BlobRecord> change) {
        Consumer<Blob> all = check.andThen(blob -> CustomerKey.require(key, blob.record().keyHash()));
        return change(address, all, change, Blob::size,
            (file, size, there) -> zero(file, there.written()), blob -> overwriteByZeros(blob, from, end));
    }

    private static void zero(FileChannel file, List<Range> written) throws IOException {
        for (Range range : written) {
            zero(file, range);
        }
    }

    /** What is zeros takes no more space than before. */
    private static void zero(FileChannel file, Range range) throws IOException {
        ByteBuffer there = ByteBuffer.allocate(CLEARED_BYTES);
        for (long at = range.first(); at <= range.last(); at += there.limit()) {
            FileOverwrite.fill(file, at, there, range.last() + 1 - at);
            ByteBuffer zeros = ByteBuffer.allocate(there.limit());
            if (there.equals(zeros)) {
                continue;
            }
            while (zeros.hasRemaining()) {
                file.write(zeros, at + zeros.position());
            }
        }
    }

    private static void copy(Part part, FileChannel to, long offset) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(PIECE_BYTES, part.length()));
        for (long copied = 0; copied < part.length(); copied += bytes.limit()) {
            bytes.clear().limit((int) Math.min(bytes.capacity(), part.length() - copied));
            while (bytes.hasRemaining()) {
                if (part.file().read(bytes, part.offset() + copied + bytes.position()) < 0) {
                    throw new IOException("What is written became shorter while it was read");
                }
            }
            bytes.flip();
            while (bytes.hasRemaining()) {
                to.write(bytes, offset + copied + bytes.position());
            }
        }
    }

    /** The part of a blob's file in which the pages between two offsets lie. */
    private static FileOverwrite overwrite(Blob blob, long from, long end) {
        return FileOverwrite.of(blob.place(from), blob.place(end) - blob.place(from));
    }

    /** The same when the pages become clear or are cut off: nothing is to be kept of those that were never written. */
    private static FileOverwrite overwriteByZeros(Blob blob, long from, long end) {
        return FileOverwrite.of(blob.place(from), blob.place(end) - blob.place(from), new PageFile(blob).written(from, end));
    }

    /** Makes a blob longer, with pages that are clear, or shorter. */
    public Blob resize(BlobAddress address, long newSize, Consumer<Blob> check, UnaryOperator<BlobRecord> change) {
        return change(address, check, change, blob -> newSize, (file, size, there) -> FileOverwrite.setSize(file, size),
            blob -> overwriteByZeros(blob, Math.min(newSize, blob.size()), blob.size()));
    }

    private interface Size {
        long after(Blob blob);
    }

    /** Changes a file that is to have a size then. */
    private interface Write {
        void to(FileChannel file, long size, FileOverwrite there) throws IOException;
    }

    private interface Replaced {
        FileOverwrite of(Blob blob);
    }

    private Blob change(BlobAddress address, Consumer<Blob> check, UnaryOperator<BlobRecord> change, Size size, Write write,
            Replaced replaced) {
        return locks.withBlob(address, () -> {
            Blob blob = blobs.require(address);
            check.accept(blob);
            blobs.requireChangeable(blob);
            long fileSize = blob.place(size.after(blob));
            try {
                return FileExtension.isPossible(blob.file()) ? inPlace(blob, change.apply(blob.record()), fileSize, write, replaced)
                    : anew(blob, change.apply(blob.record()), fileSize, write, replaced);
            } catch (IOException problem) {
                throw new UncheckedIOException(problem);
            }
        });
    }

    private Blob inPlace(Blob blob, BlobRecord changed, long size, Write write, Replaced replaced) throws IOException {
        String key = blob.address().key();
        BlobRecord before = blob.record();
        long stamp = EntityTag.now();
        BlobRecord record = changed.withContent(size, stamp, before.created(), stamp);
        lake.durability().createFolders(folder);
        FileOverwrite overwrite = replaced.of(blob).keep(blob, folder, UUID.randomUUID().toString(), lake.durability());
        metadata.change(() -> {
            entries.put(key, new BlobEntry(before, record, true));
            blobs.forgetEndedLease(blob);
            overwrites.put(key, overwrite);
        });
        try (FileChannel file = FileChannel.open(blob.file(), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            write.to(file, size, overwrite);
            lake.durability().force(file);
            FileOverwrite.setTime(blob.file(), stamp);
            lake.durability().force(file);
        } catch (IOException | RuntimeException problem) {
            takeBack(key, overwrite);
            throw problem;
        }
        metadata.changeLazily(() -> overwrites.remove(key));
        overwrite.forget(folder);
        return new Blob(blob.address(), record, blob.file(), blob.lease());
    }

    /** For a file that has other names, each of which keeps its content. */
    private Blob anew(Blob blob, BlobRecord changed, long size, Write write, Replaced replaced) throws IOException {
        try (FileChannel old = FileChannel.open(blob.file(), StandardOpenOption.READ); StagedFile content = blobs.stage(blob.address())) {
            new PageFile(blob).copy(old, content.channel());
            content.encryptedWith(blob.record().keyHash());
            write.to(content.channel(), size, replaced.of(blob));
            return blobs.rewrite(blob.address(), content.seal(), changed, existing -> { });
        }
    }

    /** Takes back the writes that a crash interrupted. */
    public void recover() {
        for (String key : overwrites.keys("")) {
            try {
                takeBack(key, overwrites.get(key));
            } catch (IOException problem) {
                throw new UncheckedIOException(problem);
            }
        }
    }

    private void takeBack(String key, FileOverwrite overwrite) throws IOException {
        String[] parts = key.split("/", 3);
        BlobEntry entry = entries.get(key);
        Optional<Path> file = blobs.file(new BlobAddress(parts[0], parts[1], parts[2])).map(FileStatus::file);
        if (entry != null && entry.extended() && file.isPresent() && !overwrite.isDone(file.get(), entry.next())) {
            overwrite.takeBack(file.get(), folder, entry.current(), lake.durability());
            metadata.change(() -> {
                entries.put(key, new BlobEntry(entry.current(), null));
                overwrites.remove(key);
            });
        } else {
            metadata.change(() -> overwrites.remove(key));
        }
        overwrite.forget(folder);
    }
}
