package io.lazuli.datafactory.workspace;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.datafactory.DataFactoryError;
import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Reads a workspace's JSON files: UTF-8, UTF-16 or UTF-32, with or without a byte order mark. */
public final class JsonFile {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final JsonMapper COMMENTED = JsonMapper.builder().enable(JsonReadFeature.ALLOW_JAVA_COMMENTS).build();

    private JsonFile() {
    }

    /** The object in a file; {@code MALFORMED_ARTIFACT} with line and column when it is not JSON, {@code IO_ERROR} when unreadable. */
    public static ObjectNode read(Path file) {
        return read(file, JSON);
    }

    /** The object in a template's file, which may have comments, as Azure's deployments allow; otherwise like {@link #read(Path)}. */
    static ObjectNode readTemplate(Path file) {
        return read(file, COMMENTED);
    }

    private static ObjectNode read(Path file, JsonMapper mapper) {
        JsonNode json;
        try {
            json = mapper.readTree(Files.readAllBytes(file));
        } catch (IOException failure) {
            throw failure(CommonError.IO_ERROR, Place.of(file, null), "The file cannot be read: %s", failure.getMessage(), failure);
        } catch (JacksonException failure) {
            throw failure(DataFactoryError.MALFORMED_ARTIFACT, place(file, failure), "This is not JSON: %s", reason(failure), failure);
        }
        if (json instanceof ObjectNode object) {
            return object;
        }
        throw failure(DataFactoryError.MALFORMED_ARTIFACT, Place.of(file, "$"), "A JSON object is expected here, not %s",
            json.isMissingNode() ? "an empty file" : "a value of kind " + json.getNodeType().name().toLowerCase(Locale.ROOT));
    }

    private static Place place(Path file, JacksonException failure) {
        TokenStreamLocation location = failure.getLocation();
        return location == null
            ? Place.of(file, null) : Place.of(file, null).within(location.getLineNr(), location.getColumnNr());
    }

    private static String reason(JacksonException failure) {
        String message = failure.getOriginalMessage();
        return message.lines().findFirst().orElse("it ends too early");
    }
}
