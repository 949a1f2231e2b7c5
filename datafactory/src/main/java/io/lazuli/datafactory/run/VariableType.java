package io.lazuli.datafactory.run;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.datafactory.DataFactoryError;
import io.lazuli.datafactory.activity.ActivityFailure;
import io.lazuli.datafactory.workspace.Parameter;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** What a variable may hold. */
enum VariableType {
    STRING("String"), ARRAY("Array"), BOOLEAN("Boolean"), INTEGER("Integer");

    private final String label;

    VariableType(String label) {
        this.label = label;
    }

    static VariableType of(Parameter variable) {
        return switch (variable.type().toLowerCase(Locale.ROOT)) {
            case "string" -> STRING;
            case "array" -> ARRAY;
            case "bool", "boolean" -> BOOLEAN;
            case "int", "integer" -> INTEGER;
            default -> throw failure(DataFactoryError.WRONG_TYPE, variable.place(),
                "The variable '%s' has the unknown type '%s'; expected String, Array, Boolean or Integer", variable.name(),
                    variable.type());
        };
    }

    /** Fails, as Azure does, when the value is not of the variable's type. */
    static void check(Parameter variable, JsonNode value) {
        VariableType type = of(variable);
        boolean fits = switch (type) {
            case STRING -> value.isString() || value.isNull();
            case ARRAY -> value.isArray();
            case BOOLEAN -> value.isBoolean();
            case INTEGER -> value.isIntegralNumber();
        };
        if (!fits) {
            throw new ActivityFailure("InvalidTemplate", ("The variable '%s' of type '%s' cannot be initialized or updated with value of "
                + "type '%s'. The variable '%s' only supports values of types '%s'.")
                .formatted(variable.name(), type.label, typeOf(value), variable.name(), type.label));
        }
    }

    static void checkArray(Parameter variable) {
        VariableType type = of(variable);
        if (type != ARRAY) {
            throw new ActivityFailure("InvalidTemplate",
                "The variable '%s' is of type '%s'; values can be appended to variables of type 'Array' only."
                    .formatted(variable.name(), type.label));
        }
    }

    private static String typeOf(JsonNode value) {
        return switch (value.getNodeType()) {
            case ARRAY -> "Array";
            case BOOLEAN -> "Boolean";
            case NULL -> "Null";
            case NUMBER -> value.isIntegralNumber() ? "Integer" : "Float";
            case STRING -> "String";
            default -> "Object";
        };
    }
}
