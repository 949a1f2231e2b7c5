package io.lazuli.storage.content;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;

/** The file of a blob that is being replaced: the space of a large one is given back on another thread, which takes a while. */
final class Replaced implements AutoCloseable {
    private static final long LARGE_BYTES = 16 << 20;

    private final FileChannel file;

    /** To be made before the blob is replaced; null for one that was not there. */
    Replaced(Blob blob) {
        file = blob == null || blob.size() < LARGE_BYTES ? null : open(blob);
    }

    private static FileChannel open(Blob blob) {
        try {
            return FileChannel.open(blob.file(), StandardOpenOption.READ);
        } catch (IOException goneOrNotReadable) {
            // It is replaced all the same, only not beside.
            return null;
        }
    }

    @Override
    public void close() {
        if (file != null) {
            Thread.ofPlatform().daemon().name("replaced-file").start(this::free);
        }
    }

    private void free() {
        try {
            file.close();
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }
}
