package io.lazuli.languages.pipeline.function;

import java.util.EnumSet;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** The types that values of the expression language have at run time, named as Azure's messages name them. */
public enum ValueType {
    STRING("String"),
    INTEGER("Integer"),
    FLOAT("Float"),
    BOOLEAN("Boolean"),
    ARRAY("Array"),
    OBJECT("Object"),
    NULL("Null");

    private final String title;

    ValueType(String title) {
        this.title = title;
    }

    public String title() {
        return title;
    }

    public static ValueType of(JsonNode value) {
        return switch (value.getNodeType()) {
            case STRING -> STRING;
            case BOOLEAN -> BOOLEAN;
            case ARRAY -> ARRAY;
            case OBJECT -> OBJECT;
            case NUMBER -> value.isIntegralNumber() ? INTEGER : FLOAT;
            case NULL, MISSING, BINARY, POJO -> NULL;
        };
    }

    static Set<ValueType> any() {
        return EnumSet.allOf(ValueType.class);
    }
}
