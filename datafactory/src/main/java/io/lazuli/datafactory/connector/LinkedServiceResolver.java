package io.lazuli.datafactory.connector;

import io.lazuli.datafactory.workspace.LinkedService;
import io.lazuli.datafactory.workspace.ParameterBinding;
import io.lazuli.datafactory.workspace.Reference;
import io.lazuli.datafactory.workspace.Workspace;
import io.lazuli.languages.pipeline.Scope;
import io.lazuli.languages.pipeline.TemplateEvaluator;
import tools.jackson.databind.node.ObjectNode;

/** Evaluates linked services for the places that use them. Thread-safe. */
public final class LinkedServiceResolver {
    private final Workspace workspace;

    public LinkedServiceResolver(Workspace workspace) {
        this.workspace = workspace;
    }

    /**
     * The linked service that a reference means.
     *
     * @param scope where the reference stands: its parameters are evaluated there
     * @throws io.lazuli.foundation.LazuliException {@code BROKEN_REFERENCE}, {@code MISSING_PARAMETER}, {@code UNKNOWN_PARAMETER},
     *     {@code WRONG_TYPE}, or what an expression fails with
     */
    public ResolvedLinkedService resolve(Reference reference, Scope scope) {
        LinkedService service = workspace.linkedService(References.name(reference, scope), reference.place());
        ObjectNode parameters = ParameterBinding.bind("linked service '" + service.name() + "'", service.parameters(),
            References.parameters(reference, scope), reference.place());
        ObjectNode properties = (ObjectNode) TemplateEvaluator.evaluate(
            service.typeProperties(), ParameterScope.ofLinkedService(scope, parameters), service.place().member("typeProperties"));
        return new ResolvedLinkedService(service.name(), service.type(), properties, service.place());
    }
}
