package io.lazuli.storage.content;

import io.lazuli.storage.metadata.BlobRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What was appended to one content of a file and not flushed yet; another content begins without it. Used under its lock, but for what
 * requests write before they are accepted.
 */
final class AppendedContent {
    private final ReentrantLock lock = new ReentrantLock();
    private final BlobAddress address;
    private final StagedFile file;
    private final AsideChannel aside;
    private final String keyHash;
    private long stamp;
    private int writers;
    private boolean ended;

    AppendedContent(BlobAddress address, StagedFile file, BlobRecord record) {
        this.address = address;
        this.file = file;
        this.keyHash = record.keyHash();
        this.stamp = record.stamp();
        this.aside = new AsideChannel(file.channel(), keyHash == null ? null : new AsideCipher());
    }

    ReentrantLock lock() {
        return lock;
    }

    BlobAddress address() {
        return address;
    }

    AsideChannel aside() {
        return aside;
    }

    boolean belongsTo(BlobRecord record) {
        return !ended && record.stamp() == stamp && Objects.equals(record.keyHash(), keyHash);
    }

    /** The content has grown by what was flushed; what lies beyond {@code kept} waits on, the rest is forgotten. */
    void flushed(Blob after, long kept) throws IOException {
        stamp = after.record().stamp();
        aside.removeBefore(kept);
    }

    /** A request begins to write; it leaves at its end. */
    void enter() {
        writers++;
    }

    void leave() {
        writers--;
        if (ended) {
            close();
        }
    }

    /** Whether nothing waits and nothing comes. */
    boolean isIdle() {
        return writers == 0 && aside.size() == 0;
    }

    /** Nothing more is accepted; the file goes when the last request that writes to it has left. */
    void end() {
        ended = true;
        close();
    }

    private void close() {
        if (writers > 0) {
            return;
        }
        try {
            file.close();
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }
}
