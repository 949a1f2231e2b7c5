package io.lazuli.datafactory.connector.delta;

import static io.lazuli.foundation.LazuliException.failure;

import io.delta.kernel.types.ArrayType;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.MapType;
import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;
import io.lazuli.algebra.AlgebraError;
import io.lazuli.algebra.type.DecimalType;
import io.lazuli.algebra.type.Field;
import io.lazuli.algebra.type.ScalarType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The columns of a table after a write. Columns that the table has take values that they can hold without loss, numbers of any type if
 * {@code converting}; those that it has not are added if {@code growing}, else fail.
 */
record DeltaSchemas(String table, boolean growing, boolean converting) {
    StructType after(StructType before, List<Field> given) {
        return structure(before, given, "");
    }

    private StructType structure(StructType before, List<Field> given, String path) {
        List<StructField> fields = new ArrayList<>();
        for (StructField field : before.fields()) {
            Optional<Field> incoming = given.stream().filter(candidate -> candidate.name().equalsIgnoreCase(field.getName())).findFirst();
            DataType type = incoming.map(found -> type(field.getDataType(), found.type(), path + field.getName()))
                .orElse(field.getDataType());
            fields.add(new StructField(field.getName(), type, field.isNullable(), field.getMetadata()));
        }
        List<Field> added = given.stream()
            .filter(field -> before.fields().stream().noneMatch(known -> known.getName().equalsIgnoreCase(field.name()))).toList();
        if (!added.isEmpty() && !growing) {
            throw failure(AlgebraError.COLUMN_NOT_FOUND, "Delta table '%s' has no column %s; it has %s. mergeSchema: true adds columns",
                table, added.stream().map(field -> "'" + path + field.name() + "'").toList(), before.fieldNames());
        }
        fields.addAll(DeltaTypes.structure(added).fields());
        return new StructType(fields);
    }

    private DataType type(DataType before, io.lazuli.algebra.type.DataType given, String path) {
        if (before instanceof StructType struct && given instanceof io.lazuli.algebra.type.StructType incoming) {
            return structure(struct, incoming.fields(), path + ".");
        }
        if (before instanceof ArrayType array && given instanceof io.lazuli.algebra.type.ArrayType incoming) {
            return new ArrayType(type(array.getElementType(), incoming.element(), path + ".element"), array.containsNull());
        }
        if (before instanceof MapType map && given instanceof io.lazuli.algebra.type.MapType incoming) {
            return new MapType(type(map.getKeyType(), incoming.key(), path + ".key"),
                type(map.getValueType(), incoming.value(), path + ".value"), map.isValueContainsNull());
        }
        io.lazuli.algebra.type.DataType column = DeltaTypes.of(before);
        if (!holds(column, given) && !(converting && column.isNumeric() && given.isNumeric())) {
            throw failure(AlgebraError.TYPE_MISMATCH, "Column '%s' of Delta table '%s' is of type %s and does not take values of type %s; "
                + "a derive or cast before the sink can convert them", path, table, before, DeltaTypes.of(given));
        }
        return before;
    }

    private static boolean holds(io.lazuli.algebra.type.DataType column, io.lazuli.algebra.type.DataType given) {
        if (column.equals(given) || given == ScalarType.NULL) {
            return true;
        }
        if (column instanceof DecimalType wide) {
            return given instanceof DecimalType narrow
                ? narrow.scale() <= wide.scale() && narrow.precision() - narrow.scale() <= wide.precision() - wide.scale()
                : given.isInteger() && digits(given) <= wide.precision() - wide.scale();
        }
        if (column == ScalarType.FLOAT64 || column == ScalarType.FLOAT32) {
            return given == ScalarType.FLOAT32 || given.isInteger() && digits(given) <= (column == ScalarType.FLOAT64 ? 10 : 5);
        }
        return column.isInteger() && given.isInteger() && digits(given) <= digits(column)
            || column == ScalarType.TIMESTAMP && (given == ScalarType.DATE || given == ScalarType.INSTANT)
            || column == ScalarType.STRING && (given == ScalarType.UUID || given == ScalarType.TIME || given == ScalarType.VARIANT);
    }

    private static int digits(io.lazuli.algebra.type.DataType integer) {
        return integer == ScalarType.INT8 ? 3 : integer == ScalarType.INT64 ? 19 : integer == ScalarType.INT32 ? 10 : 5;
    }
}
