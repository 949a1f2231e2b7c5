package io.lazuli.languages.dataflow.script;

import io.lazuli.foundation.Place;
import io.lazuli.languages.dataflow.syntax.FlowExpression;
import io.lazuli.languages.dataflow.syntax.TypeName;
import java.util.List;
import java.util.Optional;

/** What a script says, in its own order: {@code parameters{ ... }}, then statements. */
public record FlowScript(List<Parameter> parameters, List<Statement> statements) {
    public FlowScript {
        parameters = List.copyOf(parameters);
        statements = List.copyOf(statements);
    }

    /** {@code name as type (default)}; a parameter without default needs a value from the caller. */
    public record Parameter(String name, TypeName type, Optional<FlowExpression> defaultValue, Place at) {
    }

    /**
     * {@code a, b@out transform(arguments) ~> name@(output1, output2)}.
     *
     * @param outputs the names of the streams that a split or flowlet gives; empty when the statement is one stream
     * @param at where the transformation's word stands
     * @param nameAt where the statement's own name stands
     */
    public record Statement(
        List<StreamReference> inputs, String transformation, List<FlowExpression> arguments, String name, List<String> outputs, Place at,
        Place nameAt) {
        public Statement {
            inputs = List.copyOf(inputs);
            arguments = List.copyOf(arguments);
            outputs = List.copyOf(outputs);
        }
    }

    /** {@code stream} or {@code split@output}. */
    public record StreamReference(String name, Optional<String> output, Place at) {
        /** The name by which expressions qualify columns of this stream. */
        public String stream() {
            return output.map(part -> name + "@" + part).orElse(name);
        }

        @Override
        public String toString() {
            return stream();
        }
    }
}
