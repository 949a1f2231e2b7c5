package io.lazuli.languages.pipeline;

import static io.lazuli.languages.pipeline.function.ExpressionError.WRONG_TYPE;

import io.lazuli.foundation.ErrorCode;
import io.lazuli.foundation.LazuliException;
import io.lazuli.languages.pipeline.ExpressionNode.Call;
import io.lazuli.languages.pipeline.function.Arguments;
import io.lazuli.languages.pipeline.function.Parameter;
import io.lazuli.languages.pipeline.function.Signature;
import io.lazuli.languages.pipeline.function.ValueType;
import java.time.Instant;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;

/** The arguments of a call in an expression, evaluated once each, when first asked for. */
final class CallArguments implements Arguments {
    private final Evaluator evaluator;
    private final Call call;
    private final Signature signature;
    private final JsonNode[] values;

    CallArguments(Evaluator evaluator, Call call, Signature signature) {
        this.evaluator = evaluator;
        this.call = call;
        this.signature = signature;
        this.values = new JsonNode[call.arguments().size()];
    }

    @Override
    public int count() {
        return values.length;
    }

    @Override
    public JsonNode value(int index) {
        if (values[index] == null) {
            JsonNode value = evaluator.evaluate(call.arguments().get(index));
            requireKind(index, ValueType.of(value));
            values[index] = value;
        }
        return values[index];
    }

    private void requireKind(int index, ValueType type) {
        Parameter parameter = signature.parameter(index);
        if (!parameter.kind().accepts(type)) {
            throw failure(index, WRONG_TYPE, "%s", wrongType(signature, index, type.title()));
        }
    }

    static String wrongType(Signature signature, int index, String found) {
        Parameter parameter = signature.parameter(index);
        return "needs " + parameter.kind().phrase() + " for '" + parameter.name() + "', not a value of type " + found;
    }

    @Override
    public LazuliException failure(int index, ErrorCode code, String format, Object... details) {
        int offset = index < values.length ? call.arguments().get(index).offset() : call.offset();
        return evaluator.failure(offset, code, signature.name() + "() " + String.format(format, details));
    }

    @Override
    public Instant now() {
        return evaluator.scope().now();
    }

    @Override
    public RandomGenerator random() {
        return evaluator.scope().random();
    }
}
