package io.lazuli.datafactory.activity.file;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.source.Compression;
import io.lazuli.datafactory.connector.ResolvedDataset;
import io.lazuli.datafactory.connector.file.FileCompression;
import io.lazuli.datafactory.connector.file.FileEntry;
import io.lazuli.datafactory.connector.file.FileError;
import io.lazuli.datafactory.connector.file.FileLocation;
import io.lazuli.datafactory.connector.file.FileSelection;
import io.lazuli.datafactory.connector.file.FileStore;
import io.lazuli.datafactory.connector.file.FileWrites;
import io.lazuli.datafactory.connector.file.FileWrites.CopyBehavior;
import io.lazuli.datafactory.connector.file.Settings;
import io.lazuli.files.Archives;
import io.lazuli.files.Compressions;
import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.LazuliException;
import io.lazuli.storage.StorageError;
import io.lazuli.storage.StorageFailures;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/**
 * Copies files as they are, or decompressed and compressed as the two datasets say. All files appear together at the end, or none;
 * sources are deleted after that, when the source's settings ask for it.
 */
public final class BinaryCopy {
    private final Source source;
    private final Sink sink;
    private final Settings skip;
    private final boolean verify;
    private final List<Skipped> skipped = new ArrayList<>();
    private final List<FileEntry> copied = new ArrayList<>();
    private long bytesRead;

    /**
     * The files to copy.
     *
     * @param settings the activity's {@code source}
     * @param delete deletes a file where it comes from
     */
    public record Source(FileSelection selection, ResolvedDataset dataset, Settings settings, Consumer<FileEntry> delete) {
        /** The files of a store that the dataset and the settings choose, as they are now. */
        public static Source of(FileStore store, ResolvedDataset dataset, Settings settings) {
            FileSelection selection = FileSelection.select(store, FileLocation.of(dataset), storeSettings(settings));
            return new Source(selection, dataset, settings, file -> store.tree(selection.container()).delete(file.path()));
        }
    }

    /** Where they go: the store, the dataset, and the activity's {@code sink}. */
    public record Sink(FileStore store, ResolvedDataset dataset, Settings settings) {
    }

    private static Settings properties(ResolvedDataset dataset) {
        return new Settings(dataset.typeProperties(), "dataset '" + dataset.name() + "'");
    }

    private static Compression compression(ResolvedDataset dataset) {
        return FileCompression.of(properties(dataset));
    }

    private static JsonNode storeSettings(Settings settings) {
        return settings.has("storeSettings") ? settings.json().path("storeSettings") : settings.json();
    }

    /** A file that was left out, with Azure's name of the operation in logs: {@code FileSkip}. */
    public record Skipped(String path, String reason) {
    }

    /** What was moved: bytes, files, and the files that were left out. */
    public record Result(long dataRead, long dataWritten, long filesRead, long filesWritten, List<Skipped> skipped, List<String> written) {
    }

    /**
     * A copy that is ready to run.
     *
     * @param activity the Copy activity's evaluated properties: {@code skipErrorFile}, {@code validateDataConsistency}, {@code preserve}
     */
    public BinaryCopy(Source source, Sink sink, Settings activity) {
        this.source = source;
        this.sink = sink;
        this.skip = activity.object("skipErrorFile");
        this.verify = activity.flag("validateDataConsistency", false);
        for (JsonNode kept : activity.elements("preserve")) {
            if (!kept.asString("").equalsIgnoreCase("Attributes")) {
                throw failure(CommonError.NOT_SUPPORTED, "preserve '%s' is not supported: files of the lake have no access lists", kept);
            }
        }
    }

