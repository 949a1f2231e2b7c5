package io.lazuli.storage.content;

import io.lazuli.storage.metadata.BlobKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/**
 * Copies of blobs' contents, which are made before a blob's lock is taken, so that nobody waits for that. Those of a blob that gets another
 * content meanwhile are made again, and at last while others wait; those of page blobs, which are written in place, always so.
 */
final class ContentCopies {
    private static final int ATTEMPTS = 2;

    private final BlobFiles files;
    private final Locks locks;
    private final KeptFiles kept;

    ContentCopies(BlobFiles files, Locks locks, KeptFiles kept) {
        this.files = files;
        this.locks = locks;
        this.kept = kept;
    }

    private record Source(Blob blob, FileChannel content) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            content.close();
        }
    }

    /**
     * Does something to a blob while nothing else changes it.
     *
     * @param count how many copies are needed
     * @param check refuses when it must not be done; asked before the copies are made too
     * @param use gets the blob and the copies, and moves these to where they belong
     */
    Blob with(BlobAddress address, int count, Consumer<Blob> check, BiFunction<Blob, List<Path>, Blob> use) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try (Source source = locks.withBlob(address, () -> open(require(address, check)))) {
                if (source.blob().record().kind() == BlobKind.PageBlob) {
                    break;
                }
                Optional<Blob> done = copied(source, count, copies -> locks.withBlob(address, () ->
                    Optional.of(require(address, check)).filter(blob -> isSame(blob, source.blob())).map(blob -> use.apply(blob, copies))));
                if (done.isPresent()) {
                    return done.get();
                }
            } catch (IOException problem) {
                throw new UncheckedIOException(problem);
            }
        }
        return locks.withBlob(address, () -> {
            try (Source source = open(require(address, check))) {
                return copied(source, count, copies -> use.apply(source.blob(), copies));
            } catch (IOException problem) {
                throw new UncheckedIOException(problem);
            }
        });
    }

    private Blob require(BlobAddress address, Consumer<Blob> check) {
        Blob blob = files.require(address);
        check.accept(blob);
        return blob;
    }

    private static boolean isSame(Blob one, Blob other) {
        return one.record().stamp() == other.record().stamp() && one.record().size() == other.record().size();
    }

    private static Source open(Blob blob) {
        try {
            return new Source(blob, FileChannel.open(blob.file(), StandardOpenOption.READ));
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    private interface Use<T> {
        T of(List<Path> copies);
    }

    private <T> T copied(Source source, int count, Use<T> use) throws IOException {
        List<Path> copies = new ArrayList<>();
        try {
            while (copies.size() < count) {
                copies.add(files.tree(source.blob().address()).stageFile());
                kept.copy(source.blob(), source.content(), copies.getLast());
            }
            return use.of(copies);
        } finally {
            for (Path copy : copies) {
                Files.deleteIfExists(copy);
            }
        }
    }
}
