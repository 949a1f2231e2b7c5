package io.lazuli.engine.duckdb.render;

import io.lazuli.algebra.operator.MapOperators;
import io.lazuli.algebra.type.MapType;
import io.lazuli.engine.duckdb.render.Rendering.Arguments;

/** Maps. */
final class MapRenderings {
    private MapRenderings() {
    }

    static void fill(OperatorTable table) {
        table.scalar(MapOperators.MAP,
            arguments -> "map(" + UnsignedZero.of(arguments.sql().getFirst(), arguments.types().getFirst()) + arguments.fill(", {1})"));
        table.scalar(MapOperators.MAP_VALUE, "map_extract_value({0}, {1})");
        table.scalar(MapOperators.MAP_SIZE, "CAST(cardinality({0}) AS INTEGER)");
        table.scalar(MapOperators.MAP_ENTRIES, "map_entries({0})");
        table.scalar(MapOperators.MAP_FROM_ENTRIES, MapRenderings::fromEntries);
    }

    /** A key that is zero has no sign. */
    private static String fromEntries(Arguments arguments) {
        String key = "\"~n\".key";
        String unsigned = UnsignedZero.of(key, ((MapType) arguments.result()).key());
        String entries = arguments.sql().getFirst();
        return "map_from_entries(" + (unsigned.equals(key) ? entries : "list_transform(" + entries
            + ", lambda \"~n\": CASE WHEN \"~n\" IS NOT NULL THEN struct_pack(key := " + unsigned + ", value := \"~n\".value) END)") + ")";
    }
}
