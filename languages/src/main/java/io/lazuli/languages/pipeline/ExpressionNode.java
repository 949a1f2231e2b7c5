package io.lazuli.languages.pipeline;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** The tree of an expression; every node knows its offset in the property's text, from 0. */
public sealed interface ExpressionNode {
    int offset();

    /** A string, a number, {@code true}, {@code false}, {@code null}, or the plain text of a property. */
    record Literal(JsonNode value, int offset) implements ExpressionNode {
    }

    /** {@code name(arguments)}, the name as it was written. */
    record Call(String name, List<ExpressionNode> arguments, int offset) implements ExpressionNode {
        public Call {
            arguments = List.copyOf(arguments);
        }
    }

    /** {@code target.name}, or {@code target?.name} when {@code safe}; the offset is that of the name. */
    record Property(ExpressionNode target, String name, boolean safe, int offset) implements ExpressionNode {
    }

    /** {@code target[index]}, or {@code target?[index]} when {@code safe}; the offset is that of the index. */
    record Element(ExpressionNode target, ExpressionNode index, boolean safe, int offset) implements ExpressionNode {
    }

    /** Text with {@code @{…}} in it: always a string. */
    record Interpolation(List<ExpressionNode> parts, int offset) implements ExpressionNode {
        public Interpolation {
            parts = List.copyOf(parts);
        }
    }
}
