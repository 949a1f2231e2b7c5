package io.lazuli.engine.spark.render;

import io.lazuli.algebra.expression.Lambda;
import io.lazuli.algebra.operator.ArrayOperators;
import io.lazuli.algebra.operator.MapOperators;
import io.lazuli.algebra.type.MapType;
import java.util.List;

/** Arrays and maps. */
final class ArrayTexts {
    private ArrayTexts() {
    }

    static void fill(OperatorTable table) {
        table.put(ArrayOperators.ARRAY_ITEM, "get({0}, CASE WHEN {1} > 0 THEN {1} - 1 ELSE -1 END)");
        table.put(ArrayOperators.ARRAY_SIZE, "CAST(size({0}) AS INT)");
        table.put(ArrayOperators.ARRAY_TRANSFORM, arguments -> each("transform", arguments));
        table.put(ArrayOperators.ARRAY_FILTER, arguments -> each("filter", arguments));
        table.put(ArrayOperators.ARRAY_REDUCE, ArrayTexts::reduce);
        table.put(ArrayOperators.ARRAY_SORT, ArrayTexts::sort);
        table.put(ArrayOperators.ARRAY_DISTINCT, arguments -> "array_distinct(" + unsigned(arguments, 0) + ")");
        table.put(ArrayOperators.ARRAY_CONCAT, "concat({0}, {1})");
        table.put(ArrayOperators.ARRAY_EXCEPT,
            arguments -> "array_except(" + unsigned(arguments, 0) + ", " + unsigned(arguments, 1) + ")");
        table.put(ArrayOperators.ARRAY_INTERSECT,
            arguments -> "array_intersect(" + unsigned(arguments, 0) + ", " + unsigned(arguments, 1) + ")");
        // Spark adds position and number as 32-bit integers.
        table.put(ArrayOperators.ARRAY_SLICE, "CASE WHEN {2} < 1 THEN slice({0}, 1, 0) WHEN {1} < 1 THEN slice({0}, 1, 0) "
            + "WHEN {2} > size({0}) THEN slice({0}, {1}, size({0})) ELSE slice({0}, {1}, {2}) END");
        table.put(ArrayOperators.ARRAY_CONTAINS, "array_contains({0}, {1})");
        table.put(ArrayOperators.ARRAY_FLATTEN, arguments -> {
            String element = arguments.writer().variable();
            return arguments.fill("flatten(filter({0}, " + element + " -> " + element + " IS NOT NULL))");
        });
        table.put(ArrayOperators.SEQUENCE,
            "CASE WHEN {0} > 10000000 THEN CAST(raise_error('lazuli/CONVERSION_FAILED<An array of more than 10000000 elements "
                + "is too long>lazuli') AS {type}) WHEN {0} >= 1 THEN sequence(CAST(1 AS BIGINT), {0}) "
                + "WHEN {0} IS NOT NULL THEN CAST(array() AS {type}) END");
        table.put(MapOperators.MAP, arguments -> "map_from_arrays(" + unsigned(arguments, 0) + arguments.fill(", {1})"));
        table.put(MapOperators.MAP_VALUE, "try_element_at({0}, {1})");
        table.put(MapOperators.MAP_SIZE, "CAST(size({0}) AS INT)");
        table.put(MapOperators.MAP_ENTRIES, "map_entries({0})");
        table.put(MapOperators.MAP_FROM_ENTRIES, ArrayTexts::fromEntries);
    }

    /** A key that is zero has no sign. */
    private static String fromEntries(Arguments arguments) {
        String entry = arguments.writer().variable();
        String unsigned = new UnsignedZeros(arguments.writer()).of(entry + ".key", ((MapType) arguments.result()).key());
        return unsigned.equals(entry + ".key") ? arguments.fill("map_from_entries({0})")
            : arguments.fill("map_from_entries(transform({0}, ") + entry + " -> CASE WHEN " + entry
                + " IS NOT NULL THEN named_struct('key', " + unsigned + ", 'value', " + entry + ".value) END))";
    }

    /** An array whose zeros have no sign, if it has floats. */
    private static String unsigned(Arguments arguments, int argument) {
        return new UnsignedZeros(arguments.writer()).of(arguments.sql().get(argument), arguments.type(argument));
    }

    /** Spark counts elements from 0. */
    private static String each(String function, Arguments arguments) {
        Lambda lambda = (Lambda) arguments.expressions().get(1);
        String element = arguments.writer().variable();
        if (lambda.parameters().size() == 1) {
            return function + "(" + arguments.sql().getFirst() + ", " + element + " -> "
                + arguments.writer().body(lambda, List.of(element)) + ")";
        }
        String index = arguments.writer().variable();
        return function + "(" + arguments.sql().getFirst() + ", (" + element + ", " + index + ") -> "
            + arguments.writer().body(lambda, List.of(element, "CAST(" + index + " + 1 AS BIGINT)")) + ")";
    }

    private static String reduce(Arguments arguments) {
        Lambda lambda = (Lambda) arguments.expressions().get(2);
        String result = arguments.writer().variable();
        String element = arguments.writer().variable();
        return arguments.fill("aggregate({0}, CAST({1} AS {type}), (") + result + ", " + element + ") -> CAST("
            + arguments.writer().body(lambda, List.of(result, element)) + arguments.fill(" AS {type}))");
    }

    /** Each element in turn goes behind those that may stand before it, whatever else the function says: Spark's own sort would differ. */
    private static String sort(Arguments arguments) {
        Lambda lambda = (Lambda) arguments.expressions().get(1);
        String sorted = arguments.writer().variable();
        String element = arguments.writer().variable();
        String other = arguments.writer().variable();
        String before = "coalesce(" + arguments.writer().body(lambda, List.of(other, element)) + ", 0) <= 0";
        return arguments.fill("aggregate({0}, CAST(array() AS {type}), (") + sorted + ", " + element + ") -> CAST(concat(filter(" + sorted
            + ", " + other + " -> " + before + "), array(" + element + "), filter(" + sorted + ", " + other + " -> NOT (" + before
            + ")))" + arguments.fill(" AS {type}))");
    }
}
