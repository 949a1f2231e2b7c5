package io.lazuli.engine.duckdb.render;

import io.lazuli.algebra.AlgebraError;
import io.lazuli.algebra.operator.ConversionOperators;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.algebra.type.StructType;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Parts of documents, patterns, and conversions that fail with a message of their own. */
final class ConversionRenderings {
    private ConversionRenderings() {
    }

    static void fill(OperatorTable table) {
        table.scalar(ConversionOperators.REQUIRE,
            "(CASE WHEN {0} THEN {1} ELSE " + RaisedErrors.raise(AlgebraError.CONVERSION_FAILED, "{2}") + " END)");
        table.scalar(ConversionOperators.REPLACE_PATTERN, "regexp_replace({0}, {1}, {2}, 'g')");
        table.scalar(ConversionOperators.INSTANT_FROM_TEXT, "CAST(try_strptime({0}, {1}) AS TIMESTAMPTZ)");
        table.scalar(ConversionOperators.BASE64_FROM_BINARY, "base64({0})");
        table.scalar(ConversionOperators.BINARY_FROM_BASE64, "from_base64({0})");
        table.scalar(ConversionOperators.JSON_TEXT,
            arguments -> JsonTexts.of(arguments.sql().getFirst(), arguments.types().getFirst()));
        table.scalar(ConversionOperators.STRUCTURE, ConversionRenderings::structure);
        table.scalar(ConversionOperators.ARRAY, "[{*}]");
        table.scalar(ConversionOperators.ELEMENT_AT, "{0}[{1} + 1]");
        table.scalar(ConversionOperators.VARIANT_MEMBER, ConversionRenderings::member);
        table.scalar(ConversionOperators.VARIANT_TEXT, "({0} ->> '$')");
        table.scalar(ConversionOperators.FROM_JSON, arguments -> {
            String type = '"' + SqlTypes.of(arguments.result()).replace("\\", "\\\\").replace("\"", "\\\"") + '"';
            String value = arguments.fill("from_json({0}, ") + SqlLiterals.string(type) + ")";
            return arguments.fill("(CASE WHEN json_valid({0}) THEN ") + (arguments.result() instanceof StructType
                ? arguments.fill("CASE WHEN json_type({0}) = 'OBJECT' THEN ") + value + " END" : value) + " END)";
        });
        table.scalar(ConversionOperators.VARIANT_ELEMENTS,
            "(CASE json_type({0}) WHEN 'ARRAY' THEN json_extract({0}, '$[*]') WHEN 'OBJECT' THEN [{0}] END)");
    }

    private static String structure(Rendering.Arguments arguments) {
        StructType type = (StructType) arguments.result();
        List<String> names = SqlNames.of(type);
        return IntStream.range(0, names.size()).mapToObj(i -> SqlLiterals.string(names.get(i)) + ": " + arguments.sql().get(i))
            .collect(Collectors.joining(", ", "{", "}"));
    }

    /** By JSON pointer, in which no name needs quotes; JSON's null is no value. */
    private static String member(Rendering.Arguments arguments) {
        boolean named = arguments.types().get(1) == ScalarType.STRING;
        String found = arguments.fill(named ? "json_extract({0}, '/' || replace(replace({1}, '~', '~0'), '/', '~1'))"
            : "json_extract({0}, CAST({1} AS BIGINT))");
        return "(CASE WHEN json_type(" + found + ") <> 'NULL' THEN " + found + " END)";
    }
}
