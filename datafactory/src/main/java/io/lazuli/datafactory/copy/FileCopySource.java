package io.lazuli.datafactory.copy;

import io.lazuli.algebra.engine.Engine;
import io.lazuli.algebra.expression.ColumnReference;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.plan.NamedExpression;
import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.plan.Project;
import io.lazuli.algebra.plan.Scan;
import io.lazuli.algebra.plan.SetOperation;
import io.lazuli.algebra.source.DelimitedFormat;
import io.lazuli.algebra.source.ExcelFormat;
import io.lazuli.algebra.source.FileFormat;
import io.lazuli.algebra.source.FileSource;
import io.lazuli.algebra.source.JsonFormat;
import io.lazuli.algebra.source.Source;
import io.lazuli.algebra.source.SourceFile;
import io.lazuli.algebra.source.XmlFormat;
import io.lazuli.algebra.type.Field;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.algebra.type.Schema;
import io.lazuli.datafactory.connector.ResolvedDataset;
import io.lazuli.datafactory.connector.file.DatasetFormats;
import io.lazuli.datafactory.connector.file.FileEntry;
import io.lazuli.datafactory.connector.file.FileLocation;
import io.lazuli.datafactory.connector.file.FileSelection;
import io.lazuli.datafactory.connector.file.FileStore;
import io.lazuli.datafactory.connector.file.Settings;
import io.lazuli.datafactory.connector.http.HttpFile;
import io.lazuli.datafactory.copy.mapping.SourceShape;
import io.lazuli.files.DelimitedReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Files of rows: every format, chosen by a dataset's location and the source's store settings. */
final class FileCopySource implements CopySource {
    private static final String PATH = "file path of the row";

    private final Engine engine;
    private final ResolvedDataset dataset;
    private final FileFormat format;
    private final FileSelection selection;
    private final AdditionalColumns additional;
    private final UnreadableRows unreadable;
    private final Runnable closing;

    private FileCopySource(
        Engine engine, FileSelection selection, ResolvedDataset dataset, Settings source, UnreadableRows unreadable, Runnable closing) {
        this.engine = engine;
        this.dataset = dataset;
        this.unreadable = unreadable;
        this.closing = closing;
        this.format = DatasetFormats.format(dataset, source.object("formatSettings").json());
        this.selection = selection;
        this.additional = new AdditionalColumns(source, dataset.place());
    }

    /** A source whose unreadable rows go to {@code unreadable}, or fail the copy when it is null. */
    FileCopySource(Engine engine, FileStore store, ResolvedDataset dataset, Settings source, UnreadableRows unreadable) {
        this(engine, selection(store, dataset, source), dataset, source, unreadable, () -> { });
    }

    /** The rows of a downloaded file, which goes when the source is closed. */
    static FileCopySource of(Engine engine, HttpFile file, ResolvedDataset dataset, Settings source, UnreadableRows unreadable) {
        return new FileCopySource(engine, file.selection(), dataset, source, unreadable, file::close);
    }

    private static FileSelection selection(FileStore store, ResolvedDataset dataset, Settings source) {
        // Sources from before store settings have recursive among their own properties.
        JsonNode storeSettings = source.has("storeSettings") ? source.json().get("storeSettings") : source.json();
        CopyRules.onlyBinary(new Settings(storeSettings, "source.storeSettings"));
        return FileSelection.select(store, FileLocation.of(dataset), storeSettings);
    }

    @Override
    public void close() {
        closing.run();
    }

    FileSelection selection() {
        return selection;
    }

    @Override
    public String connector() {
        return dataset.linkedService().type();
    }

    @Override
    public CopyCounts measured(CopyCounts counts) {
        return counts.read(selection.totalBytes(), selection.files().size());
    }

    @Override
    public Optional<SourceRows> rows() {
        return selection.files().isEmpty() ? Optional.empty() : Optional.of(rows(selection.files()));
    }

    /** The rows of some of the files; their columns are those of these files. */
    SourceRows rows(List<FileEntry> files) {
        Optional<String> path = additional.pathColumn().map(_ -> PATH);
        Schema schema = engine.describe(new FileSource(sources(files), format, path));
        Plan rows = null;
        for (List<FileEntry> group : byPartition(files)) {
            Plan scan = partitioned(new Scan(source(group, schema, path), schema), group.getFirst());
            rows = rows == null ? scan : new SetOperation(rows, scan, SetOperation.Kind.UNION, true);
        }
        Plan named = renamed(rows, path);
        Plan all = additional.add(named, path);
        int own = schema.size() - (path.isPresent() ? 1 : 0);
        return new SourceRows(all, own, shape());
    }

    private Source source(List<FileEntry> files, Schema schema, Optional<String> path) {
        if (unreadable == null || !(format instanceof DelimitedFormat text)) {
            return new FileSource(sources(files), format, path);
        }
        Schema own = path.isEmpty() ? schema : new Schema(schema.fields().subList(0, schema.size() - 1));
        return DelimitedReader.tolerantRows(sources(files), text, own, path, unreadable);
    }

    @Override
    public long unreadable() {
        return unreadable == null ? 0 : unreadable.count();
    }

    private static List<SourceFile> sources(List<FileEntry> files) {
        return files.stream().map(file -> new SourceFile(file.file(), file.name())).toList();
    }

    private static List<List<FileEntry>> byPartition(List<FileEntry> files) {
        Map<Map<String, String>, List<FileEntry>> groups = new LinkedHashMap<>();
        files.forEach(file -> groups.computeIfAbsent(file.partitions(), _ -> new ArrayList<>()).add(file));
        return List.copyOf(groups.values());
    }

    /** The rows with a column for each partition that any file has. */
    private Plan partitioned(Plan scan, FileEntry file) {
        if (selection.partitionColumns().isEmpty()) {
            return scan;
        }
        List<NamedExpression> columns = new ArrayList<>();
        scan.schema().fields().forEach(field -> columns.add(new NamedExpression(field.name(), ColumnReference.of(field))));
        selection.partitionColumns().forEach(name ->
            columns.add(new NamedExpression(name, new Literal(file.partitions().get(name), ScalarType.STRING))));
        return new Project(scan, columns);
    }

    /** Text without a header has the names that the dataset's older {@code structure} gives, when it has as many. */
    private Plan renamed(Plan rows, Optional<String> path) {
        JsonNode declared = dataset.schema();
        boolean names = declared != null && declared.isArray() && !declared.isEmpty() && declared.get(0).path("name").isString();
        if (shape() != SourceShape.NUMBERED_COLUMNS || !names) {
            return rows;
        }
        List<NamedExpression> columns = new ArrayList<>();
        List<Field> fields = rows.schema().fields();
        for (int i = 0; i < fields.size(); i++) {
            boolean given = i < declared.size() && !path.equals(Optional.of(fields.get(i).name()));
            String name = given ? declared.get(i).path("name").asString(fields.get(i).name()) : fields.get(i).name();
            columns.add(new NamedExpression(name, ColumnReference.of(fields.get(i))));
        }
        return new Project(rows, columns);
    }

    private SourceShape shape() {
        return switch (format) {
            case DelimitedFormat text -> text.header() ? SourceShape.NAMED_COLUMNS : SourceShape.NUMBERED_COLUMNS;
            case ExcelFormat sheet -> sheet.header() ? SourceShape.NAMED_COLUMNS : SourceShape.NUMBERED_COLUMNS;
            case JsonFormat _, XmlFormat _ -> SourceShape.DOCUMENTS;
            default -> SourceShape.NAMED_COLUMNS;
        };
    }
}
