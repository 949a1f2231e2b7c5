package io.lazuli.languages.dataflow.function;

import static io.lazuli.foundation.LazuliException.failure;
import static io.lazuli.languages.dataflow.function.FlowFunction.function;
import static io.lazuli.languages.dataflow.function.Operators.call;
import static io.lazuli.languages.dataflow.function.Operators.java;
import static io.lazuli.languages.dataflow.function.Operators.text;

import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.operator.ConversionOperators;
import io.lazuli.algebra.operator.StringOperators;
import io.lazuli.algebra.type.ArrayType;
import io.lazuli.algebra.type.DataType;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.NearestName;
import java.util.List;

/** Texts as bytes, escapes, and sets of bits. */
final class EncodingFunctions {
    private static final List<String> FORMATS = List.of("json", "xml", "ecmascript", "html", "java");
    private static final DataType TEXTS = new ArrayType(ScalarType.STRING);
    private static final DataType LONGS = new ArrayType(ScalarType.INT64);

    static final List<FlowFunction> ALL = List.of(
        function("decode(bytes, [charset])", call -> java("decode_text", bytes(call), charset(call))),
        function("encode(text, [charset])", call -> java("encode_text", call.string(0), charset(call))),
        function("escape(text, format)", call -> java("escape_text", call.string(0), format(call))),
        function("fromBase64(text, [charset])", call -> java("decode_text", java("base64_bytes", call.string(0)), charset(call))),
        function("hex(bytes)", call -> call(StringOperators.LOWER_HEX, bytes(call))),
        function("isBitSet(bits, position)", call -> java("has_bit", texts(call, 0), call.int64(1))),
        function("setBitSet(bits, positions)", call -> bits(texts(call, 0), texts(call, 1))),
        function("toBase64(text, [charset])",
            call -> call(ConversionOperators.BASE64_FROM_BINARY, java("encode_text", call.string(0), charset(call)))),
        function("toBitSet(positions)", call -> bits(new Literal(List.of(), TEXTS), texts(call, 0))),
        function("unescape(text, format)", call -> java("unescape_text", call.string(0), format(call))),
        function("unhex(text)", call -> java("hex_bytes", call.string(0))));

    private EncodingFunctions() {
    }

    /** Binary values, and arrays of bytes for them. */
    private static Expression bytes(FunctionCall call) {
        Expression value = call.value(0);
        if (value.type() == ScalarType.NULL) {
            return Coercion.widen(value, ScalarType.BINARY);
        }
        boolean array = value.type() instanceof ArrayType type && type.element().isInteger();
        if (value.type() != ScalarType.BINARY && !array) {
            throw call.mismatch(0, "a binary value");
        }
        return array ? Conversions.toBinary(value) : value;
    }

    private static Expression charset(FunctionCall call) {
        return call.has(1) ? call.charset(1) : text("UTF-8");
    }

    private static Expression format(FunctionCall call) {
        String format = call.constantString(1);
        if (!FORMATS.contains(format)) {
            throw failure(CommonError.INVALID_ARGUMENT, call.syntax(1).at(), "'%s' is no format; there are %s%s", format, FORMATS,
                NearestName.hint(format, FORMATS));
        }
        return text(format);
    }

    private static Expression texts(FunctionCall call, int argument) {
        return Conversions.convert(Conversions.convert(call.array(argument), LONGS), TEXTS);
    }

    private static Expression bits(Expression words, Expression positions) {
        return Conversions.convert(java("set_bits", words, positions), LONGS);
    }
}
