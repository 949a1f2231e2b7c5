package io.lazuli.datafactory.copy;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.engine.Session;
import io.lazuli.algebra.engine.WriteFile;
import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.source.DelimitedFormat;
import io.lazuli.algebra.source.ExcelFormat;
import io.lazuli.algebra.source.FileFormat;
import io.lazuli.algebra.source.JsonFormat;
import io.lazuli.algebra.source.XmlFormat;
import io.lazuli.datafactory.connector.ResolvedDataset;
import io.lazuli.datafactory.connector.file.DatasetFormats;
import io.lazuli.datafactory.connector.file.FileEntry;
import io.lazuli.datafactory.connector.file.FileLocation;
import io.lazuli.datafactory.connector.file.FileStore;
import io.lazuli.datafactory.connector.file.FileWrites;
import io.lazuli.datafactory.connector.file.Settings;
import io.lazuli.datafactory.connector.file.Wildcard;
import io.lazuli.datafactory.copy.failure.CopyFailure;
import io.lazuli.datafactory.copy.mapping.MappedRows;
import io.lazuli.datafactory.copy.mapping.SinkShape;
import io.lazuli.foundation.CommonError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Files of rows: written aside, put in place together when all are complete. */
final class FileCopySink implements CopySink {
    private final FileStore store;
    private final ResolvedDataset dataset;
    private final Settings sink;
    private final FileFormat format;
    private final FileLocation location;
    private final Optional<Integer> rowsPerFile;

    FileCopySink(FileStore store, ResolvedDataset dataset, Settings sink) {
        this.store = store;
        this.dataset = dataset;
        this.sink = sink;
        this.format = DatasetFormats.format(dataset, sink.object("formatSettings").json());
        this.location = FileLocation.of(dataset);
        this.rowsPerFile = sink.object("formatSettings").integer("maxRowsPerFile").filter(rows -> rows > 0);
        if (format instanceof ExcelFormat || format instanceof XmlFormat) {
            throw failure(CommonError.NOT_SUPPORTED, dataset.place(),
                "Dataset '%s' of type %s cannot be a sink: the format is read only, as in Azure", dataset.name(), dataset.type());
        }
        Settings place = new Settings(dataset.typeProperties(), "dataset").object("location");
        String path = place.text("folderPath").orElse("") + "/" + place.text("fileName").orElse("");
        if (Wildcard.isPattern(path)) {
            throw CopyFailure.of("WildcardPathSinkNotSupported",
                "Wildcard in path is not supported in sink dataset. Fix the path: '%s'.", path.replaceFirst("^/", ""));
        }
    }

    @Override
    public String connector() {
        return dataset.linkedService().type();
    }

    @Override
    public CopyCounts write(CopyJob job, CopySource source, CopyCounts counts) {
        try (FileWrites writes = FileWrites.open(store, location, sink.object("storeSettings").json(), job.runId());
            Session session = job.engine().open()) {
            Writing writing = new Writing(job, session, writes);
            CopyCounts copied = source instanceof FileCopySource files && writes.behavior() != FileWrites.CopyBehavior.MERGE_FILES
                ? writing.eachFile(files, counts) : writing.together(source, counts);
            long bytes = writing.bytes();
            int files = writing.files();
            writes.commit();
            return copied.written(bytes, files).rows(0, source.unreadable());
        }
    }

    private SinkShape shape() {
        return switch (format) {
            case DelimitedFormat _ -> new SinkShape.TextColumns();
            case JsonFormat _ -> new SinkShape.Documents();
            default -> new SinkShape.TypedColumns();
        };
    }

    private String extension() {
        return DatasetFormats.extension(dataset, sink.object("formatSettings").json());
    }

    /** One run of the sink. */
    private final class Writing {
        private final CopyJob job;
        private final Session session;
        private final FileWrites writes;

        Writing(CopyJob job, Session session, FileWrites writes) {
            this.job = job;
            this.session = session;
            this.writes = writes;
        }

        /** A file for each of the source's files, each with its own columns. */
        CopyCounts eachFile(FileCopySource source, CopyCounts counts) {
            CopyCounts total = counts;
            for (FileEntry file : source.selection().files()) {
                job.log("FileRead", file.name(), "Start to read file: " + file.path());
                String target = writes.target(source.selection(), file, extension());
                RowTransfer.Result result = write(source.rows(List.of(file)), target);
                job.transfer().advance(0, file.size());
                total = total.rows(result.copied(), result.skipped());
                job.log("FileWrite", file.name(),
                    "Complete writing file from source file: " + file.name() + ". File is successfully copied.");
            }
            return total;
        }

        CopyCounts together(CopySource source, CopyCounts counts) {
            Optional<SourceRows> rows = source.rows();
            if (rows.isEmpty()) {
                return counts;
            }
            RowTransfer.Result result = write(rows.get(), writes.target(source.table().orElse(null), extension()));
            CopyCounts read = counts.filesRead() >= 0 ? counts
                : counts.read(DataSizes.estimate(session, rows.get().plan(), result.copied() + result.skipped()), -1);
            return read.rows(result.copied(), result.skipped());
        }

        private RowTransfer.Result write(SourceRows rows, String target) {
            MappedRows mapped = job.map(rows, shape());
            if (rowsPerFile.isPresent()) {
                return inParts(mapped, target);
            }
            Path file = writes.stage(target);
            RowTransfer.Result result = job.transfer().run(session, mapped, (_, plan) -> new WriteFile(plan, format, file));
            job.verify(session, mapped, result.copied(), result.skipped());
            return result;
        }

        private RowTransfer.Result inParts(MappedRows mapped, String target) {
            String name = target.substring(target.lastIndexOf('/') + 1);
            String bare = name.endsWith(extension()) ? name.substring(0, name.length() - extension().length()) : name;
            String prefix = sink.object("formatSettings").text("fileNamePrefix").orElse(bare);
            Plan accepted = job.transfer().accepted(mapped);
            try (RowParts parts = new RowParts(job.engine(), accepted, rowsPerFile.get(), job.transfer().watched())) {
                long rows = 0;
                for (int number = 0; parts.more() || number == 0; number++) {
                    Path file = writes.stage(writes.numberedTarget(prefix, number, extension()));
                    rows += session.execute(new WriteFile(parts.next(), format, file), job.transfer().watched());
                }
                return new RowTransfer.Result(rows, job.transfer().skipped(session, mapped));
            }
        }

        long bytes() {
            return writes.targets().stream().map(writes::stage).filter(Files::exists).mapToLong(FileCopySink::size).sum();
        }

        int files() {
            return (int) writes.targets().stream().map(writes::stage).filter(Files::exists).count();
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
