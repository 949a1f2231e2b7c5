package io.lazuli.datafactory.activity.control;

import io.lazuli.datafactory.activity.Activity;
import io.lazuli.datafactory.activity.ActivityContext;
import io.lazuli.datafactory.activity.ActivityType;
import io.lazuli.datafactory.workspace.ActivityDefinition;
import io.lazuli.datafactory.workspace.shape.Property;
import io.lazuli.datafactory.workspace.shape.Property.Kind;
import io.lazuli.datafactory.workspace.shape.Shape;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;


/** {@code IfCondition}: runs {@code ifTrueActivities} or {@code ifFalseActivities}, as {@code expression} says. */
public final class IfConditionActivity implements ActivityType {
    @Override
    public String name() {
        return "IfCondition";
    }

    @Override
    public Shape typeProperties() {
        return Shape.of(Property.of("expression", Kind.BOOLEAN).asRequired(),
            Property.of("ifTrueActivities", Kind.ACTIVITIES), Property.of("ifFalseActivities", Kind.ACTIVITIES));
    }

    @Override
    public boolean control() {
        return true;
    }

    @Override
    public Activity create(ActivityDefinition definition) {
        return IfConditionActivity::run;
    }

    private static ObjectNode run(ActivityContext context) throws InterruptedException {
        boolean condition = ControlActivity.condition(ControlActivity.required(context, "expression"));
        List<ActivityDefinition> branch = context.definition().branches()
            .getOrDefault(condition ? "ifTrueActivities" : "ifFalseActivities", List.of());
        context.orchestration().runActivities(branch, "", null);
        return ControlActivity.nothing();
    }
}
