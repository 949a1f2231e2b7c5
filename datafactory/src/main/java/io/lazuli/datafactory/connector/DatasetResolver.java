package io.lazuli.datafactory.connector;

import io.lazuli.datafactory.configuration.LazuliConfiguration;
import io.lazuli.datafactory.workspace.Dataset;
import io.lazuli.datafactory.workspace.ParameterBinding;
import io.lazuli.datafactory.workspace.Reference;
import io.lazuli.datafactory.workspace.Workspace;
import io.lazuli.foundation.Place;
import io.lazuli.languages.pipeline.Scope;
import io.lazuli.languages.pipeline.TemplateEvaluator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Evaluates datasets, with their linked services, for the places that use them. Thread-safe. */
public final class DatasetResolver {
    private final Workspace workspace;
    private final LinkedServiceResolver linkedServices;

    public DatasetResolver(Workspace workspace, LazuliConfiguration configuration) {
        this.workspace = workspace;
        this.linkedServices = new LinkedServiceResolver(workspace, configuration);
    }

    /**
     * The dataset that a reference means.
     *
     * @param scope where the reference stands: its parameters are evaluated there
     * @throws io.lazuli.foundation.LazuliException {@code BROKEN_REFERENCE}, {@code MISSING_PARAMETER}, {@code UNKNOWN_PARAMETER},
     *     {@code WRONG_TYPE}, or what an expression fails with
     */
    public ResolvedDataset resolve(Reference reference, Scope scope) {
        Dataset dataset = workspace.dataset(References.name(reference, scope), reference.place().member("referenceName"));
        ObjectNode parameters = ParameterBinding.bind("dataset '" + dataset.name() + "'", dataset.parameters(),
            ParameterBinding.withoutLeftovers(dataset.parameters(), References.parameters(reference, scope)), reference.place());
        Scope inside = ParameterScope.ofDataset(scope, parameters);
        Place place = dataset.place();
        JsonNode schema = dataset.schema() == null ? null
            : TemplateEvaluator.evaluate(dataset.schema(), inside, place.member("schema"));
        return new ResolvedDataset(dataset.name(), dataset.type(),
            (ObjectNode) TemplateEvaluator.evaluate(dataset.typeProperties(), inside, place.member("typeProperties")),
            schema, linkedServices.resolve(dataset.linkedService(), inside), place);
    }
}
