package io.lazuli.algebra.json;

import io.lazuli.algebra.plan.Plan;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Plans as JSON: an object with {@code kind} and the parts that the kind has.
 *
 * <p>A shared part is written where it first stands, in the order of the document, and by its name alone from then on. A plan with rows
 * that Java code makes is refused with {@code NOT_SUPPORTED}. A document that is not a plan is refused with {@code INVALID_ARGUMENT} and
 * the path of what is wrong.
 */
public final class PlanJson {
    private PlanJson() {
    }

    public static ObjectNode write(Plan plan) {
        return new PlanWriter().plan(plan);
    }

    /** The plan that was written, equal to it and checked as every plan is when it is built. */
    public static Plan read(JsonNode json) {
        return new PlanReader().plan(JsonPart.of(json));
    }
}
