package io.lazuli.datafactory.connector.delta;

import io.delta.kernel.data.ArrayValue;
import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.data.MapValue;
import io.delta.kernel.data.Row;
import io.delta.kernel.types.ArrayType;
import io.delta.kernel.types.BooleanType;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.IntegerType;
import io.delta.kernel.types.LongType;
import io.delta.kernel.types.MapType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterator;
import io.lazuli.algebra.source.RowCursor;
import io.lazuli.algebra.source.RowSource;
import io.lazuli.algebra.type.Schema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Rows of Delta Kernel for the engine: the actions of a checkpoint, whose simple values are texts, whole numbers and truth values. */
final class KernelRowSource implements RowSource {
    private final List<List<Object>> rows = new ArrayList<>();
    private Schema schema = new Schema(List.of());

    /** Reads all rows; there is at least one. */
    KernelRowSource(CloseableIterator<FilteredColumnarBatch> batches) throws IOException {
        try (batches) {
            while (batches.hasNext()) {
                try (CloseableIterator<Row> all = batches.next().getRows()) {
                    while (all.hasNext()) {
                        add(all.next());
                    }
                }
            }
        }
    }

    private void add(Row row) {
        StructType type = row.getSchema();
        if (rows.isEmpty()) {
            schema = DeltaTypes.schema(type);
        }
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < type.length(); i++) {
            values.add(value(row, i, type.at(i).getDataType()));
        }
        rows.add(values);
    }

    private static Object value(Row row, int ordinal, DataType type) {
        if (row.isNullAt(ordinal)) {
            return null;
        }
        return switch (type) {
            case StructType struct -> structure(row.getStruct(ordinal), struct);
            case ArrayType array -> array(row.getArray(ordinal), array);
            case MapType map -> map(row.getMap(ordinal), map);
            case StringType _ -> row.getString(ordinal);
            case LongType _ -> row.getLong(ordinal);
            case IntegerType _ -> row.getInt(ordinal);
            case BooleanType _ -> row.getBoolean(ordinal);
            default -> throw unexpected(type);
        };
    }

    private static IllegalArgumentException unexpected(DataType type) {
        return new IllegalArgumentException("An action of Delta's log has a value of type " + type);
    }

    private static Map<String, Object> structure(Row row, StructType type) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (int i = 0; i < type.length(); i++) {
            StructField field = type.at(i);
            values.put(field.getName(), value(row, i, field.getDataType()));
        }
        return values;
    }

    private static List<Object> array(ArrayValue array, ArrayType type) {
        return elements(array.getElements(), array.getSize(), type.getElementType());
    }

    private static Map<Object, Object> map(MapValue map, MapType type) {
        List<Object> keys = elements(map.getKeys(), map.getSize(), type.getKeyType());
        List<Object> values = elements(map.getValues(), map.getSize(), type.getValueType());
        Map<Object, Object> all = new LinkedHashMap<>();
        for (int i = 0; i < keys.size(); i++) {
            all.put(keys.get(i), values.get(i));
        }
        return all;
    }

    private static List<Object> elements(ColumnVector vector, int size, DataType type) {
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            if (!(type instanceof StringType)) {
                throw unexpected(type);
            }
            values.add(vector.isNullAt(i) ? null : vector.getString(i));
        }
        return values;
    }

    @Override
    public Schema schema() {
        return schema;
    }

    @Override
    public RowCursor open() {
        return new RowCursor() {
            private int row = -1;

            @Override
            public Schema schema() {
                return schema;
            }

            @Override
            public boolean next() {
                return ++row < rows.size();
            }

            @Override
            public Object value(int column) {
                return rows.get(row).get(column);
            }

            @Override
            public void close() {
                // Nothing is open.
            }
        };
    }
}
