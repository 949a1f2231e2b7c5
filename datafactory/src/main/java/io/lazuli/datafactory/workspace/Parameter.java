package io.lazuli.datafactory.workspace;

import io.lazuli.foundation.Place;
import tools.jackson.databind.JsonNode;

/**
 * A parameter or variable that an artifact declares.
 *
 * @param type as written, such as {@code string}, {@code Int}, {@code SecureString}; compare without case
 * @param defaultValue unevaluated, null when there is none
 */
public record Parameter(String name, String type, JsonNode defaultValue, Place place) {
}
