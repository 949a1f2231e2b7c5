package io.lazuli.datafactory.connector;

import io.lazuli.datafactory.configuration.LazuliConfiguration;
import io.lazuli.datafactory.configuration.LinkedServiceSettings;
import io.lazuli.datafactory.workspace.LinkedService;
import io.lazuli.datafactory.workspace.ParameterBinding;
import io.lazuli.datafactory.workspace.Reference;
import io.lazuli.datafactory.workspace.Workspace;
import io.lazuli.languages.pipeline.Scope;
import io.lazuli.languages.pipeline.TemplateEvaluator;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Evaluates linked services for the places that use them. Thread-safe. */
public final class LinkedServiceResolver {
    private final Workspace workspace;
    private final LazuliConfiguration configuration;

    public LinkedServiceResolver(Workspace workspace, LazuliConfiguration configuration) {
        this.workspace = workspace;
        this.configuration = configuration;
    }

    /**
     * The linked service that a reference means.
     *
     * @param scope where the reference stands: its parameters are evaluated there
     * @throws io.lazuli.foundation.LazuliException {@code BROKEN_REFERENCE}, {@code MISSING_PARAMETER}, {@code UNKNOWN_PARAMETER},
     *     {@code WRONG_TYPE}, or what an expression fails with
     */
    public ResolvedLinkedService resolve(Reference reference, Scope scope) {
        LinkedService service = workspace.linkedService(References.name(reference, scope), reference.place().member("referenceName"));
        ObjectNode parameters = ParameterBinding.bind("linked service '" + service.name() + "'", service.parameters(),
            ParameterBinding.withoutLeftovers(service.parameters(), References.parameters(reference, scope)), reference.place());
        ObjectNode properties = (ObjectNode) TemplateEvaluator.evaluate(
            service.typeProperties(), ParameterScope.ofLinkedService(scope, parameters), service.place().member("typeProperties"));
        configuration.linkedService(service.name()).ifPresent(settings -> replace(settings, properties));
        return new ResolvedLinkedService(service.name(), service.type(), properties, service.place());
    }

    /** Puts the names that the configuration gives in the place of the artifact's own. */
    private static void replace(LinkedServiceSettings settings, ObjectNode properties) {
        if (settings.server() != null || settings.database() != null) {
            hide(properties);
            putIfGiven(properties, "server", settings.server());
            putIfGiven(properties, "database", settings.database());
        }
        if (settings.account() != null) {
            hide(properties);
            properties.put("url", "https://" + settings.account() + ".dfs.core.windows.net");
        }
        putIfGiven(properties, "url", settings.url());
    }

    /** What else would tell an address is hidden in a secret, or not meant. */
    private static void hide(ObjectNode properties) {
        properties.remove(List.of("connectionString", "encryptedCredential", "serviceEndpoint", "sasUri"));
    }

    private static void putIfGiven(ObjectNode properties, String name, String value) {
        if (value != null) {
            properties.put(name, value);
        }
    }
}
