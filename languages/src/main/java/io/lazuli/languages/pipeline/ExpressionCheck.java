package io.lazuli.languages.pipeline;

import static io.lazuli.languages.pipeline.function.ExpressionError.UNKNOWN_FUNCTION;
import static io.lazuli.languages.pipeline.function.ExpressionError.WRONG_ARGUMENT_COUNT;
import static io.lazuli.languages.pipeline.function.ExpressionError.WRONG_TYPE;

import io.lazuli.foundation.ErrorCode;
import io.lazuli.foundation.NearestName;
import io.lazuli.languages.pipeline.ExpressionNode.Call;
import io.lazuli.languages.pipeline.ExpressionNode.Element;
import io.lazuli.languages.pipeline.ExpressionNode.Interpolation;
import io.lazuli.languages.pipeline.ExpressionNode.Literal;
import io.lazuli.languages.pipeline.ExpressionNode.Property;
import io.lazuli.languages.pipeline.function.Kind;
import io.lazuli.languages.pipeline.function.Signature;
import io.lazuli.languages.pipeline.function.ValueType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Finds calls that cannot work: unknown functions, wrong numbers of arguments, arguments of a type known to be wrong. */
final class ExpressionCheck {
    private final String text;
    private final List<Finding> findings = new ArrayList<>();

    ExpressionCheck(String text) {
        this.text = text;
    }

    List<Finding> findings(ExpressionNode root) {
        visit(root);
        return List.copyOf(findings);
    }

    private void visit(ExpressionNode node) {
        switch (node) {
            case Literal _ -> { }
            case Interpolation interpolation -> interpolation.parts().forEach(this::visit);
            case Property property -> {
                visit(property.target());
                access(property.target(), property.offset());
            }
            case Element element -> {
                visit(element.target());
                visit(element.index());
            }
            case Call call -> call(call);
        }
    }

    private void access(ExpressionNode target, int offset) {
        Kind kind = kind(target);
        if (!kind.accepts(ValueType.OBJECT)) {
            add(WRONG_TYPE, offset, "'" + Evaluator.describe(target) + "' is " + kind.phrase() + " and has no properties");
        }
    }

    private void call(Call call) {
        Signature signature = FunctionTable.signature(call.name()).orElse(null);
        if (signature == null) {
            add(UNKNOWN_FUNCTION, call.offset(),
                "There is no function '" + call.name() + "'" + NearestName.hint(call.name(), FunctionTable.names()));
        } else if (!signature.takes(call.arguments().size())) {
            add(WRONG_ARGUMENT_COUNT, call.offset(), Evaluator.wrongCount(call, signature));
        }
        for (int i = 0; i < call.arguments().size(); i++) {
            ExpressionNode argument = call.arguments().get(i);
            visit(argument);
            if (signature != null && signature.takes(call.arguments().size())) {
                argument(signature, i, argument);
            }
        }
    }

    private void argument(Signature signature, int index, ExpressionNode argument) {
        Kind given = kind(argument);
        boolean impossible = Collections.disjoint(given.types(), signature.parameter(index).kind().types());
        boolean isNull = argument instanceof Literal literal && literal.value().isNull();
        if (impossible || isNull && !signature.parameter(index).kind().accepts(ValueType.NULL)) {
            String found = argument instanceof Literal literal ? ValueType.of(literal.value()).title() : given.phrase();
            add(WRONG_TYPE, argument.offset(), signature.name() + "() " + CallArguments.wrongType(signature, index, found));
        }
    }

    private void add(ErrorCode code, int offset, String message) {
        findings.add(new Finding(code, Caret.place(text, offset), message));
    }

    /** What a node gives, as far as it is known. */
    static Kind kind(ExpressionNode node) {
        return switch (node) {
            case Interpolation _ -> Kind.STRING;
            case Property _, Element _ -> Kind.ANY;
            case Call call -> FunctionTable.signature(call.name()).map(Signature::result).orElse(Kind.ANY);
            case Literal literal -> switch (ValueType.of(literal.value())) {
                case STRING -> Kind.STRING;
                case INTEGER -> Kind.INTEGER;
                case FLOAT -> Kind.NUMBER;
                case BOOLEAN -> Kind.BOOLEAN;
                case ARRAY, OBJECT, NULL -> Kind.ANY;
            };
        };
    }
}
