package io.lazuli.datafactory.activity;

import io.lazuli.algebra.engine.Execution;
import io.lazuli.datafactory.connector.ResolvedDataset;
import io.lazuli.datafactory.connector.ResolvedLinkedService;
import io.lazuli.datafactory.workspace.ActivityDefinition;
import io.lazuli.datafactory.workspace.Reference;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What an activity sees of the run that it is part of. Used by the activity's own thread. */
public interface ActivityContext {
    ActivityDefinition definition();

    /** {@code typeProperties} with every expression evaluated; for containers without their inner activities and lazy expressions. */
    ObjectNode properties();

    /** Evaluates every expression in the tree in this activity's scope, for containers that evaluate lazily. */
    JsonNode evaluate(JsonNode template);

    /** As {@link #evaluate(JsonNode)}, with {@code item()} giving {@code item}. */
    JsonNode evaluate(JsonNode template, JsonNode item);

    /** The workspace's machinery: engine, lake, SQL databases, secrets, configuration, clock. */
    Services services();

    /** A dataset with its parameters evaluated in this scope; {@code BROKEN_REFERENCE} or {@code MISSING_PARAMETER} when it cannot be. */
    ResolvedDataset dataset(Reference reference);

    ResolvedLinkedService linkedService(Reference reference);

    /** The {@code index}th dataset of the activity's {@code inputs}. */
    ResolvedDataset input(int index);

    /** The {@code index}th dataset of the activity's {@code outputs}. */
    ResolvedDataset output(int index);

    /** The activity run's id, the same after a resume. */
    String activityRunId();

    /**
     * Runs a step whose result must survive {@code kill -9}: the first time runs {@code work} and journals its result durably, later
     * times (a resumed or retried run) gives the journalled result without running it.
     */
    ObjectNode once(String step, Supplier<ObjectNode> work);

    /** Progress and cancellation, as engines want them. */
    Execution execution();

    /** The machinery for containers and pipelines calling pipelines. */
    Orchestration orchestration();
}
