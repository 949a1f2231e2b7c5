package io.lazuli.languages.pipeline.function;

import static io.lazuli.languages.pipeline.function.ValueType.FLOAT;
import static io.lazuli.languages.pipeline.function.ValueType.NULL;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** What a parameter accepts or a function gives: a set of value types with its name in a sentence. */
public enum Kind {
    ANY("any value", ValueType.any()),
    STRING("a string", EnumSet.of(ValueType.STRING)),
    INTEGER("an integer", EnumSet.of(ValueType.INTEGER)),
    NUMBER("an integer or a decimal number", EnumSet.of(ValueType.INTEGER, FLOAT)),
    BOOLEAN("a Boolean", EnumSet.of(ValueType.BOOLEAN)),
    ARRAY("an array", EnumSet.of(ValueType.ARRAY)),
    OBJECT("an object", EnumSet.of(ValueType.OBJECT)),
    /** Numbers of {@code min} and {@code max}: one by one or in an array. */
    NUMBER_OR_ARRAY("a number or an array of numbers", EnumSet.of(ValueType.INTEGER, FLOAT, ValueType.ARRAY)),
    COMPARABLE("a string, an integer or a decimal number", EnumSet.of(ValueType.STRING, ValueType.INTEGER, FLOAT)),
    ARRAY_OR_STRING("an array or a string", EnumSet.of(ValueType.ARRAY, ValueType.STRING)),
    ARRAY_OR_OBJECT("an array or an object", EnumSet.of(ValueType.ARRAY, ValueType.OBJECT)),
    COLLECTION("an object, an array or a string", EnumSet.of(ValueType.OBJECT, ValueType.ARRAY, ValueType.STRING)),
    COLLECTION_OR_NULL("an object, an array or a string", EnumSet.of(ValueType.OBJECT, ValueType.ARRAY, ValueType.STRING, NULL)),
    /** Text, or a content object: {@code {"$content-type": …, "$content": base64}}. */
    TEXT_OR_CONTENT("a string or binary content", EnumSet.of(ValueType.STRING, ValueType.OBJECT)),
    CONVERTIBLE_TO_NUMBER("a string, a number or a Boolean",
        EnumSet.of(ValueType.STRING, ValueType.INTEGER, FLOAT, ValueType.BOOLEAN));

    private final String phrase;
    private final Set<ValueType> types;

    Kind(String phrase, Set<ValueType> types) {
        this.phrase = phrase;
        this.types = Collections.unmodifiableSet(types);
    }

    public String phrase() {
        return phrase;
    }

    public Set<ValueType> types() {
        return types;
    }

    public boolean accepts(ValueType type) {
        return types.contains(type);
    }
}
