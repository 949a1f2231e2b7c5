package io.lazuli.datafactory.workspace;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.datafactory.DataFactoryError;
import io.lazuli.foundation.Place;
import tools.jackson.databind.node.ObjectNode;

/**
 * A reference to another artifact by name, as {@code {"referenceName": …, "type": "DatasetReference", "parameters": {…}}}.
 *
 * @param name may hold an expression ({@code @{item().pipeline}}) where Azure allows one
 * @param parameters unevaluated, empty when there are none
 */
public record Reference(String name, String type, ObjectNode parameters, Place place) {
    /** The reference that a member of an object is, unevaluated; {@code MISSING_PROPERTY} when it is not there. */
    public static Reference of(ObjectNode owner, String member, Place place) {
        PropertyReader reader = new PropertyReader();
        Reference reference = reader.reference(owner, member, place);
        if (reader.problems().isEmpty() && reference != null) {
            return reference;
        }
        throw reader.problems().isEmpty()
            ? failure(DataFactoryError.MISSING_PROPERTY, place, "The property '%s' is missing here", member)
            : reader.problems().getFirst();
    }
}
