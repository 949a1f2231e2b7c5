package io.lazuli.engine.duckdb.file;

import io.lazuli.algebra.type.ArrayType;
import io.lazuli.algebra.type.DataType;
import io.lazuli.algebra.type.DecimalType;
import io.lazuli.algebra.type.Field;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.algebra.type.StructType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** The one type that holds values of several structures, as DuckDB's {@code json_structure} gives them. */
final class JsonStructures {
    private static final Set<DataType> NUMBERS = Set.of(ScalarType.INT64, new DecimalType(38, 0), ScalarType.FLOAT64);

    private JsonStructures() {
    }

    /**
     * A structure is a type's name, an array with the element's, an object with the fields'. Fields keep the order in which they first
     * appear; values of types that have nothing in common are variants.
     */
    static DataType type(Collection<JsonNode> structures) {
        List<JsonNode> known = structures.stream().filter(structure -> !structure.asString("").equals("NULL")).toList();
        if (known.isEmpty()) {
            return ScalarType.STRING;
        }
        if (known.stream().allMatch(JsonNode::isObject)) {
            return struct(known);
        }
        if (known.stream().allMatch(JsonNode::isArray)) {
            List<JsonNode> elements = new ArrayList<>();
            known.forEach(array -> elements.addAll(array.values()));
            return new ArrayType(type(elements));
        }
        Set<DataType> types = known.stream().map(JsonStructures::scalar).collect(Collectors.toSet());
        if (types.size() == 1) {
            return types.iterator().next();
        }
        if (!NUMBERS.containsAll(types)) {
            return ScalarType.VARIANT;
        }
        return types.contains(ScalarType.FLOAT64) ? ScalarType.FLOAT64 : new DecimalType(38, 0);
    }

    private static StructType struct(List<JsonNode> objects) {
        Map<String, List<JsonNode>> fields = new LinkedHashMap<>();
        for (JsonNode object : objects) {
            object.propertyStream().forEach(field -> fields.computeIfAbsent(field.getKey(), _ -> new ArrayList<>()).add(field.getValue()));
        }
        return new StructType(fields.entrySet().stream().map(field -> new Field(field.getKey(), type(field.getValue()))).toList());
    }

    private static DataType scalar(JsonNode structure) {
        return switch (structure.asString("")) {
            case "BOOLEAN" -> ScalarType.BOOLEAN;
            case "UBIGINT", "BIGINT" -> ScalarType.INT64;
            case "HUGEINT", "UHUGEINT" -> new DecimalType(38, 0);
            case "DOUBLE" -> ScalarType.FLOAT64;
            case "VARCHAR" -> ScalarType.STRING;
            default -> ScalarType.VARIANT;
        };
    }
}
