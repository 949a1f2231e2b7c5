package io.lazuli.languages.pipeline;

import static io.lazuli.languages.pipeline.function.ExpressionError.INDEX_OUT_OF_RANGE;
import static io.lazuli.languages.pipeline.function.ExpressionError.PROPERTY_NOT_FOUND;
import static io.lazuli.languages.pipeline.function.ExpressionError.UNKNOWN_FUNCTION;
import static io.lazuli.languages.pipeline.function.ExpressionError.WRONG_ARGUMENT_COUNT;
import static io.lazuli.languages.pipeline.function.ExpressionError.WRONG_TYPE;

import io.lazuli.foundation.ErrorCode;
import io.lazuli.foundation.LazuliException;
import io.lazuli.foundation.NearestName;
import io.lazuli.foundation.Place;
import io.lazuli.languages.pipeline.ExpressionNode.Call;
import io.lazuli.languages.pipeline.ExpressionNode.Element;
import io.lazuli.languages.pipeline.ExpressionNode.Interpolation;
import io.lazuli.languages.pipeline.ExpressionNode.Literal;
import io.lazuli.languages.pipeline.ExpressionNode.Property;
import io.lazuli.languages.pipeline.SystemFunctions.SystemFunction;
import io.lazuli.languages.pipeline.function.PipelineFunction;
import io.lazuli.languages.pipeline.function.Signature;
import io.lazuli.languages.pipeline.function.ValueType;
import io.lazuli.languages.pipeline.function.Values;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Evaluates one expression's tree; every failure leaves with the position of what failed. */
record Evaluator(String text, Scope scope) {

    JsonNode evaluate(ExpressionNode node) {
        return switch (node) {
            case Literal literal -> literal.value();
            case Call call -> call(call);
            case Property property -> property(property);
            case Element element -> element(element);
            case Interpolation interpolation -> interpolate(interpolation);
        };
    }

    private JsonNode interpolate(Interpolation interpolation) {
        StringBuilder result = new StringBuilder();
        interpolation.parts().forEach(part -> result.append(Values.text(evaluate(part))));
        return Values.string(result.toString());
    }

    private JsonNode call(Call call) {
        PipelineFunction function = FunctionTable.builtIn(call.name()).orElse(null);
        if (function != null) {
            requireCount(call, function.signature());
            return function.body().apply(new CallArguments(this, call, function.signature()));
        }
        SystemFunction system = FunctionTable.system(call.name()).orElseThrow(() -> failure(call.offset(), UNKNOWN_FUNCTION,
            "There is no function '" + call.name() + "'" + NearestName.hint(call.name(), FunctionTable.names())));
        requireCount(call, system.signature());
        String name = call.arguments().isEmpty() ? null : new CallArguments(this, call, system.signature()).string(0);
        try {
            JsonNode value = system.body().apply(scope, name);
            return value == null || value.isMissingNode() ? JsonNodeFactory.instance.nullNode() : value;
        } catch (LazuliException unplaced) {
            throw unplaced.place().equals(Place.UNKNOWN) ? unplaced.at(place(call.offset())) : unplaced;
        }
    }

    private void requireCount(Call call, Signature signature) {
        if (!signature.takes(call.arguments().size())) {
            throw failure(call.offset(), WRONG_ARGUMENT_COUNT, wrongCount(call, signature));
        }
    }

    static String wrongCount(Call call, Signature signature) {
        return signature + " takes " + signature.count() + ", not " + call.arguments().size();
    }

    private JsonNode property(Property property) {
        return member(evaluate(property.target()), property.target(), property.name(), property.safe(), property.offset());
    }

    private JsonNode element(Element element) {
        JsonNode target = evaluate(element.target());
        JsonNode index = evaluate(element.index());
        ValueType indexType = ValueType.of(index);
        if (indexType == ValueType.STRING) {
            return member(target, element.target(), index.stringValue(), element.safe(), element.offset());
        }
        if (target.isNull() && element.safe()) {
            return target;
        }
        if (indexType != ValueType.INTEGER || !target.isArray()) {
            throw failure(element.offset(), WRONG_TYPE, indexType == ValueType.INTEGER
                ? "'" + describe(element.target()) + "' is of type " + ValueType.of(target).title()
                    + ": only an array has elements by number"
                : "An index is an integer or a string, not " + indexType.title());
        }
        return item(target, index, element);
    }

    private JsonNode item(JsonNode array, JsonNode index, Element element) {
        if (index.canConvertToInt() && index.intValue() >= 0 && index.intValue() < array.size()) {
            return array.get(index.intValue());
        }
        if (element.safe()) {
            return JsonNodeFactory.instance.nullNode();
        }
        throw failure(element.offset(), INDEX_OUT_OF_RANGE, "There is no element " + index + " in '" + describe(element.target())
            + "', which has " + array.size() + (array.size() == 1 ? " element" : " elements") + ", counted from 0");
    }

    private JsonNode member(JsonNode target, ExpressionNode owner, String name, boolean safe, int offset) {
        if (target.isNull() && safe) {
            return target;
        }
        if (!target.isObject()) {
            throw failure(offset, WRONG_TYPE, "'" + describe(owner) + "' is of type " + ValueType.of(target).title()
                + " and has no property '" + name + "'" + (target.isArray() ? "; elements are read by number: [0]" : ""));
        }
        JsonNode value = Members.find(target, name);
        if (value != null) {
            return value;
        }
        if (safe) {
            return JsonNodeFactory.instance.nullNode();
        }
        throw failure(offset, PROPERTY_NOT_FOUND,
            "There is no property '" + name + "' in '" + describe(owner) + "'" + Members.known(target, name));
    }

    /** The source of a node, as it is named in messages. */
    static String describe(ExpressionNode node) {
        return switch (node) {
            case Literal literal -> literal.value().toString();
            case Call call -> call.name() + (call.arguments().isEmpty() ? "()"
                : call.arguments().getFirst() instanceof Literal only && call.arguments().size() == 1
                    ? "('" + Values.text(only.value()) + "')" : "(…)");
            case Property property -> describe(property.target()) + (property.safe() ? "?." : ".") + property.name();
            case Element element -> describe(element.target()) + (element.safe() ? "?[" : "[")
                + (element.index() instanceof Literal index && index.value().isString()
                    ? "'" + index.value().stringValue() + "'" : describe(element.index())) + "]";
            case Interpolation _ -> "…";
        };
    }

    Place place(int offset) {
        return Caret.place(text, offset);
    }

    LazuliException failure(int offset, ErrorCode code, String message) {
        return new LazuliException(code, place(offset), message, null);
    }
}
