package io.lazuli.datafactory.workspace;

import io.lazuli.foundation.Place;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.json.JsonMapper;

/** Where the JSON paths of a file stand in its text. Made for the files of findings only, since reading positions costs a second pass. */
public final class JsonPositions {
    private static final JsonMapper JSON = JsonMapper.builder().enable(JsonReadFeature.ALLOW_JAVA_COMMENTS).build();

    private final Map<String, Place> places = new HashMap<>();

    private JsonPositions() {
    }

    /** The positions in a file; none of what follows a mistake in it. */
    public static JsonPositions of(Path file) {
        JsonPositions positions = new JsonPositions();
        try (JsonParser parser = JSON.createParser(Files.readAllBytes(file))) {
            positions.read(parser, file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (JacksonException mistakeThatIsReportedItself) {
            return positions;
        }
        return positions;
    }

    /** The line and column of a value, or of the nearest value around it that is in the file. */
    public Optional<Place> find(String jsonPath) {
        String path = jsonPath;
        while (!places.containsKey(path)) {
            int end = Math.max(path.lastIndexOf('.'), path.lastIndexOf('['));
            if (end < 1) {
                return Optional.empty();
            }
            path = path.substring(0, end);
        }
        return Optional.of(places.get(path));
    }

    private void read(JsonParser parser, Path file) {
        Deque<Place> containers = new ArrayDeque<>();
        Deque<Integer> indexes = new ArrayDeque<>();
        Place next = Place.of(file, "$");
        for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
            if (token == JsonToken.PROPERTY_NAME) {
                next = containers.peek().member(parser.currentName());
                put(next, parser);
                continue;
            }
            if (token == JsonToken.END_OBJECT || token == JsonToken.END_ARRAY) {
                containers.pop();
                indexes.pop();
                continue;
            }
            if (!indexes.isEmpty() && indexes.peek() >= 0) {
                int index = indexes.pop();
                indexes.push(index + 1);
                next = containers.peek().element(index);
                put(next, parser);
            }
            if (token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY) {
                containers.push(next);
                indexes.push(token == JsonToken.START_ARRAY ? 0 : -1);
            }
        }
    }

    private void put(Place place, JsonParser parser) {
        TokenStreamLocation location = parser.currentTokenLocation();
        places.put(place.jsonPath(), Place.at(location.getLineNr(), location.getColumnNr()));
    }
}
