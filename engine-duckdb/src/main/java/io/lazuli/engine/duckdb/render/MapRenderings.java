package io.lazuli.engine.duckdb.render;

import io.lazuli.algebra.operator.MapOperators;

/** Maps. */
final class MapRenderings {
    private MapRenderings() {
    }

    static void fill(OperatorTable table) {
        table.scalar(MapOperators.MAP, "map({0}, {1})");
        table.scalar(MapOperators.MAP_VALUE, "map_extract_value({0}, {1})");
        table.scalar(MapOperators.MAP_SIZE, "CAST(cardinality({0}) AS INTEGER)");
        table.scalar(MapOperators.MAP_ENTRIES, "map_entries({0})");
        table.scalar(MapOperators.MAP_FROM_ENTRIES, "map_from_entries({0})");
    }
}
