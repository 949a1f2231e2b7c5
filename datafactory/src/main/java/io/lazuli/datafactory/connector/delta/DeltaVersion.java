package io.lazuli.datafactory.connector.delta;

import static io.lazuli.foundation.LazuliException.failure;

import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.data.Row;
import io.delta.kernel.internal.SnapshotImpl;
import io.delta.kernel.internal.util.ColumnMapping;
import io.delta.kernel.types.StructField;
import io.delta.kernel.utils.CloseableIterator;
import io.lazuli.algebra.engine.Engine;
import io.lazuli.algebra.expression.Call;
import io.lazuli.algebra.expression.Cast;
import io.lazuli.algebra.expression.ColumnReference;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.operator.ComparisonOperators;
import io.lazuli.algebra.plan.Join;
import io.lazuli.algebra.plan.NamedExpression;
import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.plan.Project;
import io.lazuli.algebra.plan.Scan;
import io.lazuli.algebra.plan.SetOperation;
import io.lazuli.algebra.plan.Values;
import io.lazuli.algebra.source.FileSource;
import io.lazuli.algebra.source.ParquetFormat;
import io.lazuli.algebra.source.SourceFile;
import io.lazuli.algebra.type.Field;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.algebra.type.Schema;
import io.lazuli.foundation.CommonError;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A table as it is at one version. */
public final class DeltaVersion {
    /** The column that says in which file a row is. */
    static final String FILE = "\0file";
    private static final String KNOWN_FILE = "\0known file";

    private final DeltaKernel kernel;
    private final Path folder;
    private final String table;
    private final SnapshotImpl snapshot;

    DeltaVersion(DeltaKernel kernel, Path folder, String table, SnapshotImpl snapshot) {
        this.kernel = kernel;
        this.folder = folder;
        this.table = table;
        this.snapshot = snapshot;
        String mapping = snapshot.getMetadata().getConfiguration().getOrDefault(ColumnMapping.COLUMN_MAPPING_MODE_KEY, "none");
        if (mapping.equals("id")) {
            throw failure(CommonError.NOT_SUPPORTED, "Delta tables with delta.columnMapping.mode 'id' are not supported; 'name' is");
        }
    }

    public long number() {
        return snapshot.getVersion();
    }

    /** The columns, partition columns among them. */
    public Schema schema() {
        return DeltaTypes.schema(snapshot.getSchema());
    }

    /** When it was written, in milliseconds since 1970. */
    long timestamp() {
        return snapshot.getTimestamp(kernel);
    }

    SnapshotImpl snapshot() {
        return snapshot;
    }

    /** The data files that make up this version. */
    List<DeltaFile> files() {
        io.delta.kernel.Scan scan = snapshot.getScanBuilder().build();
        List<DeltaFile> files = new ArrayList<>();
        try (CloseableIterator<FilteredColumnarBatch> batches = scan.getScanFiles(kernel)) {
            while (batches.hasNext()) {
                try (CloseableIterator<Row> rows = batches.next().getRows()) {
                    while (rows.hasNext()) {
                        files.add(DeltaFile.of(rows.next(), folder));
                    }
                }
            }
        } catch (IOException e) {
            throw failure(CommonError.IO_ERROR, "The log of %s cannot be read: %s", folder, e.getMessage(), e);
        } catch (RuntimeException e) {
            throw KernelFailures.of(table, e);
        }
        return files;
    }

    /** All rows. */
    public Plan rows(Engine engine) {
        return rows(engine, files());
    }

    /** The rows of some of the files. */
    Plan rows(Engine engine, List<DeltaFile> files) {
        return files.isEmpty() ? new Values(schema(), List.of()) : Project.of(rowsWithFile(engine, files), schema().names());
    }

    /** The rows of some of the files, at least one, and behind the table's columns {@link #FILE}, as {@link #name} calls it. */
    Plan rowsWithFile(Engine engine, List<DeltaFile> files) {
        List<DeltaFile> whole = files.stream().filter(file -> file.deletionVector().isEmpty()).toList();
        List<DeltaFile> marked = files.stream().filter(file -> file.deletionVector().isPresent()).toList();
        if (marked.isEmpty()) {
            return logical(scan(engine, whole), whole);
        }
        Scan scan = scan(engine, marked);
        SurvivingRows surviving = new SurvivingRows(engine, scan);
        marked.forEach(file -> surviving.delete(name(file), file.deletionVector().orElseThrow(), folder, kernel));
        Plan rows = logical(new Scan(surviving, scan.schema()), marked);
        return whole.isEmpty() ? rows
            : new SetOperation(logical(scan(engine, whole), whole), rows, SetOperation.Kind.UNION, true);
    }

    private Scan scan(Engine engine, List<DeltaFile> files) {
        FileSource source = new FileSource(files.stream().map(file -> new SourceFile(file.path(), name(file))).toList(),
            new ParquetFormat("snappy"), Optional.of(FILE));
        return new Scan(source, engine.describe(source));
    }

    /** The table's columns, of what the files hold. */
    private Plan logical(Plan stored, List<DeltaFile> files) {
        List<String> partitions = snapshot.getPartitionColumnNames();
        Plan all = partitions.isEmpty() ? stored : withPartitions(stored, partitions, files);
        List<NamedExpression> columns = new ArrayList<>(snapshot.getSchema().fields().stream()
            .map(field -> new NamedExpression(field.getName(), value(all, field, partitions))).toList());
        columns.add(new NamedExpression(FILE, ColumnReference.of(all.schema().field(FILE))));
        return new Project(all, columns);
    }

    /** What rows and messages call a file: its path below the table's folder, and before it the table's name. */
    String name(DeltaFile file) {
        return table + "/" + folder.relativize(file.path());
    }

    private static Expression value(Plan rows, StructField field, List<String> partitions) {
        String physical = PhysicalNames.of(field);
        if (partitions.stream().anyMatch(field.getName()::equalsIgnoreCase)) {
            return Cast.strict(ColumnReference.of(rows.schema().field(partition(physical))), DeltaTypes.of(field.getDataType()));
        }
        return rows.schema().fields().stream().filter(column -> column.name().equalsIgnoreCase(physical)).findFirst()
            .map(column -> DeltaValues.read(ColumnReference.of(column), field.getDataType()))
            .orElseGet(() -> new Literal(null, DeltaTypes.of(field.getDataType())));
    }

    private static String partition(String physical) {
        return "\0partition " + physical;
    }

    /** Files do not hold the partition columns: the log says their values for each file. */
    private Plan withPartitions(Plan scan, List<String> partitions, List<DeltaFile> files) {
        List<String> names = partitions.stream().map(name -> PhysicalNames.of(snapshot.getSchema().get(name))).toList();
        List<Field> fields = new ArrayList<>(List.of(new Field(KNOWN_FILE, ScalarType.STRING)));
        names.forEach(name -> fields.add(new Field(partition(name), ScalarType.STRING)));
        List<List<Expression>> values = new ArrayList<>();
        for (DeltaFile file : files) {
            List<Expression> row = new ArrayList<>(List.of(Literal.string(name(file))));
            names.forEach(name -> row.add(partitionValue(file.partitionValues().get(name))));
            values.add(row);
        }
        Plan known = new Values(new Schema(fields), values);
        return new Join(scan, known, Join.Kind.INNER, Call.of(ComparisonOperators.EQUAL,
            ColumnReference.of(scan.schema().field(FILE)), ColumnReference.of(known.schema().field(KNOWN_FILE))));
    }

    private static Expression partitionValue(String text) {
        return new Literal(text == null || text.isEmpty() ? null : text, ScalarType.STRING);
    }
}
