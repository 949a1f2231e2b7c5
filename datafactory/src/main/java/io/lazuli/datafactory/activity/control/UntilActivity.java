package io.lazuli.datafactory.activity.control;

import io.lazuli.datafactory.activity.Activity;
import io.lazuli.datafactory.activity.ActivityContext;
import io.lazuli.datafactory.activity.ActivityFailure;
import io.lazuli.datafactory.activity.ActivityType;
import io.lazuli.datafactory.run.Times;
import io.lazuli.datafactory.workspace.ActivityDefinition;
import io.lazuli.datafactory.workspace.shape.Property;
import io.lazuli.datafactory.workspace.shape.Property.Kind;
import io.lazuli.datafactory.workspace.shape.Shape;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;


/**
 * {@code Until}: runs its activities again and again until {@code expression} is true, at most for {@code timeout} (7 days unless given).
 * A failed round does not stop it; whether it succeeds at the end is up to the last round.
 */
public final class UntilActivity implements ActivityType {
    private static final Duration STANDARD_TIMEOUT = Duration.ofDays(7);

    @Override
    public String name() {
        return "Until";
    }

    @Override
    public Shape typeProperties() {
        return Shape.of(Property.of("expression", Kind.BOOLEAN).asRequired(), Property.string("timeout"),
            Property.of("activities", Kind.ACTIVITIES).asRequired());
    }

    @Override
    public boolean control() {
        return true;
    }

    @Override
    public Set<String> unevaluated() {
        return Set.of("expression");
    }

    @Override
    public Activity create(ActivityDefinition definition) {
        return UntilActivity::run;
    }

    private static ObjectNode run(ActivityContext context) throws InterruptedException {
        JsonNode expression = ControlActivity.required(context, "expression");
        List<ActivityDefinition> activities = context.definition().branches().getOrDefault("activities", List.of());
        Duration timeout = context.properties().path("timeout").isString()
            ? Times.span(context.properties().get("timeout").asString()) : STANDARD_TIMEOUT;
        Instant deadline = Instant.parse(context.once("started", () -> JsonNodeFactory.instance.objectNode()
            .put("deadline", context.services().clock().instant().plus(timeout).toString())).path("deadline").asString());
        for (int round = 0;; round++) {
            ActivityFailure failure = round(context, activities, round);
            // Kept, because a resumed run must not decide anew about a round whose activities it does not repeat.
            ObjectNode decided = context.once("round " + round, () -> JsonNodeFactory.instance.objectNode()
                .put("done", ControlActivity.condition(context.evaluate(expression))));
            if (decided.path("done").asBoolean()) {
                if (failure != null) {
                    throw failure;
                }
                return ControlActivity.nothing();
            }
            if (!context.services().clock().instant().isBefore(deadline)) {
                throw new ActivityFailure("ActivityTimeout", "The expression did not become true within "
                    + context.properties().get("timeout"));
            }
        }
    }

    private static ActivityFailure round(ActivityContext context, List<ActivityDefinition> activities, int round)
            throws InterruptedException {
        try {
            context.orchestration().runActivities(activities, Integer.toString(round), null);
            return null;
        } catch (ActivityFailure failure) {
            return failure;
        }
    }
}
