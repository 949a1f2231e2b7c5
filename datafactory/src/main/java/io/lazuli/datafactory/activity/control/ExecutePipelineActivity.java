package io.lazuli.datafactory.activity.control;

import io.lazuli.datafactory.activity.Activity;
import io.lazuli.datafactory.activity.ActivityContext;
import io.lazuli.datafactory.activity.ActivityType;
import io.lazuli.datafactory.workspace.ActivityDefinition;
import io.lazuli.datafactory.workspace.shape.Property;
import io.lazuli.datafactory.workspace.shape.Shape;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;


/** {@code ExecutePipeline}: runs another pipeline of the workspace and, with {@code waitOnCompletion}, waits for its end. */
public final class ExecutePipelineActivity implements ActivityType {
    @Override
    public String name() {
        return "ExecutePipeline";
    }

    @Override
    public Shape typeProperties() {
        Shape reference = Shape.of(Property.string("referenceName").asRequired(), Property.string("type"), Property.string("name"));
        return Shape.of(Property.object("pipeline", reference).asRequired(), Property.object("parameters", Shape.ANYTHING),
            Property.bool("waitOnCompletion"));
    }

    @Override
    public boolean control() {
        return true;
    }

    @Override
    public Activity create(ActivityDefinition definition) {
        return ExecutePipelineActivity::run;
    }

    private static ObjectNode run(ActivityContext context) throws InterruptedException {
        String pipeline = ControlActivity.required(context, "pipeline").path("referenceName").asString("");
        ObjectNode parameters = context.properties().get("parameters") instanceof ObjectNode given
            ? given : JsonNodeFactory.instance.objectNode();
        // The studio always writes the property; where it is missing the documentation says that the activity waits.
        boolean wait = ControlActivity.flag(context.properties().get("waitOnCompletion"), true);
        return context.orchestration().runPipeline(pipeline, parameters, wait);
    }
}
