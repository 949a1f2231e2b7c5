package io.lazuli.files;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.AlgebraError;
import io.lazuli.algebra.source.Compression;
import io.lazuli.foundation.CommonError;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.zip.Deflater;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.commons.compress.archivers.zip.ZipFile;

/**
 * Unpacks and packs archives: Azure's {@code ZipDeflate}, {@code Tar} and {@code TarGZip}.
 *
 * <p>An entry never leaves the target folder: absolute names, names with {@code ..} and links fail. Unpacking stops with
 * {@code DISK_FULL} while the disk still has room for other work, however far a small archive would expand.
 */
public final class Archives {
    private Archives() {
    }

    /**
     * A file of an archive.
     *
     * @param name its path within the archive, with {@code /}
     */
    public record Entry(String name, Path path) {
    }

    /** Unpacks all files under a folder, which is made if missing, and gives them in the archive's order. Empty folders are made too. */
    public static List<Entry> extract(Path archive, String name, Compression kind, Path folder) {
        try {
            Files.createDirectories(folder);
            Extraction extraction = new Extraction(name, folder);
            switch (kind) {
                case ZIP -> extractZip(archive, extraction);
                case TAR, TAR_GZIP -> extractTar(archive, kind, extraction);
                default -> throw failure(CommonError.INVALID_ARGUMENT, "%s is no kind of archive", kind);
            }
            return extraction.entries;
        } catch (IOException e) {
            throw failure(AlgebraError.MALFORMED_DATA, "%s is not a whole %s archive: %s", name, kind, e.getMessage(), e);
        }
    }

    private static void extractZip(Path archive, Extraction extraction) throws IOException {
        try (ZipFile zip = ZipFile.builder().setPath(archive).get()) {
            Enumeration<ZipArchiveEntry> entries = zip.getEntriesInPhysicalOrder();
            while (entries.hasMoreElements()) {
                ZipArchiveEntry entry = entries.nextElement();
                if (!zip.canReadEntryData(entry)) {
                    throw failure(CommonError.NOT_SUPPORTED, "%s: entry '%s' is encrypted or packed by a method that is not supported",
                        extraction.archive, entry.getName());
                }
                extraction.refuseLink(entry.getName(), entry.isUnixSymlink());
                try (InputStream content = zip.getInputStream(entry)) {
                    extraction.add(entry.getName(), entry.isDirectory(), content);
                }
            }
        }
    }

    private static void extractTar(Path archive, Compression kind, Extraction extraction) throws IOException {
        Compression whole = kind == Compression.TAR_GZIP ? Compression.GZIP : Compression.NONE;
        try (InputStream bytes = new BufferedInputStream(Files.newInputStream(archive));
             TarArchiveInputStream tar = new TarArchiveInputStream(Compressions.decompress(bytes, whole, extraction.archive))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                extraction.refuseLink(entry.getName(), !entry.isDirectory() && !isPlainFile(entry));
                extraction.add(entry.getName(), entry.isDirectory(), tar);
            }
        }
    }

    /** Links and devices also answer true to {@code isFile}. */
    private static boolean isPlainFile(TarArchiveEntry entry) {
        return entry.isFile() && !entry.isLink() && !entry.isSymbolicLink() && !entry.isFIFO() && !entry.isBlockDevice()
            && !entry.isCharacterDevice();
    }

    /** Packs files into a new archive, with the names of the entries. */
    public static void create(Path archive, Compression kind, Compressions.Level level, List<Entry> entries) throws IOException {
        switch (kind) {
            case ZIP -> createZip(archive, level, entries);
            case TAR, TAR_GZIP -> createTar(archive, kind, level, entries);
            default -> throw failure(CommonError.INVALID_ARGUMENT, "%s is no kind of archive", kind);
        }
    }

    private static void createZip(Path archive, Compressions.Level level, List<Entry> entries) throws IOException {
        try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(archive)) {
            zip.setLevel(level == Compressions.Level.FASTEST ? Deflater.BEST_SPEED : Deflater.DEFAULT_COMPRESSION);
            for (Entry entry : entries) {
                zip.putArchiveEntry(new ZipArchiveEntry(entry.path(), entry.name()));
                Files.copy(entry.path(), zip);
                zip.closeArchiveEntry();
            }
        }
    }

    private static void createTar(Path archive, Compression kind, Compressions.Level level, List<Entry> entries) throws IOException {
        Compression whole = kind == Compression.TAR_GZIP ? Compression.GZIP : Compression.NONE;
        OutputStream bytes = new BufferedOutputStream(Files.newOutputStream(archive));
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(Compressions.compress(bytes, whole, level), "UTF-8")) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
            for (Entry entry : entries) {
                tar.putArchiveEntry(new TarArchiveEntry(entry.path(), entry.name()));
                Files.copy(entry.path(), tar);
                tar.closeArchiveEntry();
            }
        }
    }

    /** One archive on its way into one folder. */
    private static final class Extraction {
        private final String archive;
        private final Path folder;
        private final List<Entry> entries = new ArrayList<>();

        Extraction(String archive, Path folder) {
            this.archive = archive;
            this.folder = folder.toAbsolutePath().normalize();
        }

        void refuseLink(String entry, boolean link) {
            if (link) {
                throw failure(CommonError.NOT_SUPPORTED, "%s: entry '%s' is a link or device, not a file", archive, entry);
            }
        }

        void add(String entry, boolean directory, InputStream content) throws IOException {
            Path target = target(entry);
            if (directory) {
                Files.createDirectories(target);
                return;
            }
            Files.createDirectories(target.getParent());
            try (OutputStream file = new GuardedOutputStream(target, archive)) {
                content.transferTo(file);
            }
            entries.add(new Entry(folder.relativize(target).toString().replace('\\', '/'), target));
        }

        private Path target(String entry) {
            try {
                Path relative = Path.of(entry.replace('\\', '/'));
                Path target = folder.resolve(relative).normalize();
                if (!relative.isAbsolute() && target.startsWith(folder) && !entry.contains("../")) {
                    return target;
                }
            } catch (InvalidPathException e) {
                throw failure(AlgebraError.MALFORMED_DATA, "%s: entry '%s' has an impossible name: %s", archive, entry, e.getReason(), e);
            }
            throw failure(AlgebraError.MALFORMED_DATA, "%s: entry '%s' would be written outside the target folder", archive, entry);
        }
    }
}
