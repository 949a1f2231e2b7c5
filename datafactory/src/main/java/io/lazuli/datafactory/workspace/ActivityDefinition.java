package io.lazuli.datafactory.workspace;

import io.lazuli.foundation.Place;
import java.util.LinkedHashMap;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * An activity as its JSON says, nothing evaluated.
 *
 * @param json the whole activity; {@code typeProperties}, {@code linkedServiceName}, {@code inputs}, {@code outputs} are read from it
 * @param branches the activities within a container, by the JSON path of their array relative to {@code typeProperties}:
 *     {@code activities}, {@code ifTrueActivities}, {@code ifFalseActivities}, {@code cases[0].activities}, {@code defaultActivities};
 *     empty for other activities
 */
public record ActivityDefinition(
    String name, String type, List<Dependency> dependsOn, Policy policy, boolean inactive, Outcome onInactiveMarkAs, ObjectNode json,
    LinkedHashMap<String, List<ActivityDefinition>> branches, Place place) {
    /** How an activity can end. */
    public enum Outcome { SUCCEEDED, FAILED, SKIPPED }

    /** When a dependency is met; an activity waits for all its dependencies, each of which any of its conditions meets. */
    public enum Condition { SUCCEEDED, FAILED, SKIPPED, COMPLETED }

    /** Another activity of the same list that goes first. */
    public record Dependency(String activity, List<Condition> conditions, Place place) {
    }

    /**
     * How an activity is repeated, bounded in time and shown; values may be expressions and are unevaluated JSON, null when absent.
     *
     * @param json the {@code policy} object, empty when there is none: timeout, retry, retryIntervalInSeconds, secureInput, secureOutput
     */
    public record Policy(ObjectNode json) {
    }

    /** The {@code typeProperties} object, empty when there is none. */
    public ObjectNode typeProperties() {
        return json.get("typeProperties") instanceof ObjectNode properties ? properties : json.objectNode();
    }
}
