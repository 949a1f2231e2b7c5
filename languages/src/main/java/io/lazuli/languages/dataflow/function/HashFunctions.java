package io.lazuli.languages.dataflow.function;

import static io.lazuli.languages.dataflow.function.FlowFunction.function;
import static io.lazuli.languages.dataflow.function.Operators.call;
import static io.lazuli.languages.dataflow.function.Operators.java;
import static io.lazuli.languages.dataflow.function.Operators.number;
import static io.lazuli.languages.dataflow.function.Operators.text;
import static io.lazuli.languages.dataflow.function.Operators.when;

import io.lazuli.algebra.expression.Call;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.operator.ComparisonOperators;
import io.lazuli.algebra.operator.DateOperators;
import io.lazuli.algebra.operator.StringOperators;
import io.lazuli.algebra.operator.TextSliceOperators;
import io.lazuli.algebra.type.DecimalType;
import io.lazuli.algebra.type.ScalarType;
import java.time.LocalDateTime;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Fingerprints of values, whose bytes are put together without anything between them.
 *
 * <p>Texts are UTF-8; integers, longs, floats and doubles 4 or 8 bytes, lowest first, bytes and shorts those of integers; truth values a
 * byte 1 or 0; dates the days since 1970 as an integer; timestamps the milliseconds since 1970 as a long; decimals, arrays, maps and
 * structures their text. A null adds nothing.
 */
final class HashFunctions {
    private static final Literal EPOCH = new Literal(LocalDateTime.of(1970, 1, 1, 0, 0), ScalarType.TIMESTAMP);

    static final List<FlowFunction> ALL = List.of(
        function("blake2b(bits, value, ...)", call -> hex(blake2b(call))),
        function("blake2bBinary(bits, value, ...)", HashFunctions::blake2b),
        function("crc32(value, ...)", call -> java("crc32", bytes(call, 0))),
        function("md5(value, ...)", call -> hex(call(StringOperators.MD5, bytes(call, 0)))),
        function("sha1(value, ...)", call -> hex(call(StringOperators.SHA1, bytes(call, 0)))),
        function("sha2(bits, value, ...)", call -> hex(sha2(call))));

    private HashFunctions() {
    }

    private static Expression hex(Expression bytes) {
        return call(StringOperators.LOWER_HEX, bytes);
    }

    private static Expression blake2b(FunctionCall call) {
        int bits = call.constantInteger(0);
        if (bits < 8 || bits > 512 || bits % 8 != 0) {
            throw call.mismatch(0, "a multiple of 8 from 8 to 512");
        }
        return java("blake2b", bytes(call, 1), number(bits));
    }

    private static Expression sha2(FunctionCall call) {
        Expression bytes = bytes(call, 1);
        return switch (call.constantInteger(0)) {
            case 0, 256 -> call(StringOperators.SHA256, bytes);
            case 224, 384, 512 -> java("digest", bytes, text("SHA-" + call.constantInteger(0)));
            default -> throw call.mismatch(0, "0, 224, 256, 384 or 512");
        };
    }

    private static Expression bytes(FunctionCall call, int from) {
        Literal none = new Literal(new byte[0], ScalarType.BINARY);
        List<Expression> parts = IntStream.range(from, call.count())
            .mapToObj(i -> call(ComparisonOperators.COALESCE, bytes(call.value(i)), none)).toList();
        return parts.size() == 1 ? parts.getFirst() : Call.of(TextSliceOperators.CONCAT_BINARY, parts);
    }

    private static Expression bytes(Expression value) {
        return switch (value.type()) {
            case ScalarType.NULL -> new Literal(null, ScalarType.BINARY);
            case ScalarType.STRING -> call(StringOperators.ENCODE_UTF8, value);
            case ScalarType.BINARY -> value;
            case ScalarType.BOOLEAN -> when(value, one(1), when(call(ComparisonOperators.NOT, value), one(0), one(null)));
            case ScalarType.INT64 -> java("int64_bytes", value);
            case ScalarType.FLOAT32 -> java("float32_bytes", value);
            case ScalarType.FLOAT64 -> java("float64_bytes", value);
            case ScalarType.DATE -> java("int32_bytes", Coercion.integer(since("day", value), ScalarType.INT32));
            case ScalarType.TIMESTAMP -> java("int64_bytes", since("millisecond", value));
            case DecimalType _ -> call(StringOperators.ENCODE_UTF8, Conversions.toText(value));
            default -> value.type().isInteger() ? java("int32_bytes", Coercion.widen(value, ScalarType.INT32))
                : call(StringOperators.ENCODE_UTF8, Conversions.toText(value));
        };
    }

    private static Literal one(Integer value) {
        return new Literal(value == null ? null : new byte[] {value.byteValue()}, ScalarType.BINARY);
    }

    private static Expression since(String unit, Expression time) {
        return call(DateOperators.DATE_DIFFERENCE, text(unit), EPOCH, Coercion.widen(time, ScalarType.TIMESTAMP));
    }
}
