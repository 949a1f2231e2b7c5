package io.lazuli.algebra.operator;

import static io.lazuli.algebra.operator.Operator.Kind.SCALAR;
import static io.lazuli.algebra.type.ScalarType.INT32;

import io.lazuli.algebra.type.ArrayType;
import io.lazuli.algebra.type.DataType;
import io.lazuli.algebra.type.Field;
import io.lazuli.algebra.type.MapType;
import io.lazuli.algebra.type.StructType;
import java.util.List;

/** Maps, whose keys are not null and occur once. */
public final class MapOperators {
    public static final Operator MAP = new Operator("map", SCALAR,
        "The map of the first array's keys to the second's values; fails when the arrays differ in size or a key occurs twice.",
        arguments -> arguments.size() == 2 && arguments.get(0) instanceof ArrayType keys && arguments.get(1) instanceof ArrayType values
            ? new MapType(keys.element(), values.element()) : null);
    public static final Operator MAP_VALUE = new Operator("map_value", SCALAR, "The value of a key; null when the map has not the key.",
        arguments -> arguments.size() == 2 && arguments.get(0) instanceof MapType map && map.key().equals(arguments.get(1))
            ? map.value() : null);
    public static final Operator MAP_SIZE = new Operator("map_size", SCALAR, "The number of keys.",
        arguments -> arguments.size() == 1 && arguments.getFirst() instanceof MapType ? INT32 : null);
    public static final Operator MAP_ENTRIES = new Operator("map_entries", SCALAR, "The keys and values as structures (key, value).",
        arguments -> arguments.size() == 1 && arguments.getFirst() instanceof MapType map ? new ArrayType(entry(map)) : null);
    public static final Operator MAP_FROM_ENTRIES =
        new Operator("map_from_entries", SCALAR, "The map of structures (key, value).", MapOperators::fromEntries);

    static final List<Operator> ALL = List.of(MAP, MAP_VALUE, MAP_SIZE, MAP_ENTRIES, MAP_FROM_ENTRIES);

    private MapOperators() {
    }

    /** The type of a map's entries. */
    public static StructType entry(MapType map) {
        return new StructType(List.of(new Field("key", map.key()), new Field("value", map.value())));
    }

    private static DataType fromEntries(List<DataType> arguments) {
        boolean entries = arguments.size() == 1 && arguments.getFirst() instanceof ArrayType array
            && array.element() instanceof StructType struct && struct.fields().size() == 2;
        if (!entries) {
            return null;
        }
        List<Field> fields = ((StructType) ((ArrayType) arguments.getFirst()).element()).fields();
        return new MapType(fields.get(0).type(), fields.get(1).type());
    }
}
