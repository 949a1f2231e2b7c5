package io.lazuli.engine.duckdb.render;

import io.lazuli.operators.JavaOperator;
import io.lazuli.operators.JavaOperator.Kind;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Calls of operators in Java, which are scalar functions of the database. The driver carries plain types only: binary values travel as
 * Base64, arrays of texts as JSON.
 */
public record JavaRendering(JavaOperator operator) implements Rendering.Scalar {
    /** The function's name in the database. */
    public static String functionName(JavaOperator operator) {
        return "lazuli_" + operator.name();
    }

    @Override
    public String render(Arguments arguments) {
        String call = IntStream.range(0, arguments.sql().size())
            .mapToObj(i -> carried(arguments.sql().get(i), operator.parameters().get(i)))
            .collect(Collectors.joining(", ", functionName(operator) + "(", ")"));
        return switch (operator.result()) {
            case BINARY -> "from_base64(" + call + ")";
            case STRINGS -> "CAST(CAST(" + call + " AS JSON) AS VARCHAR[])";
            default -> call;
        };
    }

    private static String carried(String argument, Kind kind) {
        return switch (kind) {
            case BINARY -> "to_base64(" + argument + ")";
            case STRINGS -> "CAST(to_json(" + argument + ") AS VARCHAR)";
            default -> argument;
        };
    }
}
