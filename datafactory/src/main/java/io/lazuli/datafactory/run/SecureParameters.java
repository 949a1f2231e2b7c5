package io.lazuli.datafactory.run;

import io.lazuli.datafactory.workspace.Pipeline;
import tools.jackson.databind.node.ObjectNode;

/** The parameters of a run as they may stand in a journal: those of type {@code SecureString} concealed. */
final class SecureParameters {
    private SecureParameters() {
    }

    static ObjectNode conceal(Pipeline pipeline, ObjectNode parameters, Concealment concealment) {
        ObjectNode shown = parameters.deepCopy();
        pipeline.parameters().values().stream().filter(parameter -> parameter.type().equalsIgnoreCase("SecureString"))
            .forEach(parameter -> shown.set(parameter.name(), concealment.conceal(parameters.get(parameter.name()))));
        return shown;
    }
}
