package io.lazuli.datafactory.activity.control;

import io.lazuli.datafactory.activity.Activity;
import io.lazuli.datafactory.activity.ActivityContext;
import io.lazuli.datafactory.activity.ActivityFailure;
import io.lazuli.datafactory.activity.ActivityType;
import io.lazuli.datafactory.workspace.ActivityDefinition;
import io.lazuli.datafactory.workspace.shape.Property;
import io.lazuli.datafactory.workspace.shape.Property.Kind;
import io.lazuli.datafactory.workspace.shape.Shape;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;


/** {@code Switch}: runs the activities of the case whose {@code value} equals {@code on}, else {@code defaultActivities}. */
public final class SwitchActivity implements ActivityType {
    @Override
    public String name() {
        return "Switch";
    }

    @Override
    public Shape typeProperties() {
        Shape cases = Shape.of(Property.string("value").asRequired(), Property.of("activities", Kind.ACTIVITIES));
        return Shape.of(Property.string("on").asRequired(), Property.arrayOf("cases", cases),
            Property.of("defaultActivities", Kind.ACTIVITIES));
    }

    @Override
    public boolean control() {
        return true;
    }

    @Override
    public Set<String> unevaluated() {
        return Set.of("cases");
    }

    @Override
    public Activity create(ActivityDefinition definition) {
        return SwitchActivity::run;
    }

    private static ObjectNode run(ActivityContext context) throws InterruptedException {
        JsonNode on = ControlActivity.required(context, "on");
        if (on.isContainer() || on.isNull()) {
            throw new ActivityFailure("InvalidTemplate", "'on' must give a String; it gave " + on);
        }
        context.orchestration().runActivities(branch(context, on.asString()), "", null);
        return ControlActivity.nothing();
    }

    private static List<ActivityDefinition> branch(ActivityContext context, String on) {
        JsonNode cases = context.definition().typeProperties().path("cases");
        for (int i = 0; i < cases.size(); i++) {
            if (cases.get(i).path("value").asString("").equals(on)) {
                return context.definition().branches().getOrDefault("cases[" + i + "].activities", List.of());
            }
        }
        return context.definition().branches().getOrDefault("defaultActivities", List.of());
    }
}
