package io.lazuli.datafactory.copy;

import io.lazuli.datafactory.activity.Activity;
import io.lazuli.datafactory.activity.ActivityType;
import io.lazuli.datafactory.workspace.ActivityDefinition;
import io.lazuli.datafactory.workspace.shape.Shape;

/** {@code Copy}: moves rows or whole files from one dataset to another. */
public final class CopyActivityType implements ActivityType {
    @Override
    public String name() {
        return "Copy";
    }

    @Override
    public Shape typeProperties() {
        return CopyShapes.COPY;
    }

    @Override
    public Activity create(ActivityDefinition definition) {
        return new CopyActivity();
    }
}
