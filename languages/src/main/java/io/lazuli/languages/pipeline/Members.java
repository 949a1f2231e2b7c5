package io.lazuli.languages.pipeline;

import io.lazuli.foundation.NearestName;
import java.util.Collection;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Looks up properties as the language does: by exact name, else ignoring case. */
final class Members {
    private static final int MOST_SHOWN = 12;

    private Members() {
    }

    /** The property's value, or null when the object has none of that name. */
    static JsonNode find(JsonNode object, String name) {
        JsonNode exact = object.get(name);
        if (exact != null) {
            return exact;
        }
        for (Map.Entry<String, JsonNode> property : object.properties()) {
            if (property.getKey().equalsIgnoreCase(name)) {
                return property.getValue();
            }
        }
        return null;
    }

    /** The end of a message about a missing member: the nearest name, or those that there are. */
    static String known(JsonNode object, String name) {
        Collection<String> names = object.propertyNames();
        String hint = NearestName.hint(name, names);
        if (!hint.isEmpty()) {
            return hint;
        }
        if (names.isEmpty()) {
            return "; there are none";
        }
        String shown = String.join(", ", names.stream().limit(MOST_SHOWN).map(known -> "'" + known + "'").toList());
        return "; there " + (names.size() == 1 ? "is " : "are ") + shown + (names.size() > MOST_SHOWN ? ", …" : "");
    }
}
