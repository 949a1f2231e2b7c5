package io.lazuli.datafactory.connector.file;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.foundation.NearestName;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * Reads evaluated JSON properties as Azure does: null and empty text are absent, booleans and numbers may be texts, words ignore case.
 *
 * @param where how messages call the object, such as {@code dataset 'orders'}
 */
public record Settings(JsonNode json, String where) {
    public Settings {
        json = json == null ? MissingNode.getInstance() : json;
    }

    /** A text, empty when it is absent, null or empty. */
    public Optional<String> text(String name) {
        return exactText(name).filter(text -> !text.isEmpty());
    }

    /** A text, also an empty one; empty when it is absent or null. */
    public Optional<String> exactText(String name) {
        JsonNode value = json.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (value.isContainer()) {
            throw wrong(name, value.toString(), "a text");
        }
        return Optional.of(value.asString());
    }

    public boolean flag(String name, boolean otherwise) {
        String value = text(name).orElse(Boolean.toString(otherwise));
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw wrong(name, value, "true or false");
        };
    }

    public Optional<Integer> integer(String name) {
        return text(name).map(value -> {
            try {
                return Integer.valueOf(value.trim());
            } catch (NumberFormatException notANumber) {
                throw wrong(name, value, "a whole number");
            }
        });
    }

    /** One of the allowed words, whose case is ignored. */
    public <T> Optional<T> choice(String name, Map<String, T> allowed) {
        return text(name).map(value -> allowed.entrySet().stream()
            .filter(entry -> entry.getKey().equalsIgnoreCase(value)).map(Map.Entry::getValue).findFirst()
            .orElseThrow(() -> wrong(name, value, "one of " + allowed.keySet() + NearestName.hint(value, allowed.keySet()))));
    }

    /** A nested object; its members are absent when it is. */
    public Settings object(String name) {
        return new Settings(json.path(name), where + "." + name);
    }

    public boolean has(String name) {
        return !json.path(name).isMissingNode() && !json.path(name).isNull();
    }

    public List<JsonNode> elements(String name) {
        JsonNode value = json.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return List.of();
        }
        if (!value.isArray()) {
            throw wrong(name, value.toString(), "an array");
        }
        return Arrays.asList(value.values().toArray(JsonNode[]::new));
    }

    public RuntimeException wrong(String name, String value, String expected) {
        return failure(FileError.INVALID_SETTING, "%s of %s is '%s'; expected %s", name, where, value, expected);
    }
}
