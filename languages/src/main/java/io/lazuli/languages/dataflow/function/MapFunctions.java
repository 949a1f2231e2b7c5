package io.lazuli.languages.dataflow.function;

import static io.lazuli.foundation.LazuliException.failure;
import static io.lazuli.languages.dataflow.function.FlowFunction.function;
import static io.lazuli.languages.dataflow.function.Operators.call;

import io.lazuli.algebra.expression.Call;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.FieldAccess;
import io.lazuli.algebra.expression.Lambda;
import io.lazuli.algebra.expression.LambdaVariable;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.operator.ArrayOperators;
import io.lazuli.algebra.operator.ConversionOperators;
import io.lazuli.algebra.operator.MapOperators;
import io.lazuli.algebra.type.Field;
import io.lazuli.algebra.type.MapType;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.algebra.type.StructType;
import io.lazuli.foundation.CommonError;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Maps, and functions of their entries: {@code #key}, {@code #value}. */
final class MapFunctions {
    static final List<FlowFunction> ALL = List.of(
        function("associate([key], [value], ...)", MapFunctions::associate),
        function("keyValues(keys, values)", call -> call(MapOperators.MAP, call.array(0), call.array(1))),
        function("mapAssociation(map, value)", call -> transformed(call, (_, value) -> value)),
        function("reassociate(map, value)", MapFunctions::reassociate));

    private MapFunctions() {
    }

    /** What becomes of an entry, of its key and the value that the call gives for it. */
    @FunctionalInterface
    private interface Entry {
        Expression of(Expression key, Expression value);
    }

    private static Expression associate(FunctionCall call) {
        if (call.count() == 0) {
            return new Literal(Map.of(), new MapType(ScalarType.STRING, ScalarType.STRING));
        }
        if (call.count() % 2 != 0) {
            throw failure(CommonError.INVALID_ARGUMENT, call.at(), "associate takes keys and values by turns; the last key has no value");
        }
        int[] keys = IntStream.range(0, call.count() / 2).map(i -> 2 * i).toArray();
        int[] values = IntStream.of(keys).map(i -> i + 1).toArray();
        return call(MapOperators.MAP, ArrayFunctions.of(Coercion.alike(call, keys)), ArrayFunctions.of(Coercion.alike(call, values)));
    }

    private static Expression transformed(FunctionCall call, Entry entry) {
        Expression map = call.map(0);
        LambdaVariable variable = call.variable("entry", MapOperators.entry((MapType) map.type()));
        Expression key = FieldAccess.of(variable, "key");
        Expression value = call.within(1, Map.of("key", key, "value", FieldAccess.of(variable, "value")));
        return call(ArrayOperators.ARRAY_TRANSFORM, call(MapOperators.MAP_ENTRIES, map),
            new Lambda(List.of(variable), entry.of(key, value)));
    }

    private static Expression reassociate(FunctionCall call) {
        return call(MapOperators.MAP_FROM_ENTRIES, transformed(call, (key, value) -> {
            StructType type = new StructType(List.of(new Field("key", key.type()), new Field("value", value.type())));
            return new Call(ConversionOperators.STRUCTURE, List.of(key, value), type);
        }));
    }
}
