package io.lazuli.datafactory.activity.control;

import io.lazuli.datafactory.activity.Activity;
import io.lazuli.datafactory.activity.ActivityContext;
import io.lazuli.datafactory.activity.ActivityType;
import io.lazuli.datafactory.workspace.ActivityDefinition;
import io.lazuli.datafactory.workspace.shape.Property;
import io.lazuli.datafactory.workspace.shape.Property.Kind;
import io.lazuli.datafactory.workspace.shape.Shape;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;


/** {@code AppendVariable}: adds an element to a variable of type Array. */
public final class AppendVariableActivity implements ActivityType {
    @Override
    public String name() {
        return "AppendVariable";
    }

    @Override
    public Shape typeProperties() {
        return Shape.of(Property.string("variableName").asRequired(), Property.of("value", Kind.ANY).asRequired());
    }

    @Override
    public boolean control() {
        return true;
    }

    @Override
    public Activity create(ActivityDefinition definition) {
        return AppendVariableActivity::run;
    }

    private static ObjectNode run(ActivityContext context) {
        String variable = ControlActivity.required(context, "variableName").asString();
        JsonNode value = context.properties().has("value") ? context.properties().get("value") : NullNode.instance;
        context.orchestration().appendVariable(variable, value);
        ObjectNode output = JsonNodeFactory.instance.objectNode().put("name", variable);
        output.set("value", value);
        return output;
    }
}
