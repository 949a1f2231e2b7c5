package io.lazuli.datafactory.copy.mapping;

import io.lazuli.datafactory.connector.JsonPath;
import io.lazuli.foundation.Place;

/**
 * One side of a mapping: a column by name or by position, or a place in a document by path.
 *
 * @param name null when there is none
 * @param path null when there is none
 * @param ordinal counted from 1, null when there is none
 * @param type null when the value keeps its own
 * @param format a .NET format, null for the translator's
 * @param culture null for the translator's
 */
public record Endpoint(String name, JsonPath path, Integer ordinal, InterimType type, String format, String culture, Place place) {
    /** How messages call it. */
    String label() {
        return name != null ? name : path != null ? path.toString() : "Prop_" + (ordinal - 1);
    }

    /** The place in a document: the path, else the member of that name. */
    JsonPath documentPath() {
        return path != null ? path : JsonPath.member(name);
    }
}
