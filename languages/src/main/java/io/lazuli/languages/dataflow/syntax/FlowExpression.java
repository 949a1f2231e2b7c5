package io.lazuli.languages.dataflow.syntax;

import io.lazuli.foundation.Place;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What the text of a data flow expression says, before names and types are looked up.
 *
 * <p>The arguments of calls hold some forms more, which only transformations and structures use: {@link Assignment}, {@link Option},
 * {@link Declaration}, {@link Pair}. Each prints as text that parses to the same tree.
 */
public sealed interface FlowExpression {
    Place at();

    /** A constant; {@code value} is a Byte, Short, Integer, Long, Float, Double, BigDecimal, String, Boolean or null. */
    record Constant(Object value, Place at) implements FlowExpression {
        @Override
        public String toString() {
            return switch (value) {
                case null -> "null()";
                case String text -> quote(text);
                case Long number -> number + "L";
                case Float number -> number + "f";
                case Boolean truth -> truth + "()";
                default -> value.toString();
            };
        }
    }

    /** {@code "Hello {name}"}: the parts, of which the texts are {@link Constant}. */
    record Interpolation(List<FlowExpression> parts, Place at) implements FlowExpression {
        @Override
        public String toString() {
            return parts.stream().map(part -> part instanceof Constant(String text, Place _) ? escapeBraces(text) : "{" + part + "}")
                .collect(Collectors.joining("", "\"", "\""));
        }

        private static String escapeBraces(String text) {
            return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("{", "\\{");
        }
    }

    /** {@code name}, {@code {braced name}} or {@code stream@name}; {@code stream} is null where not written. */
    record Column(String stream, String name, Place at) implements FlowExpression {
        @Override
        public String toString() {
            return (stream == null ? "" : stream + "@") + quoteName(name);
        }
    }

    /** {@code $name}. */
    record Parameter(String name, Place at) implements FlowExpression {
        @Override
        public String toString() {
            return "$" + name;
        }
    }

    /** {@code $$} (name {@code $}) or {@code $0}, {@code $1}, ...: what a pattern matched. */
    record PatternVariable(String name, Place at) implements FlowExpression {
        @Override
        public String toString() {
            return "$" + name;
        }
    }

    /** {@code :name}. */
    record Local(String name, Place at) implements FlowExpression {
        @Override
        public String toString() {
            return ":" + name;
        }
    }

    /** {@code #item}, {@code #acc}, {@code #item_1}. */
    record LambdaItem(String name, Place at) implements FlowExpression {
        @Override
        public String toString() {
            return "#" + name;
        }
    }

    /** {@code name(arguments)}. */
    record Call(String name, List<FlowExpression> arguments, Place at) implements FlowExpression {
        @Override
        public String toString() {
            return name + list("(", arguments, ")");
        }
    }

    /** {@code sink#lookup(key)}, {@code sink#mlookup(key)}, {@code sink#output()}, {@code sink#outputs()}. */
    record CachedLookup(String sink, String form, List<FlowExpression> keys, Place at) implements FlowExpression {
        @Override
        public String toString() {
            return sink + "#" + form + list("(", keys, ")");
        }
    }

    /** {@code !x} or {@code -x}. */
    record Unary(String operator, FlowExpression operand, Place at) implements FlowExpression {
        @Override
        public String toString() {
            return operator + "(" + operand + ")";
        }
    }

    /** {@code left operator right}; the place is the operator's. */
    record Binary(String operator, FlowExpression left, FlowExpression right, Place at) implements FlowExpression {
        @Override
        public String toString() {
            return "(" + left + " " + operator + " " + right + ")";
        }
    }

    /** {@code value.name}. */
    record Member(FlowExpression value, String name, Place at) implements FlowExpression {
        @Override
        public String toString() {
            return value + "." + quoteName(name);
        }
    }

    /** {@code value[index]}. */
    record Index(FlowExpression value, FlowExpression index, Place at) implements FlowExpression {
        @Override
        public String toString() {
            return value + "[" + index + "]";
        }
    }

    /** {@code value ? type}. */
    record TypeHint(FlowExpression value, TypeName type, Place at) implements FlowExpression {
        @Override
        public String toString() {
            return value + " ? " + type;
        }
    }

    /** {@code [a, b]}; a map when its elements are {@link Pair}. */
    record ArrayOrMap(List<FlowExpression> elements, Place at) implements FlowExpression {
        public boolean isMap() {
            return !elements.isEmpty() && elements.getFirst() instanceof Pair;
        }

        @Override
        public String toString() {
            return list("[", elements, "]");
        }
    }

    /** {@code @(name = value, ...)}: {@link Assignment}s, and {@code each} calls that stand for several. */
    record Structure(List<FlowExpression> members, Place at) implements FlowExpression {
        @Override
        public String toString() {
            return "@" + list("(", members, ")");
        }
    }

    /** {@code target = value}; the target is mostly a {@link Column}, in patterns an expression such as {@code $$ + '_sum'}. */
    record Assignment(FlowExpression target, FlowExpression value, Place at) implements FlowExpression {
        @Override
        public String toString() {
            return target + " = " + value;
        }
    }

    /** {@code name: value}. */
    record Option(String name, FlowExpression value, Place at) implements FlowExpression {
        @Override
        public String toString() {
            return name + ": " + value;
        }
    }

    /** {@code name as type 'format'}. */
    record Declaration(TypeName.Member member, Place at) implements FlowExpression {
        @Override
        public String toString() {
            return member.toString();
        }
    }

    /** {@code key -> value} within a map. */
    record Pair(FlowExpression key, FlowExpression value, Place at) implements FlowExpression {
        @Override
        public String toString() {
            return key + " -> " + value;
        }
    }

    private static String list(String open, List<FlowExpression> elements, String close) {
        return elements.stream().map(FlowExpression::toString).collect(Collectors.joining(", ", open, close));
    }

    private static String quote(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n") + "'";
    }

    private static String quoteName(String name) {
        return name.matches("[\\p{L}_][\\p{L}\\p{Nd}_]*") ? name : "{" + name.replace("\\", "\\\\").replace("}", "\\}") + "}";
    }
}
