package io.lazuli.datafactory.activity.control;

import io.lazuli.datafactory.activity.Activity;
import io.lazuli.datafactory.activity.ActivityContext;
import io.lazuli.datafactory.activity.ActivityFailure;
import io.lazuli.datafactory.activity.ActivityType;
import io.lazuli.datafactory.workspace.ActivityDefinition;
import io.lazuli.datafactory.workspace.shape.Property;
import io.lazuli.datafactory.workspace.shape.Shape;
import java.time.Duration;
import java.time.Instant;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;


/** {@code Wait}: does nothing for {@code waitTimeInSeconds}; a resumed run waits for what was left. */
public final class WaitActivity implements ActivityType {
    @Override
    public String name() {
        return "Wait";
    }

    @Override
    public Shape typeProperties() {
        return Shape.of(Property.integer("waitTimeInSeconds").asRequired());
    }

    @Override
    public boolean control() {
        return true;
    }

    @Override
    public Activity create(ActivityDefinition definition) {
        return WaitActivity::run;
    }

    private static ObjectNode run(ActivityContext context) throws InterruptedException {
        JsonNode given = ControlActivity.required(context, "waitTimeInSeconds");
        long seconds = given.asLong(-1);
        if (seconds < 0) {
            throw new ActivityFailure("InvalidTemplate", "'waitTimeInSeconds' must give a whole number from 0; it gave " + given);
        }
        Instant end = Instant.parse(context.once("started", () -> JsonNodeFactory.instance.objectNode()
            .put("end", context.services().clock().instant().plusSeconds(seconds).toString())).path("end").asString());
        Duration left = Duration.between(context.services().clock().instant(), end);
        if (left.isPositive()) {
            Thread.sleep(left);
        }
        return ControlActivity.nothing();
    }
}
