package io.lazuli.datafactory.connector.delta;

import static io.lazuli.foundation.LazuliException.failure;

import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;
import io.lazuli.algebra.engine.Engine;
import io.lazuli.algebra.engine.Execution;
import io.lazuli.algebra.engine.Session;
import io.lazuli.algebra.engine.WriteFile;
import io.lazuli.algebra.expression.Call;
import io.lazuli.algebra.expression.ColumnReference;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.operator.ComparisonOperators;
import io.lazuli.algebra.operator.ConversionOperators;
import io.lazuli.algebra.plan.Distinct;
import io.lazuli.algebra.plan.Filter;
import io.lazuli.algebra.plan.NamedExpression;
import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.plan.Project;
import io.lazuli.algebra.plan.Sort;
import io.lazuli.algebra.plan.SortKey;
import io.lazuli.algebra.source.ParquetFormat;
import io.lazuli.algebra.source.RowCursor;
import io.lazuli.algebra.type.Field;
import io.lazuli.datafactory.connector.file.PartitionFolder;
import io.lazuli.foundation.CommonError;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * New data files of a table, one for each combination of the partition columns' values. They are no part of the table before the log
 * says so; those of a write that does not come to that are discarded.
 */
final class DataFiles implements AutoCloseable {
    private final Path folder;
    private final StructType schema;
    private final List<StructField> partitions;
    private final String codec;
    private final Engine engine;
    private final Execution execution;
    private final List<Path> written = new ArrayList<>();
    private boolean kept;

    DataFiles(Path folder, StructType schema, List<String> partitions, String codec, Engine engine, Execution execution) {
        this.folder = folder;
        this.schema = schema;
        this.partitions = partitions.stream().map(schema::get).toList();
        this.codec = codec.equals("gzip") ? "gzip" : "snappy";
        this.engine = engine;
        this.execution = execution;
        if (partitions.size() == schema.length()) {
            throw failure(CommonError.INVALID_ARGUMENT, "A Delta table needs a column that it is not partitioned by; it has %s",
                schema.fieldNames());
        }
    }

    /** A new file. */
    record Written(String path, Map<String, String> partitionValues, long bytes, long rows, String statistics) {
    }

    /** Writes rows that have the table's columns, fitted; gives the files, none for no rows. */
    List<Written> write(Plan rows) {
        try (Session session = engine.open()) {
            if (partitions.isEmpty()) {
                return one(session, rows, Map.of(), "");
            }
            List<Written> files = new ArrayList<>();
            for (List<Object> values : combinations(session, rows)) {
                Map<String, String> texts = new LinkedHashMap<>();
                StringBuilder path = new StringBuilder();
                Expression same = null;
                for (int i = 0; i < partitions.size(); i++) {
                    StructField column = partitions.get(i);
                    Field field = rows.schema().field(column.getName());
                    texts.put(PhysicalNames.of(column), PartitionText.of(values.get(i), column));
                    path.append(PartitionFolder.name(column.getName(), PartitionText.of(values.get(i), column))).append('/');
                    Expression one = Call.of(ComparisonOperators.NOT_DISTINCT, ColumnReference.of(field),
                        new Literal(values.get(i), field.type()));
                    same = same == null ? one : Call.of(ComparisonOperators.AND, same, one);
                }
                files.addAll(one(session, new Filter(rows, same), texts, path.toString()));
            }
            return files;
        }
    }

    private List<List<Object>> combinations(Session session, Plan rows) {
        Plan distinct = new Distinct(Project.of(rows, partitions.stream().map(StructField::getName).toList()));
        Sort sorted = new Sort(distinct, distinct.schema().fields().stream()
            .map(field -> new SortKey(ColumnReference.of(field), true, true)).toList());
        List<List<Object>> all = new ArrayList<>();
        try (RowCursor cursor = session.query(sorted, execution)) {
            while (cursor.next()) {
                List<Object> values = new ArrayList<>();
                for (int i = 0; i < partitions.size(); i++) {
                    values.add(cursor.value(i));
                }
                all.add(values);
            }
        }
        return all;
    }

    private List<Written> one(Session session, Plan rows, Map<String, String> partitionValues, String subfolder) {
        String name = subfolder + "part-00000-" + UUID.randomUUID() + "-c000." + (codec.equals("gzip") ? "gz" : codec) + ".parquet";
        Path file = folder.resolve(name);
        List<StructField> columns = schema.fields().stream().filter(field -> !partitions.contains(field)).toList();
        Plan stored = new Project(rows, columns.stream()
            .map(field -> new NamedExpression(PhysicalNames.of(field), stored(rows.schema().field(field.getName()), field))).toList());
        try {
            Files.createDirectories(file.getParent());
            written.add(file);
            long count = session.execute(new WriteFile(stored, new ParquetFormat(codec), file), execution);
            if (count == 0) {
                Files.delete(file);
                return List.of();
            }
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            String statistics = DataFileStatistics.of(engine, session, file, stored.schema(), count).toString();
            return List.of(new Written(name, partitionValues, Files.size(file), count, statistics));
        } catch (IOException e) {
            throw failure(CommonError.IO_ERROR, "%s cannot be written: %s", file, e.getMessage(), e);
        }
    }

    /** A column that takes no nulls refuses them. */
    private static Expression stored(Field given, StructField field) {
        Expression value = ColumnReference.of(given);
        if (!field.isNullable()) {
            value = Call.of(ConversionOperators.REQUIRE, Call.of(ComparisonOperators.NOT, Call.of(ComparisonOperators.IS_NULL, value)),
                value, Literal.string("NOT NULL constraint violated for column: " + field.getName()));
        }
        return DeltaValues.write(value, field.getDataType());
    }

    /** The files stay: the log names them. */
    void keep() {
        kept = true;
    }

    @Override
    public void close() {
        if (kept) {
            return;
        }
        for (Path file : written) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                throw failure(CommonError.IO_ERROR, "%s cannot be removed: %s", file, e.getMessage(), e);
            }
        }
    }
}
