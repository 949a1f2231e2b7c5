package io.lazuli.languages.pipeline;

import io.lazuli.foundation.Place;
import io.lazuli.languages.pipeline.ExpressionNode.Call;
import io.lazuli.languages.pipeline.ExpressionNode.Element;
import io.lazuli.languages.pipeline.ExpressionNode.Interpolation;
import io.lazuli.languages.pipeline.ExpressionNode.Literal;
import io.lazuli.languages.pipeline.ExpressionNode.Property;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Something that an expression reads from its surroundings.
 *
 * @param name what is read; null when the expression computes the name or reads the whole
 * @param safe whether a missing one gives null ({@code ?.}) instead of an error
 * @param place line and column within the expression's text
 */
public record Reference(Kind kind, String name, boolean safe, Place place) {
    /** What a reference reads. */
    public enum Kind {
        ACTIVITY, VARIABLE, PARAMETER, GLOBAL_PARAMETER, LIBRARY_VARIABLE, SYSTEM_VARIABLE, DATASET_PARAMETER, LINKED_SERVICE_PARAMETER,
        ITEM, TRIGGER
    }

    static List<Reference> in(PipelineExpression expression) {
        List<Reference> found = new ArrayList<>();
        collect(expression.root(), expression.text(), found);
        return List.copyOf(found);
    }

    private static void collect(ExpressionNode node, String text, List<Reference> found) {
        switch (node) {
            case Literal _ -> { }
            case Interpolation interpolation -> interpolation.parts().forEach(part -> collect(part, text, found));
            case Call call -> {
                add(call, null, false, call.offset(), text, found);
                call.arguments().forEach(argument -> collect(argument, text, found));
            }
            case Property property -> access(property.target(), property.name(), property.safe(), property.offset(), text, found);
            case Element element -> {
                access(element.target(), literalName(element), element.safe(), element.offset(), text, found);
                collect(element.index(), text, found);
            }
        }
    }

    private static void access(ExpressionNode target, String name, boolean safe, int offset, String text, List<Reference> found) {
        String group = group(target);
        if (isPipeline(target)) {
            Kind kind = groupKind(name);
            found.add(new Reference(kind == null ? Kind.SYSTEM_VARIABLE : kind, kind == null ? name : null, safe, Caret.place(text,
                offset)));
        } else if (group != null) {
            found.add(new Reference(groupKind(group), name, safe, Caret.place(text, offset)));
        } else if (target instanceof Call call && call.arguments().isEmpty()) {
            add(call, name, safe, offset, text, found);
        } else {
            collect(target, text, found);
        }
    }

    /** The name when a node is {@code pipeline().parameters} or one of its like, else null. */
    private static String group(ExpressionNode node) {
        String name = switch (node) {
            case Property property when isPipeline(property.target()) -> property.name();
            case Element element when isPipeline(element.target()) -> literalName(element);
            default -> null;
        };
        return groupKind(name) == null ? null : name;
    }

    private static String literalName(Element element) {
        return element.index() instanceof Literal index && index.value().isString() ? index.value().stringValue() : null;
    }

    private static void add(Call call, String member, boolean safe, int offset, String text, List<Reference> found) {
        boolean named = !call.arguments().isEmpty();
        String argument = named && call.arguments().getFirst() instanceof Literal literal && literal.value().isString()
            ? literal.value().stringValue() : null;
        Kind kind = kind(call.name());
        if (kind != null) {
            String name = named ? argument : kind == Kind.ITEM || kind == Kind.TRIGGER ? null : member;
            found.add(new Reference(kind, name, !named && safe, Caret.place(text, named ? call.arguments().getFirst().offset() : offset)));
        }
    }

    private static Kind kind(String function) {
        return switch (lower(function)) {
            case "activity" -> Kind.ACTIVITY;
            case "variables" -> Kind.VARIABLE;
            case "parameters" -> Kind.PARAMETER;
            case "pipeline" -> Kind.SYSTEM_VARIABLE;
            case "item" -> Kind.ITEM;
            case "dataset" -> Kind.DATASET_PARAMETER;
            case "linkedservice" -> Kind.LINKED_SERVICE_PARAMETER;
            case "trigger", "triggerbody" -> Kind.TRIGGER;
            default -> null;
        };
    }

    private static Kind groupKind(String name) {
        return switch (name == null ? "" : lower(name)) {
            case "parameters" -> Kind.PARAMETER;
            case "globalparameters" -> Kind.GLOBAL_PARAMETER;
            case "libraryvariables" -> Kind.LIBRARY_VARIABLE;
            default -> null;
        };
    }

    private static boolean isPipeline(ExpressionNode node) {
        return node instanceof Call call && lower(call.name()).equals("pipeline");
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
