package io.lazuli.datafactory.workspace;

import io.lazuli.foundation.Place;
import tools.jackson.databind.node.ObjectNode;

/**
 * A reference to another artifact by name, as {@code {"referenceName": …, "type": "DatasetReference", "parameters": {…}}}.
 *
 * @param name may hold an expression ({@code @{item().pipeline}}) where Azure allows one
 * @param parameters unevaluated, empty when there are none
 */
public record Reference(String name, String type, ObjectNode parameters, Place place) {
}
