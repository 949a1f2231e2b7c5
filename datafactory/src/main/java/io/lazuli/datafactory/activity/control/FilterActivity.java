package io.lazuli.datafactory.activity.control;

import io.lazuli.datafactory.activity.Activity;
import io.lazuli.datafactory.activity.ActivityContext;
import io.lazuli.datafactory.activity.ActivityFailure;
import io.lazuli.datafactory.activity.ActivityType;
import io.lazuli.datafactory.workspace.ActivityDefinition;
import io.lazuli.datafactory.workspace.shape.Property;
import io.lazuli.datafactory.workspace.shape.Property.Kind;
import io.lazuli.datafactory.workspace.shape.Shape;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;


/** {@code Filter}: gives those of {@code items} for which {@code condition}, which sees {@code item()}, is true. */
public final class FilterActivity implements ActivityType {
    @Override
    public String name() {
        return "Filter";
    }

    @Override
    public Shape typeProperties() {
        return Shape.of(Property.of("items", Kind.ARRAY).asRequired(), Property.of("condition", Kind.BOOLEAN).asRequired());
    }

    @Override
    public boolean control() {
        return true;
    }

    @Override
    public Set<String> unevaluated() {
        return Set.of("condition");
    }

    @Override
    public Activity create(ActivityDefinition definition) {
        return FilterActivity::run;
    }

    private static ObjectNode run(ActivityContext context) {
        JsonNode items = ControlActivity.required(context, "items");
        JsonNode condition = ControlActivity.required(context, "condition");
        if (!items.isArray()) {
            throw new ActivityFailure("InvalidTemplate", "The 'items' of Filter '" + context.definition().name() + "' must be an array");
        }
        ArrayNode kept = JsonNodeFactory.instance.arrayNode();
        for (JsonNode item : items) {
            if (ControlActivity.condition(context.evaluate(condition, item))) {
                kept.add(item);
            }
        }
        ObjectNode output = JsonNodeFactory.instance.objectNode()
            .put("ItemsCount", items.size()).put("FilteredItemsCount", kept.size());
        output.set("Value", kept);
        return output;
    }
}
