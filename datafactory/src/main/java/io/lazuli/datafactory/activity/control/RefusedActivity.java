package io.lazuli.datafactory.activity.control;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.datafactory.activity.Activity;
import io.lazuli.datafactory.activity.ActivityType;
import io.lazuli.datafactory.workspace.ActivityDefinition;
import io.lazuli.datafactory.workspace.shape.Shape;
import io.lazuli.foundation.CommonError;

/**
 * An activity that is known and not run: {@code NOT_SUPPORTED}, with its type's name.
 *
 * @param why ends the sentence that refuses it
 */
public record RefusedActivity(String name, String why) implements ActivityType {
    @Override
    public Shape typeProperties() {
        return Shape.ANYTHING;
    }

    @Override
    public Activity create(ActivityDefinition definition) {
        throw failure(CommonError.NOT_SUPPORTED, definition.place(), "Activities of type %s are not run%s", name, why);
    }
}
