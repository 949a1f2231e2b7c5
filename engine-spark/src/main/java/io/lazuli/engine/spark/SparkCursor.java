package io.lazuli.engine.spark;

import io.lazuli.algebra.source.RowCursor;
import io.lazuli.algebra.type.ArrayType;
import io.lazuli.algebra.type.DataType;
import io.lazuli.algebra.type.DecimalType;
import io.lazuli.algebra.type.MapType;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.algebra.type.Schema;
import io.lazuli.algebra.type.StructType;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.util.SparkDateTimeUtils$;
import scala.jdk.javaapi.CollectionConverters;

/** Rows as Spark's jobs give them, one part of the result after another, in the classes of the algebra's types. */
final class SparkCursor implements RowCursor {
    private final Schema schema;
    private final Iterator<Row> rows;
    private final JobGroup jobs;
    private final Runnable onClose;
    private Row row;
    private boolean closed;

    /** {@code jobs} are those that make the rows. */
    SparkCursor(Schema schema, Iterator<Row> rows, JobGroup jobs, Runnable onClose) {
        this.schema = schema;
        this.rows = rows;
        this.jobs = jobs;
        this.onClose = onClose;
    }

    @Override
    public Schema schema() {
        return schema;
    }

    @Override
    public boolean next() {
        try {
            jobs.resume();
            boolean more = rows.hasNext();
            row = more ? rows.next() : null;
            return more;
        } catch (Exception e) {
            throw SparkErrors.translate(e);
        }
    }

    @Override
    public Object value(int column) {
        return value(row.get(column), schema.fields().get(column).type());
    }

    private static Object value(Object value, DataType type) {
        if (value == null) {
            return null;
        }
        return switch (type) {
            case ScalarType scalar -> scalar(value, scalar);
            case DecimalType _ -> value;
            case ArrayType array -> {
                List<Object> elements = new ArrayList<>();
                CollectionConverters.asJava((scala.collection.Seq<?>) value).forEach(each -> elements.add(value(each, array.element())));
                yield elements;
            }
            case MapType map -> {
                Map<Object, Object> entries = new LinkedHashMap<>();
                CollectionConverters.asJava((scala.collection.Map<?, ?>) value).forEach((key, entry) ->
                    entries.put(value(key, map.key()), value(entry, map.value())));
                yield entries;
            }
            case StructType struct -> {
                Map<String, Object> fields = new LinkedHashMap<>();
                for (int i = 0; i < struct.fields().size(); i++) {
                    fields.put(struct.fields().get(i).name(), value(((Row) value).get(i), struct.fields().get(i).type()));
                }
                yield fields;
            }
        };
    }

    /** Dates and instants come from a server in older classes, whose own conversion knows no years before the first. */
    private static Object scalar(Object value, ScalarType type) {
        return switch (value) {
            case java.sql.Date date -> LocalDate.ofEpochDay(SparkDateTimeUtils$.MODULE$.fromJavaDate(date));
            case java.sql.Timestamp time -> time.toInstant();
            default -> type == ScalarType.UUID ? UUID.fromString((String) value) : value;
        };
    }

    /** Spark ends a job when its rows are read or its group is cancelled. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            row = null;
            jobs.leave();
            onClose.run();
        }
    }
}
