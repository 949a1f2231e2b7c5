package io.lazuli.files;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.source.Compression;
import io.lazuli.algebra.source.RowCursor;
import io.lazuli.algebra.source.SourceFile;
import io.lazuli.algebra.type.Schema;
import io.lazuli.foundation.CommonError;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** A compressed file or archive, unpacked aside for readers that need plain files; the unpacked files go when the object is closed. */
public final class PackedFile implements AutoCloseable {
    private final Path folder;
    private final List<SourceFile> files;

    private PackedFile(Path folder, List<SourceFile> files) {
        this.folder = folder;
        this.files = files;
    }

    /** Unpacks under the directory for temporary files. */
    public static PackedFile unpack(SourceFile file, Compression compression) {
        try {
            Path folder = Files.createTempDirectory("lazuli-unpacked");
            PackedFile packed = new PackedFile(folder, new ArrayList<>());
            try {
                packed.fill(file, compression);
            } catch (IOException | RuntimeException e) {
                packed.close();
                throw e;
            }
            return packed;
        } catch (NoSuchFileException e) {
            throw failure(CommonError.NOT_FOUND, "%s does not exist", file.name(), e);
        } catch (IOException e) {
            throw failure(CommonError.IO_ERROR, "%s cannot be unpacked: %s", file.name(), e.getMessage(), e);
        }
    }

    private void fill(SourceFile file, Compression compression) throws IOException {
        if (Compressions.isArchive(compression)) {
            for (Archives.Entry entry : Archives.extract(file.path(), file.name(), compression, folder)) {
                files.add(new SourceFile(entry.path(), file.name() + "/" + entry.name()));
            }
            return;
        }
        Path plain = folder.resolve("plain");
        try (InputStream bytes = Files.newInputStream(file.path());
             InputStream decompressed = Compressions.decompress(bytes, compression, file.name());
             OutputStream target = new GuardedOutputStream(plain, file.name())) {
            decompressed.transferTo(target);
        }
        files.add(new SourceFile(plain, file.name()));
    }

    /** The plain files: one, or an archive's. */
    public List<SourceFile> files() {
        return List.copyOf(files);
    }

    /** The rows of a file that may be packed, from a function that reads plain ones; closing the cursor removes what was unpacked. */
    public static RowCursor open(SourceFile file, Compression compression, Function<SourceFile, RowCursor> opening) {
        if (compression == Compression.NONE) {
            return opening.apply(file);
        }
        PackedFile packed = unpack(file, compression);
        try {
            List<Schema> schemas = new ArrayList<>();
            for (SourceFile plain : packed.files) {
                try (RowCursor cursor = opening.apply(plain)) {
                    schemas.add(cursor.schema());
                }
            }
            return new Cursor(packed, new FileRows(packed.files, TypeUnion.of(schemas), Optional.empty(), opening).open());
        } catch (RuntimeException e) {
            packed.close();
            throw e;
        }
    }

    @Override
    public void close() {
        try (Stream<Path> unpacked = Files.walk(folder)) {
            for (Path path : unpacked.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw failure(CommonError.IO_ERROR, "The unpacked files in %s cannot be removed: %s", folder, e.getMessage(), e);
        }
    }

    private record Cursor(PackedFile packed, RowCursor rows) implements RowCursor {
        @Override
        public Schema schema() {
            return rows.schema();
        }

        @Override
        public boolean next() {
            return rows.next();
        }

        @Override
        public Object value(int column) {
            return rows.value(column);
        }

        @Override
        public void close() {
            rows.close();
            packed.close();
        }
    }
}