    /** Copies on the calling thread; {@code runId} names files that have no name of their own. */
    public Result copy(String runId) throws InterruptedException {
        FileLocation target = FileLocation.of(sink.dataset);
        try (FileWrites writes = FileWrites.open(sink.store, target, storeSettings(sink.settings), runId)) {
            if (packsOneArchive(writes, target)) {
                packAll(writes);
            } else {
                for (FileEntry file : source.selection.files()) {
                    checkCancelled();
                    copyUnlessSkipped(file, writes);
                }
            }
            List<String> written = List.copyOf(writes.targets());
            long bytesWritten = size(writes, written);
            writes.commit();
            deleteSources();
            return new Result(bytesRead, bytesWritten, copied.size(), written.size(), List.copyOf(skipped), written);
        } catch (IOException problem) {
            throw StorageFailures.of("Cannot copy files of dataset '" + source.dataset.name() + "'", problem);
        }
    }

    private static void checkCancelled() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    private static long size(FileWrites writes, List<String> targets) throws IOException {
        long bytes = 0;
        for (String target : targets) {
            bytes += Files.size(writes.stage(target));
        }
        return bytes;
    }

    private void copyUnlessSkipped(FileEntry file, FileWrites writes) throws IOException {
        try {
            copyOne(file, writes);
            copied.add(file);
            bytesRead += file.size();
        } catch (IOException | LazuliException problem) {
            LazuliException known = problem instanceof LazuliException own ? own
                : StorageFailures.of("Cannot copy " + file.path(), (IOException) problem);
            if (!maySkip(known)) {
                throw known;
            }
            skipped.add(new Skipped(file.path(), known.getMessage()));
        }
    }

    private boolean maySkip(LazuliException problem) {
        return problem.code() == CommonError.NOT_FOUND && skip.flag("fileMissing", false)
            || problem.code() == CommonError.FORBIDDEN && skip.flag("fileForbidden", false)
            || problem.code() == StorageError.INVALID_NAME && skip.flag("invalidFileName", false)
            || problem.code() == FileError.INCONSISTENT && skip.flag("dataInconsistency", false);
    }

    private void copyOne(FileEntry file, FileWrites writes) throws IOException {
        Compression from = compression(source.dataset);
        Compression to = compression(sink.dataset);
        if (Compressions.isArchive(from) && from != to) {
            unpack(file, from, to, writes);
            return;
        }
        String name = name(file, from, to);
        FileEntry renamed = new FileEntry(file.file(), file.path(), name, file.size(), file.lastModified(), file.partitions());
        boolean merge = writes.behavior() == CopyBehavior.MERGE_FILES;
        String target = merge ? writes.target((String) null, "") : writes.target(source.selection, renamed, null);
        if (merge) {
            append(file.file(), name, from, to, writes.stage(target));
        } else if (from == to) {
            copyBytes(file, writes, target);
        } else {
            transform(file.file(), file.name(), from, to, writes.stage(target));
        }
    }

    private void copyBytes(FileEntry file, FileWrites writes, String target) throws IOException {
        Path staged = writes.stage(target);
        Files.copy(file.file(), staged, StandardCopyOption.REPLACE_EXISTING);
        if (verify && Files.mismatch(file.file(), staged) >= 0) {
            writes.discard(target);
            throw failure(FileError.INCONSISTENT, "File '%s' changed while it was copied: source and target differ", file.path());
        }
    }

    /** {@code a.csv.gz} is {@code a.csv} when decompressed; what is compressed gets the extension. */
    private static String name(FileEntry file, Compression from, Compression to) {
        if (from == to) {
            return file.name();
        }
        String extension = FileCompression.extension(from);
        String bare = !extension.isEmpty() && file.name().endsWith(extension)
            ? file.name().substring(0, file.name().length() - extension.length()) : file.name();
        return bare + FileCompression.extension(to);
    }

    private void transform(Path file, String name, Compression from, Compression to, Path staged) throws IOException {
        if (Compressions.isArchive(to)) {
            String entry = name.substring(name.lastIndexOf('/') + 1);
            Archives.create(staged, to, level(), List.of(new Archives.Entry(entry, file)));
            return;
        }
        try (OutputStream bytes = Compressions.compress(Files.newOutputStream(staged), to, level())) {
            transfer(file, name, from, bytes);
        }
    }

