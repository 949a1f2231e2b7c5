package io.lazuli.datafactory.connector.delta;

import static io.lazuli.foundation.LazuliException.failure;

import io.delta.kernel.exceptions.KernelException;
import io.delta.kernel.internal.actions.Format;
import io.delta.kernel.internal.actions.Metadata;
import io.delta.kernel.internal.actions.Protocol;
import io.delta.kernel.internal.util.ColumnMapping;
import io.delta.kernel.internal.util.SchemaUtils;
import io.delta.kernel.internal.util.VectorUtils;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructType;
import io.lazuli.algebra.engine.Engine;
import io.lazuli.algebra.engine.Execution;
import io.lazuli.algebra.expression.ColumnReference;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.plan.NamedExpression;
import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.plan.Project;
import io.lazuli.algebra.type.Field;
import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.NearestName;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Makes the data files of a write and what the log is to say of them. */
final class DeltaWriter {
    private final Path folder;
    private final String name;
    private final Engine engine;
    private final Execution execution;

    DeltaWriter(Path folder, String name, Engine engine, Execution execution) {
        this.folder = folder;
        this.name = name;
        this.engine = engine;
        this.execution = execution;
    }

    /**
     * Writes the files.
     *
     * @param rows the columns that are written, and that of the merge's policy
     * @param columns the names of those that are written
     */
    PreparedWrite prepare(Optional<DeltaVersion> base, Plan rows, List<String> columns, DeltaWrite write) {
        boolean merges = write.merge().isPresent() && base.isPresent() && write.mode() != DeltaWrite.Mode.OVERWRITE;
        base.ifPresent(version -> DeltaFeatures.requireWritable(version.snapshot(), name,
            merges || write.mode() != DeltaWrite.Mode.APPEND, merges && write.mode() == DeltaWrite.Mode.APPEND));
        Metadata metadata = metadata(base, columns.stream().map(column -> rows.schema().field(column)).toList(), write, merges);
        Protocol protocol = base.map(version -> version.snapshot().getProtocol()).orElse(new Protocol(1, 2));
        StructType schema = metadata.getSchema();
        List<String> partitions = VectorUtils.toJavaList(metadata.getPartitionColumns());
        DataFiles files = new DataFiles(folder, schema, partitions, write.codec(), engine, execution);
        try {
            if (merges) {
                MergedRows merged = new MergedRows(base.get(), write, schema, rows, columns, name, engine, execution);
                return merged.prepare(protocol, metadata, files);
            }
            List<DataFiles.Written> added = files.write(fitted(rows, columns, schema));
            boolean replaces = write.mode() != DeltaWrite.Mode.APPEND;
            List<DeltaFile> removed = replaces && base.isPresent() ? base.get().files() : List.of();
            long count = added.stream().mapToLong(DataFiles.Written::rows).sum();
            return new PreparedWrite(base, protocol, metadata, removed, added, files,
                CommitInformation.write(replaces, partitions, added, count), count, !replaces, true);
        } catch (RuntimeException | Error e) {
            files.close();
            throw e;
        }
    }

    private Metadata metadata(Optional<DeltaVersion> base, List<Field> given, DeltaWrite write, boolean merges) {
        if (base.isEmpty()) {
            return checked(newMetadata(UUID.randomUUID().toString(), DeltaTypes.structure(given), write, Map.of()), Map.of(), true);
        }
        Metadata before = base.get().snapshot().getMetadata();
        if (write.mode() == DeltaWrite.Mode.OVERWRITE) {
            Metadata made = newMetadata(before.getId(), DeltaTypes.structure(given), write, before.getConfiguration());
            boolean same = withoutDetails(before.getSchema()).equals(made.getSchema())
                && partitions(before).equals(partitions(made));
            return same ? before : checked(made, before.getConfiguration(), false);
        }
        requirePartitions(partitions(before), write, merges);
        StructType schema = new DeltaSchemas(name, write.mergeSchema(), merges).after(before.getSchema(), given);
        return schema.equals(before.getSchema()) ? before : checked(before.withNewSchema(schema), before.getConfiguration(), false);
    }

    private static List<String> partitions(Metadata metadata) {
        return VectorUtils.toJavaList(metadata.getPartitionColumns());
    }

    private static StructType withoutDetails(StructType schema) {
        return DeltaTypes.structure(DeltaTypes.schema(schema).fields());
    }

    private Metadata newMetadata(String id, StructType schema, DeltaWrite write, Map<String, String> configuration) {
        List<String> partitions = write.partitionColumns().stream().map(column -> schema.fieldNames().stream()
            .filter(column::equalsIgnoreCase).findFirst().orElseThrow(() -> failure(CommonError.INVALID_ARGUMENT,
                "Delta table '%s' cannot be partitioned by '%s'; it has the columns %s%s", name, column, schema.fieldNames(),
                NearestName.hint(column, schema.fieldNames())))).toList();
        return new Metadata(id, Optional.empty(), Optional.empty(), new Format(), schema.toJson(), schema,
            VectorUtils.buildArrayValue(partitions, StringType.STRING), Optional.of(System.currentTimeMillis()),
            VectorUtils.stringStringMapValue(configuration));
    }

    /** Names that Parquet and Delta take, and with column mapping the names that new columns have in files. */
    private Metadata checked(Metadata metadata, Map<String, String> configuration, boolean created) {
        boolean mapped = ColumnMapping.isColumnMappingModeEnabled(ColumnMapping.getColumnMappingMode(configuration));
        try {
            SchemaUtils.validateSchema(metadata.getSchema(), mapped);
            return mapped ? ColumnMapping.updateColumnMappingMetadataIfNeeded(metadata, created).orElse(metadata) : metadata;
        } catch (KernelException | IllegalArgumentException e) {
            throw failure(CommonError.INVALID_ARGUMENT, "Delta table '%s': %s", name, e.getMessage(), e);
        }
    }

    private void requirePartitions(List<String> partitions, DeltaWrite write, boolean merges) {
        List<String> wanted = write.partitionColumns();
        boolean same = wanted.size() == partitions.size()
            && partitions.stream().allMatch(column -> wanted.stream().anyMatch(column::equalsIgnoreCase));
        if (!merges && !wanted.isEmpty() && !same) {
            throw failure(CommonError.INVALID_ARGUMENT,
                "Delta table '%s' is partitioned by %s, not by %s; overwrite: true makes it anew", name, partitions, wanted);
        }
    }

    /** The rows in the table's columns and types; columns that they lack are null. */
    static Plan fitted(Plan rows, List<String> columns, StructType schema) {
        return new Project(rows, schema.fields().stream().map(field -> {
            Optional<String> given = columns.stream().filter(field.getName()::equalsIgnoreCase).findFirst();
            Expression value = given.map(column ->
                DeltaValues.fitted(ColumnReference.of(rows.schema().field(column)), field.getDataType()))
                .orElseGet(() -> new Literal(null, DeltaTypes.of(field.getDataType())));
            return new NamedExpression(field.getName(), value);
        }).toList());
    }
}
