package io.lazuli.engine.spark.render;

import io.lazuli.algebra.operator.ConversionOperators;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.algebra.type.StructType;
import io.lazuli.engine.spark.worker.JsonText;
import io.lazuli.engine.spark.worker.JsonValue;
import io.lazuli.engine.spark.worker.Shape;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Structures, arrays of values, JSON, and conversions that fail with a message of their own. */
final class DocumentTexts {
    private static final Shape TEXT = new Shape(Shape.Kind.TEXT, List.of(), List.of(), 0);

    private DocumentTexts() {
    }

    static void fill(OperatorTable table) {
        table.put(ConversionOperators.REQUIRE,
            "CASE WHEN {0} THEN {1} ELSE raise_error(concat('lazuli/CONVERSION_FAILED<', {2}, '>lazuli')) END");
        table.put(ConversionOperators.BASE64_FROM_BINARY, "replace(replace(base64({0}), '\\r', ''), '\\n', '')");
        // Spark would skip what is none.
        table.put(ConversionOperators.BINARY_FROM_BASE64,
            "CASE WHEN {0} RLIKE '^[A-Za-z0-9+/]*=?=?$' AND char_length({0}) % 4 = 0 THEN unbase64({0}) WHEN {0} IS NOT NULL THEN "
                + "raise_error('lazuli/CONVERSION_FAILED<A text is no base64>lazuli') END");
        table.put(ConversionOperators.JSON_TEXT, arguments -> json(arguments.sql().getFirst(), arguments));
        table.put(ConversionOperators.STRUCTURE, arguments -> {
            StructType type = (StructType) arguments.result();
            return IntStream.range(0, type.fields().size())
                .mapToObj(i -> SparkLiterals.string(SparkTypes.plain(type.fields().get(i).name())) + ", " + arguments.sql().get(i))
                .collect(Collectors.joining(", ", "named_struct(", ")"));
        });
        table.put(ConversionOperators.ARRAY, "array({*})");
        table.put(ConversionOperators.ELEMENT_AT, "CASE WHEN {1} BETWEEN 0 AND 2147483646 THEN get({0}, CAST({1} AS INT)) END");
        table.put(ConversionOperators.VARIANT_TEXT, arguments ->
            arguments.writer().surroundings().function(new JsonValue(TEXT), ScalarType.STRING) + arguments.fill("({0})"));
        table.put(ConversionOperators.FROM_JSON, arguments ->
            arguments.writer().surroundings().function(new JsonValue(SparkTypes.shape(arguments.result())), arguments.result())
                + arguments.fill("({0})"));
    }

    private static String json(String value, Arguments arguments) {
        return arguments.writer().surroundings().function(new JsonText(SparkTypes.shape(arguments.type(0))), ScalarType.STRING)
            + "(" + value + ")";
    }
}