    /** Merged files stand one after another; compressed ones as members of one compressed file. */
    private void append(Path file, String name, Compression from, Compression to, Path staged) throws IOException {
        OutputStream end = Files.newOutputStream(staged, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        try (OutputStream bytes = from == to ? end : Compressions.compress(end, to, level())) {
            transfer(file, name, from == to ? Compression.NONE : from, bytes);
        }
    }

    private static void transfer(Path file, String name, Compression from, OutputStream bytes) throws IOException {
        try (InputStream content = Compressions.decompress(Files.newInputStream(file), from, name)) {
            content.transferTo(bytes);
        }
    }

    private Compressions.Level level() {
        return FileCompression.level(properties(sink.dataset));
    }

    /** The files of an archive go below a folder of the archive's name, unless the source's format settings say otherwise. */
    private void unpack(FileEntry archive, Compression from, Compression to, FileWrites writes) throws IOException {
        Settings properties = source.settings.object("formatSettings").object("compressionProperties");
        boolean keepName = properties.flag("preserveZipFileNameAsFolder", true)
            && properties.flag("preserveCompressionFileNameAsFolder", true);
        String parent = archive.name().substring(0, archive.name().lastIndexOf('/') + 1);
        String folder = keepName ? name(archive, from, Compression.NONE) + "/" : parent;
        Path unpacked = Files.createTempDirectory(writes.stage("unpacked").getParent(), "archive");
        writes.discard("unpacked");
        for (Archives.Entry entry : Archives.extract(archive.file(), archive.name(), from, unpacked)) {
            String name = folder + entry.name() + FileCompression.extension(to);
            FileEntry file = new FileEntry(entry.path(), archive.path(), name, Files.size(entry.path()), archive.lastModified(),
                archive.partitions());
            boolean merge = writes.behavior() == CopyBehavior.MERGE_FILES;
            FileSelection inside = new FileSelection(source.selection.container(), source.selection.root(), false, List.of(file),
                List.of());
            Path staged = writes.stage(merge ? writes.target((String) null, "") : writes.target(inside, file, null));
            if (merge) {
                append(entry.path(), entry.name(), Compression.NONE, to, staged);
            } else if (to == Compression.NONE) {
                Files.move(entry.path(), staged, StandardCopyOption.REPLACE_EXISTING);
            } else {
                transform(entry.path(), entry.name(), Compression.NONE, to, staged);
            }
        }
    }

    /** Several files go into one archive when the sink names it, or merges. */
    private boolean packsOneArchive(FileWrites writes, FileLocation target) {
        return Compressions.isArchive(compression(sink.dataset)) && compression(sink.dataset) != compression(source.dataset)
            && (target.namesFile() || writes.behavior() == CopyBehavior.MERGE_FILES);
    }

    private void packAll(FileWrites writes) throws IOException, InterruptedException {
        if (compression(source.dataset) != Compression.NONE) {
            throw failure(CommonError.NOT_SUPPORTED, "Packing files that are compressed as %s into one %s archive is not supported",
                compression(source.dataset), compression(sink.dataset));
        }
        List<Archives.Entry> entries = new ArrayList<>();
        for (FileEntry file : source.selection.files()) {
            checkCancelled();
            entries.add(new Archives.Entry(file.name(), file.file()));
            copied.add(file);
            bytesRead += file.size();
        }
        if (!entries.isEmpty()) {
            String target = writes.target((String) null, FileCompression.extension(compression(sink.dataset)));
            Archives.create(writes.stage(target), compression(sink.dataset), level(), entries);
        }
    }

    private void deleteSources() {
        if (new Settings(storeSettings(source.settings), "source.storeSettings").flag("deleteFilesAfterCompletion", false)) {
            copied.forEach(source.delete);
        }
    }
}
