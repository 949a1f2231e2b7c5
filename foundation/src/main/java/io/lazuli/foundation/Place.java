package io.lazuli.foundation;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where something stands: a file, a JSON path within it, a line and column within the file or the text found there.
 *
 * @param file absolute or workspace-relative, null when the text came from no file
 * @param jsonPath such as {@code $.properties.activities[2].typeProperties.source}, null when the file is not JSON
 * @param line from 1, 0 when unknown
 * @param column from 1, 0 when unknown
 */
public record Place(Path file, String jsonPath, int line, int column) {
    public static final Place UNKNOWN = new Place(null, null, 0, 0);

    public static Place at(int line, int column) {
        return new Place(null, null, line, column);
    }

    public static Place of(Path file, String jsonPath) {
        return new Place(file, jsonPath, 0, 0);
    }

    /** This place with line and column, which are those within the text that stands here. */
    public Place within(int line, int column) {
        return new Place(file, jsonPath, line, column);
    }

    /** The place of a member of the JSON object here. */
    public Place member(String name) {
        boolean plain = name.matches("[A-Za-z_][A-Za-z0-9_]*");
        String step = plain ? "." + name : "['" + name.replace("'", "\\'") + "']";
        return new Place(file, jsonPath == null ? "$" + step : jsonPath + step, 0, 0);
    }

    /** The place of an element of the JSON array here, counted from 0. */
    public Place element(int index) {
        return new Place(file, (jsonPath == null ? "$" : jsonPath) + "[" + index + "]", 0, 0);
    }

    public Optional<String> position() {
        return line > 0 ? Optional.of(line + ":" + column) : Optional.empty();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        if (file != null) {
            text.append(file);
        }
        if (jsonPath != null) {
            text.append(text.isEmpty() ? "" : " ").append(jsonPath);
        }
        position().ifPresent(position -> text.append(text.isEmpty() ? "" : " ").append(position));
        return text.toString();
    }
}
