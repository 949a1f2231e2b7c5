package io.lazuli.datafactory.connector;

import io.lazuli.datafactory.workspace.Reference;
import io.lazuli.languages.pipeline.Scope;
import io.lazuli.languages.pipeline.TemplateEvaluator;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Evaluates what a reference itself says, in the scope where it stands. */
public final class References {
    private References() {
    }

    /** The name, which is an expression in some places. */
    public static String name(Reference reference, Scope scope) {
        return TemplateEvaluator.evaluate(
            JsonNodeFactory.instance.stringNode(reference.name()), scope, reference.place().member("referenceName")).asString();
    }

    /** The parameters' values by name. */
    public static ObjectNode parameters(Reference reference, Scope scope) {
        return (ObjectNode) TemplateEvaluator.evaluate(reference.parameters(), scope, reference.place().member("parameters"));
    }
}
