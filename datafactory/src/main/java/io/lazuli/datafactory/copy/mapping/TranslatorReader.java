package io.lazuli.datafactory.copy.mapping;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.datafactory.DataFactoryError;
import io.lazuli.datafactory.connector.JsonPath;
import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads an evaluated {@code translator}: today's {@code mappings} and the older {@code columnMappings} and {@code schemaMapping}. */
public final class TranslatorReader {
    private static final JsonMapper JSON = new JsonMapper();

    private TranslatorReader() {
    }

    /** The translator that the JSON describes; absent or null JSON is the default one. Text is read as JSON: parameters carry it so. */
    public static Translator read(JsonNode json, Place place) {
        JsonNode translator = parsed(json, place);
        if (translator == null || translator.isNull() || translator.isObject() && translator.isEmpty()) {
            return Translator.DEFAULT;
        }
        if (!translator.isObject()) {
            throw failure(DataFactoryError.WRONG_TYPE, place, "A translator is an object, not %s", translator);
        }
        String type = translator.path("type").asString("TabularTranslator");
        if (!type.equalsIgnoreCase("TabularTranslator")) {
            throw failure(CommonError.NOT_SUPPORTED, place.member("type"), "Translator '%s' is not supported; TabularTranslator is", type);
        }
        if (translator.path("columnFlattenSettings").isObject() && !translator.get("columnFlattenSettings").isEmpty()) {
            throw failure(CommonError.NOT_SUPPORTED, place.member("columnFlattenSettings"),
                "columnFlattenSettings is not supported; mapComplexValuesToString and mappings with paths are");
        }
        boolean conversion = ConversionSettings.flag(translator, "typeConversion", false, place);
        return new Translator(mappings(translator, place), collection(translator, place),
            ConversionSettings.flag(translator, "mapComplexValuesToString", false, place),
            ConversionSettings.of(conversion, translator.get("typeConversionSettings"), place.member("typeConversionSettings")));
    }

    private static JsonNode parsed(JsonNode json, Place place) {
        if (json == null || !json.isString()) {
            return json;
        }
        if (json.stringValue().isBlank()) {
            return null;
        }
        try {
            return JSON.readTree(json.stringValue());
        } catch (JacksonException e) {
            throw failure(CommonError.SYNTAX_ERROR, place, "The translator's text is not JSON: %s", e.getOriginalMessage(), e);
        }
    }

    private static Optional<JsonPath> collection(JsonNode translator, Place place) {
        String path = translator.path("collectionReference").asString("").strip();
        return path.isEmpty() || path.equals("$") ? Optional.empty()
            : Optional.of(JsonPath.parse(path, place.member("collectionReference")).collection());
    }

    private static List<Mapping> mappings(JsonNode translator, Place place) {
        JsonNode mappings = parsed(translator.get("mappings"), place.member("mappings"));
        if (mappings != null && mappings.isArray()) {
            return modern(mappings, place.member("mappings"));
        }
        JsonNode columns = translator.get("columnMappings");
        if (columns != null && columns.isString()) {
            return pairs(columns.stringValue(), place.member("columnMappings"));
        }
        if (columns != null && columns.isObject()) {
            return older(columns, place.member("columnMappings"), false);
        }
        JsonNode schema = parsed(translator.get("schemaMapping"), place.member("schemaMapping"));
        return schema == null || !schema.isObject() ? List.of() : older(schema, place.member("schemaMapping"), true);
    }

    private static List<Mapping> modern(JsonNode array, Place place) {
        List<Mapping> mappings = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
            Place at = place.element(i);
            mappings.add(new Mapping(endpoint(array.get(i), "source", at), endpoint(array.get(i), "sink", at)));
        }
        return mappings;
    }

    private static Endpoint endpoint(JsonNode mapping, String side, Place place) {
        Place at = place.member(side);
        JsonNode json = mapping.get(side);
        if (json == null || !json.isObject()) {
            throw failure(DataFactoryError.MISSING_PROPERTY, at, "A mapping needs an object '%s'", side);
        }
        String name = text(json, "name");
        String path = json.path("path").isString() ? json.get("path").stringValue() : null;
        Integer ordinal = ordinal(json.get("ordinal"), at);
        if (name == null && path == null && ordinal == null) {
            throw failure(DataFactoryError.MISSING_PROPERTY, at, "A mapping's '%s' needs a 'name', a 'path' or an 'ordinal'", side);
        }
        String type = text(json, "type");
        return new Endpoint(name, path == null ? null : JsonPath.parse(path, at.member("path")), ordinal,
            type == null ? null : InterimType.named(type, at.member("type")), text(json, "format"), text(json, "culture"), at);
    }

    private static String text(JsonNode json, String name) {
        JsonNode value = json.get(name);
        return value == null || value.isNull() || value.asString().isEmpty() ? null : value.asString();
    }

    private static Integer ordinal(JsonNode json, Place place) {
        if (json == null || json.isNull()) {
            return null;
        }
        String text = json.asString().strip();
        if (!text.matches("[1-9]\\d{0,8}")) {
            throw failure(DataFactoryError.WRONG_TYPE, place.member("ordinal"), "An ordinal counts columns from 1; it is %s", json);
        }
        return Integer.valueOf(text);
    }

    private static List<Mapping> pairs(String text, Place place) {
        List<Mapping> mappings = new ArrayList<>();
        for (String pair : text.split(",")) {
            String[] sides = pair.split(":", 2);
            if (sides.length != 2 || sides[0].isBlank() || sides[1].isBlank()) {
                throw failure(CommonError.SYNTAX_ERROR, place,
                    "Column mappings are written 'source: sink, …'; '%s' is not", pair.strip());
            }
            mappings.add(new Mapping(column(sides[0].strip(), place), column(sides[1].strip(), place)));
        }
        return mappings;
    }

    /** Pairs of source and sink as an object's members; {@code paths} when either side may be a path into a document. */
    private static List<Mapping> older(JsonNode object, Place place, boolean paths) {
        List<Mapping> mappings = new ArrayList<>();
        for (var entry : object.properties()) {
            Place at = place.member(entry.getKey());
            mappings.add(new Mapping(side(entry.getKey(), at, paths), side(entry.getValue().asString(), at, paths)));
        }
        return mappings;
    }

    /** A column's name or a path; what could be either, such as {@code price}, is both, and the source's kind decides. */
    private static Endpoint side(String text, Place place, boolean paths) {
        if (!paths) {
            return column(text, place);
        }
        boolean path = text.startsWith("$") || text.startsWith("[");
        return new Endpoint(path ? null : text, JsonPath.parse(text, place), null, null, null, null, place);
    }

    private static Endpoint column(String name, Place place) {
        return new Endpoint(name, null, null, null, null, null, place);
    }
}
