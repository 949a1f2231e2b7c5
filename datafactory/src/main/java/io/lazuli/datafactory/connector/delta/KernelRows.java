package io.lazuli.datafactory.connector.delta;

import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.MapValue;
import io.delta.kernel.data.Row;
import io.delta.kernel.internal.data.GenericRow;
import io.delta.kernel.internal.util.VectorUtils;
import io.delta.kernel.types.ArrayType;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.DateType;
import io.delta.kernel.types.MapType;
import io.delta.kernel.types.StructType;
import io.delta.kernel.types.TimestampNTZType;
import io.delta.kernel.types.TimestampType;
import io.lazuli.algebra.source.RowCursor;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Rows of the engine as Delta Kernel's. */
final class KernelRows {
    private KernelRows() {
    }

    static Row row(RowCursor cursor, StructType schema) {
        Map<String, Object> values = new HashMap<>();
        for (int i = 0; i < cursor.schema().size(); i++) {
            values.put(cursor.schema().fields().get(i).name(), cursor.value(i));
        }
        return row(values, schema);
    }

    private static Row row(Map<?, ?> values, StructType schema) {
        Map<Integer, Object> ordinals = new HashMap<>();
        for (int i = 0; i < schema.length(); i++) {
            ordinals.put(i, value(values.get(schema.at(i).getName()), schema.at(i).getDataType()));
        }
        return new GenericRow(schema, ordinals);
    }

    private static Object value(Object value, DataType type) {
        if (value == null) {
            return null;
        }
        return switch (type) {
            case StructType struct -> row((Map<?, ?>) value, struct);
            case ArrayType array -> VectorUtils.buildArrayValue(values((List<?>) value, array.getElementType()), array.getElementType());
            case MapType map -> map((Map<?, ?>) value, map);
            case DateType _ -> (int) ((LocalDate) value).toEpochDay();
            case TimestampType _, TimestampNTZType _ -> micros(value);
            default -> value;
        };
    }

    private static List<Object> values(Iterable<?> values, DataType type) {
        List<Object> all = new ArrayList<>();
        values.forEach(value -> all.add(value(value, type)));
        return all;
    }

    private static long micros(Object time) {
        Instant instant = time instanceof LocalDateTime local ? local.toInstant(ZoneOffset.UTC) : (Instant) time;
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    private static MapValue map(Map<?, ?> entries, MapType type) {
        ColumnVector keys = VectorUtils.buildColumnVector(values(entries.keySet(), type.getKeyType()), type.getKeyType());
        ColumnVector values = VectorUtils.buildColumnVector(values(entries.values(), type.getValueType()), type.getValueType());
        return new MapValue() {
            @Override
            public int getSize() {
                return entries.size();
            }

            @Override
            public ColumnVector getKeys() {
                return keys;
            }

            @Override
            public ColumnVector getValues() {
                return values;
            }
        };
    }
}
