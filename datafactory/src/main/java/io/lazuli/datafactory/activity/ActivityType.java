package io.lazuli.datafactory.activity;

import io.lazuli.datafactory.workspace.ActivityDefinition;
import io.lazuli.datafactory.workspace.shape.Shape;
import java.util.Set;

/** A kind of activity: a plug-in. One stateless instance serves all activities of its type. */
public interface ActivityType {
    /** As in the JSON's {@code type}, such as {@code Copy}. */
    String name();

    /** What {@code typeProperties} may hold, for {@code lazuli check}. */
    Shape typeProperties();

    /** Builds the activity; called once per activity run, before its first attempt. */
    Activity create(ActivityDefinition definition);

    /** The members of {@code typeProperties} that {@link ActivityContext#properties()} gives as written, for {@code evaluate}. */
    default Set<String> unevaluated() {
        return Set.of();
    }

    /** Whether this is a control activity: one without the default time-out of 12 hours. */
    default boolean control() {
        return false;
    }
}
