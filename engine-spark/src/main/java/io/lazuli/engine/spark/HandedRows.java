package io.lazuli.engine.spark;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.engine.Execution;
import io.lazuli.algebra.engine.Session;
import io.lazuli.algebra.engine.WriteFile;
import io.lazuli.algebra.expression.Call;
import io.lazuli.algebra.expression.Cast;
import io.lazuli.algebra.expression.ColumnReference;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.operator.ConversionOperators;
import io.lazuli.algebra.plan.NamedExpression;
import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.plan.Project;
import io.lazuli.algebra.plan.Scan;
import io.lazuli.algebra.source.FileSource;
import io.lazuli.algebra.source.ParquetFormat;
import io.lazuli.algebra.source.SourceFile;
import io.lazuli.algebra.type.ArrayType;
import io.lazuli.algebra.type.DataType;
import io.lazuli.algebra.type.DecimalType;
import io.lazuli.algebra.type.Field;
import io.lazuli.algebra.type.MapType;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.algebra.type.Schema;
import io.lazuli.algebra.type.StructType;
import io.lazuli.foundation.CommonError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Rows that the engine at home and Spark hand to each other as Parquet files in a folder of their own, whose columns are {@code c0},
 * {@code c1}, …. Both read and write them in parallel.
 */
record HandedRows(Path folder) implements AutoCloseable {
    private static final ParquetFormat FORMAT = new ParquetFormat("snappy");

    static HandedRows in(Path temporaryDirectory) {
        try {
            return new HandedRows(Files.createDirectories(temporaryDirectory.resolve("spark-" + UUID.randomUUID())));
        } catch (IOException e) {
            throw failure(CommonError.IO_ERROR, "The folder for Spark's rows cannot be made: %s", e.getMessage(), e);
        }
    }

    /** Writes the rows of a plan at home; columns without names of their own stand for none. */
    Path fromHome(Session home, Plan plan, Execution execution) {
        List<NamedExpression> columns = new ArrayList<>();
        for (Field field : plan.schema().fields()) {
            columns.add(new NamedExpression("c" + columns.size(), carried(ColumnReference.of(field))));
        }
        if (columns.isEmpty()) {
            columns.add(new NamedExpression("nothing", Literal.int32(0)));
        }
        Path file = folder.resolve("rows.parquet");
        home.execute(new WriteFile(new Project(plan, columns), FORMAT, file), execution);
        return file;
    }

    /** Texts stand for what Parquet or Spark have no type for. */
    private static Expression carried(Expression value) {
        return value.type() == ScalarType.UUID ? Cast.strict(value, ScalarType.STRING) : value;
    }

    /** Writes Spark's rows, and gives the plan that reads them at home. */
    Plan fromSpark(Dataset<Row> rows, Schema schema) {
        Path written = folder.resolve("rows");
        try {
            rows.write().option("compression", "snappy").parquet(written.toString());
        } catch (Exception e) {
            throw SparkErrors.translate(e);
        }
        FileSource source = new FileSource(parts(written), FORMAT, Optional.empty());
        List<Field> stored = new ArrayList<>();
        List<NamedExpression> columns = new ArrayList<>();
        for (Field field : schema.fields()) {
            requireDistinct(field.type());
            DataType type = field.type() == ScalarType.UUID || field.type() == ScalarType.VARIANT ? ScalarType.STRING : field.type();
            Field column = new Field("c" + stored.size(), type);
            stored.add(column);
            columns.add(new NamedExpression(field.name(), restored(ColumnReference.of(column), field.type())));
        }
        return new Project(new Scan(source, new Schema(stored)), columns, schema);
    }

    /** Names in Parquet files of others are read whatever their case. */
    private static void requireDistinct(DataType type) {
        switch (type) {
            case ScalarType _, DecimalType _ -> { }
            case ArrayType array -> requireDistinct(array.element());
            case MapType map -> requireDistinct(map.value());
            case StructType struct -> {
                Set<String> names = new HashSet<>();
                for (Field field : struct.fields()) {
                    requireDistinct(field.type());
                    if (!names.add(field.name().toLowerCase(Locale.ROOT))) {
                        throw failure(CommonError.NOT_SUPPORTED, "The Spark engine does not write structures with two fields '%s' whose "
                            + "names differ in case alone", field.name());
                    }
                }
            }
        }
    }

    private static Expression restored(Expression value, DataType type) {
        return type == ScalarType.VARIANT
            ? new Call(ConversionOperators.FROM_JSON, List.of(value), type) : Cast.strict(value, type);
    }

    private static List<SourceFile> parts(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith("part-")).sorted()
                .map(file -> new SourceFile(file, file.getFileName().toString())).toList();
        } catch (IOException e) {
            throw failure(CommonError.IO_ERROR, "Spark's rows cannot be read: %s", e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw failure(CommonError.IO_ERROR, "Spark's rows cannot be removed: %s", e.getMessage(), e);
        }
    }
}
