package io.lazuli.algebra.json;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.LazuliException;
import io.lazuli.foundation.NearestName;
import io.lazuli.foundation.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** A part of a document that is read, with its path for messages. */
record JsonPart(JsonNode node, Place place) {
    static JsonPart of(JsonNode root) {
        return new JsonPart(root, Place.of(null, "$"));
    }

    JsonPart member(String name) {
        return find(name).orElseThrow(() -> failure(CommonError.INVALID_ARGUMENT, place, "%s: '%s' is missing", place, name));
    }

    /** The member, empty when it is missing or null. */
    Optional<JsonPart> find(String name) {
        JsonNode value = node.get(name);
        return value == null || value.isNull() ? Optional.empty() : Optional.of(new JsonPart(value, place.member(name)));
    }

    <T> List<T> list(String name, Function<JsonPart, T> reader) {
        return member(name).elements(reader);
    }

    <T> List<T> elements(Function<JsonPart, T> reader) {
        if (!node.isArray()) {
            throw wrong("an array");
        }
        List<T> all = new ArrayList<>();
        for (int i = 0; i < node.size(); i++) {
            all.add(reader.apply(new JsonPart(node.get(i), place.element(i))));
        }
        return all;
    }

    String text(String name) {
        return member(name).text();
    }

    String text() {
        if (!node.isString()) {
            throw wrong("a text");
        }
        return node.stringValue();
    }

    boolean flag(String name) {
        JsonPart value = member(name);
        if (!value.node.isBoolean()) {
            throw value.wrong("true or false");
        }
        return value.node.booleanValue();
    }

    long number(String name) {
        JsonPart value = member(name);
        if (!value.node.isIntegralNumber() || !value.node.canConvertToLong()) {
            throw value.wrong("a whole number");
        }
        return value.node.longValue();
    }

    int smallNumber(String name) {
        long value = number(name);
        if (value != (int) value) {
            throw member(name).wrong("a whole number of 32 bits");
        }
        return (int) value;
    }

    /** A name of the enumeration, in lower case. */
    <E extends Enum<E>> E choice(String name, Class<E> type) {
        JsonPart value = member(name);
        String text = value.text();
        return Stream.of(type.getEnumConstants()).filter(one -> name(one).equals(text)).findFirst()
            .orElseThrow(() -> value.unknown(text, Stream.of(type.getEnumConstants()).map(JsonPart::name).toList()));
    }

    static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    LazuliException unknown(String given, List<String> known) {
        return failure(CommonError.INVALID_ARGUMENT, place, "%s: '%s' is not known%s; there are %s", place, given,
            NearestName.hint(given, known), known);
    }

    LazuliException wrong(String expected) {
        return failure(CommonError.INVALID_ARGUMENT, place, "%s: expected %s, not %s", place, expected, node);
    }
}
