package io.lazuli.datafactory.dataflow;

import io.lazuli.algebra.engine.Execution;
import io.lazuli.datafactory.connector.ResolvedDataset;
import io.lazuli.datafactory.connector.ResolvedLinkedService;
import io.lazuli.datafactory.workspace.Reference;
import io.lazuli.foundation.Place;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a run of a data flow is given.
 *
 * @param parameters of the flow, by name
 * @param datasetParameters of its datasets, by the name of the source or sink
 * @param runId makes the names of files that have none
 * @param place of who runs the flow, for messages
 * @param checkpointKey names what sources that read only what is new remember from run to run
 * @param firstRowOnly whether the activity's output has the first row of cached sinks, not all
 * @param continueOnError whether the other sinks are written when one fails
 */
public record FlowSettings(
    ObjectNode parameters, ObjectNode datasetParameters, Function<Reference, ResolvedDataset> datasets,
    Function<Reference, ResolvedLinkedService> linkedServices, String runId, Execution execution, Place place,
    String checkpointKey, boolean firstRowOnly, boolean continueOnError) {
}
