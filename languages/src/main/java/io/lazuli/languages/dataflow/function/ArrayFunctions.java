package io.lazuli.languages.dataflow.function;

import static io.lazuli.foundation.LazuliException.failure;
import static io.lazuli.languages.dataflow.function.FlowFunction.function;
import static io.lazuli.languages.dataflow.function.Operators.call;
import static io.lazuli.languages.dataflow.function.Operators.number;
import static io.lazuli.languages.dataflow.function.Operators.when;

import io.lazuli.algebra.AlgebraError;
import io.lazuli.algebra.expression.Call;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.Expressions;
import io.lazuli.algebra.expression.Lambda;
import io.lazuli.algebra.expression.LambdaVariable;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.operator.ArrayOperators;
import io.lazuli.algebra.operator.ComparisonOperators;
import io.lazuli.algebra.operator.ConversionOperators;
import io.lazuli.algebra.operator.MapOperators;
import io.lazuli.algebra.operator.MathOperators;
import io.lazuli.algebra.operator.Operator;
import io.lazuli.algebra.type.ArrayType;
import io.lazuli.algebra.type.DataType;
import io.lazuli.algebra.type.MapType;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.foundation.CommonError;
import java.util.List;
import java.util.Map;

/** Arrays, counted from 1, and functions of their elements: {@code #item}, {@code #index}, {@code #acc}. */
public final class ArrayFunctions {
    static final List<FlowFunction> ALL = List.of(
        function("array([value], ...)", call -> of(call.alike(0))),
        function("at(array, index)", ArrayFunctions::at),
        function("contains(array, condition)",
            call -> call(ComparisonOperators.GREATER, call(ArrayOperators.ARRAY_SIZE, filtered(call)), number(0))),
        function("distinct(array)", call -> call(ArrayOperators.ARRAY_DISTINCT, call.array(0))),
        function("except(array, array)", call -> both(call, ArrayOperators.ARRAY_EXCEPT)),
        function("filter(array, condition)", ArrayFunctions::filtered),
        function("find(array, condition)", call -> call(ArrayOperators.ARRAY_ITEM, filtered(call), number(1))),
        function("flatten(array, ...)", ArrayFunctions::flatten),
        function("in(array, value)", ArrayFunctions::in),
        function("intersect(array, array)", call -> both(call, ArrayOperators.ARRAY_INTERSECT)),
        function("map(array, value)", ArrayFunctions::mapped),
        function("mapIf(array, condition, value)", ArrayFunctions::mapIf),
        function("mapIndex(array, value)", ArrayFunctions::mapped),
        function("mapLoop(length, value)", ArrayFunctions::mapLoop),
        function("reduce(array, start, value, result)", ArrayFunctions::reduce),
        function("size(array)", call -> call.value(0).type() instanceof MapType ? call(MapOperators.MAP_SIZE, call.value(0))
            : call(ArrayOperators.ARRAY_SIZE, call.array(0))),
        function("slice(array, from, [length])", ArrayFunctions::slice),
        function("sort(array, comparison)", ArrayFunctions::sort),
        function("unfold(array)", call -> {
            throw failure(CommonError.NOT_SUPPORTED, call.at(), "unfold makes rows: it stands alone as the value of a derived column");
        }),
        function("union(array, array)",
            call -> call(ArrayOperators.ARRAY_DISTINCT, both(call, ArrayOperators.ARRAY_CONCAT))));

    private ArrayFunctions() {
    }

    /** An array of values in their common type; {@code TYPE_MISMATCH} when they have none. */
    public static Expression of(List<Expression> values) {
        if (values.isEmpty()) {
            return new Literal(List.of(), new ArrayType(ScalarType.NULL));
        }
        DataType type = ScalarType.NULL;
        for (Expression value : values) {
            DataType next = FlowTypes.common(type, value.type());
            if (next == null) {
                throw failure(AlgebraError.TYPE_MISMATCH, "An array does not hold %s beside %s", FlowTypes.described(value.type()),
                    FlowTypes.described(type));
            }
            type = next;
        }
        DataType common = type;
        return Call.of(ConversionOperators.ARRAY, values.stream().map(value -> Coercion.widen(value, common)).toList());
    }

    private static DataType element(Expression array) {
        return ((ArrayType) array.type()).element();
    }

    /** An element of an array by its number, or the value of a map's key; null where there is none. */
    static Expression at(FunctionCall call) {
        if (call.value(0).type() instanceof MapType map) {
            return call(MapOperators.MAP_VALUE, call.value(0), Coercion.require(call, 1, map.key()));
        }
        return call(ArrayOperators.ARRAY_ITEM, call.array(0), call.int32(1));
    }

    /** A negative place counts from the end. */
    private static Expression slice(FunctionCall call) {
        Expression array = call.array(0);
        Expression from = call.int32(1);
        boolean forward = from instanceof Literal(Integer place, DataType _) && place >= 0;
        Expression place = forward ? from : when(call(ComparisonOperators.LESS, from, number(0)),
            call(MathOperators.ADD, call(MathOperators.ADD, from, number(1)),
                Coercion.integer(call(ArrayOperators.ARRAY_SIZE, array), ScalarType.INT32)), from);
        return call(ArrayOperators.ARRAY_SLICE, array, place, call.has(2) ? call.int32(2) : number(Integer.MAX_VALUE));
    }

    private static Expression both(FunctionCall call, Operator operator) {
        call.array(0);
        call.array(1);
        return Call.of(operator, call.alike(0));
    }

    private static Expression in(FunctionCall call) {
        if (call.value(0).type() == ScalarType.NULL) {
            return new Literal(null, ScalarType.BOOLEAN);
        }
        DataType type = FlowTypes.common(element(call.array(0)), call.value(1).type());
        if (type == null) {
            throw call.mismatch(1, FlowTypes.described(element(call.array(0))));
        }
        return call(ArrayOperators.ARRAY_CONTAINS, Coercion.widen(call.array(0), new ArrayType(type)), Coercion.widen(call.value(1), type));
    }

    /** A lambda of an element and, if the body asks for it, its number. */
    private record Function(Lambda lambda, boolean usesIndex) {
        static Function of(FunctionCall call, int argument, DataType element) {
            LambdaVariable item = call.variable("item", element);
            LambdaVariable index = call.variable("index", ScalarType.INT64);
            Expression number = Coercion.integer(index, ScalarType.INT32);
            Expression body = call.within(argument, Map.of("item", item, "index", number));
            boolean[] used = new boolean[1];
            Expressions.forEach(body, part -> used[0] |= part.equals(index));
            return new Function(new Lambda(used[0] ? List.of(item, index) : List.of(item), body), used[0]);
        }

        Function truth(FunctionCall call, int argument) {
            if (lambda.type() == ScalarType.NULL) {
                return new Function(new Lambda(lambda.parameters(), Coercion.widen(lambda.body(), ScalarType.BOOLEAN)), usesIndex);
            }
            if (lambda.type() != ScalarType.BOOLEAN) {
                throw failure(AlgebraError.TYPE_MISMATCH, call.syntax(argument).at(), "%s takes a condition as its second argument, not %s",
                    call.name(), FlowTypes.described(lambda.type()));
            }
            return this;
        }
    }

    private static Expression filtered(FunctionCall call) {
        Expression array = call.array(0);
        return call(ArrayOperators.ARRAY_FILTER, array, Function.of(call, 1, element(array)).truth(call, 1).lambda);
    }

    private static Expression mapped(FunctionCall call) {
        Expression array = call.array(0);
        return call(ArrayOperators.ARRAY_TRANSFORM, array, Function.of(call, 1, element(array)).lambda);
    }

    /** {@code #index} counts in the array as it was before the condition took elements away. */
    private static Expression mapIf(FunctionCall call) {
        Expression array = call.array(0);
        Function value = Function.of(call, 2, element(array));
        if (!value.usesIndex) {
            return call(ArrayOperators.ARRAY_TRANSFORM, filtered(call), value.lambda);
        }
        LambdaVariable position = call.variable("position", ScalarType.INT64);
        Expression number = Coercion.integer(position, ScalarType.INT32);
        Map<String, Expression> variables = Map.of("item", call(ArrayOperators.ARRAY_ITEM, array, number), "index", number);
        Expression size = call(ArrayOperators.ARRAY_SIZE, array);
        Expression kept = call(ArrayOperators.ARRAY_FILTER, call(ArrayOperators.SEQUENCE, Coercion.widen(size, ScalarType.INT64)),
            new Lambda(List.of(position), call.within(1, variables)));
        return call(ArrayOperators.ARRAY_TRANSFORM, kept, new Lambda(List.of(position), call.within(2, variables)));
    }

    private static Expression mapLoop(FunctionCall call) {
        LambdaVariable index = call.variable("index", ScalarType.INT64);
        Expression number = Coercion.integer(index, ScalarType.INT32);
        Expression body = call.within(1, Map.of("index", number, "item", number));
        return call(ArrayOperators.ARRAY_TRANSFORM, call(ArrayOperators.SEQUENCE, call.int64(0)), new Lambda(List.of(index), body));
    }

    /** The accumulator has the type that start value and results have in common. */
    private static Expression reduce(FunctionCall call) {
        Expression array = call.array(0);
        LambdaVariable item = call.variable("item", element(array));
        DataType type = call.value(1).type();
        LambdaVariable accumulator = call.variable("acc", type);
        Expression step = call.within(2, Map.of("acc", accumulator, "item", item));
        if (!step.type().equals(type)) {
            DataType common = FlowTypes.common(type, step.type());
            if (common == null) {
                throw failure(AlgebraError.TYPE_MISMATCH, call.syntax(2).at(), "reduce begins with %s and goes on with %s",
                    FlowTypes.described(type), FlowTypes.described(step.type()));
            }
            type = common;
            accumulator = call.variable("acc", type);
            step = Coercion.widen(call.within(2, Map.of("acc", accumulator, "item", item)), type);
        }
        Expression result = call(ArrayOperators.ARRAY_REDUCE, array, Coercion.widen(call.value(1), type),
            new Lambda(List.of(accumulator, item), step));
        return call.within(3, Map.of("result", result));
    }

    private static Expression sort(FunctionCall call) {
        Expression array = call.array(0);
        LambdaVariable first = call.variable("item1", element(array));
        LambdaVariable second = call.variable("item2", element(array));
        Expression order = call.within(1, Map.of("item1", first, "item2", second));
        if (!order.type().isInteger()) {
            throw failure(AlgebraError.TYPE_MISMATCH, call.syntax(1).at(), "sort takes a comparison that gives an integer, not %s",
                FlowTypes.described(order.type()));
        }
        return call(ArrayOperators.ARRAY_SORT, array, new Lambda(List.of(first, second), order));
    }

    /** Several arrays become one; a last argument {@code true()} flattens to the innermost elements. */
    private static Expression flatten(FunctionCall call) {
        int last = call.count() - 1;
        boolean deep = last > 0 && call.value(last).type() == ScalarType.BOOLEAN && call.constantBoolean(last);
        int arrays = last > 0 && call.value(last).type() == ScalarType.BOOLEAN ? last : last + 1;
        Expression result = flattened(call.array(0), deep);
        for (int i = 1; i < arrays; i++) {
            Expression next = flattened(call.array(i), deep);
            DataType common = FlowTypes.common(result.type(), next.type());
            if (common == null) {
                throw call.mismatch(i, FlowTypes.described(result.type()));
            }
            result = call(ArrayOperators.ARRAY_CONCAT, Coercion.widen(result, common), Coercion.widen(next, common));
        }
        return result;
    }

    private static Expression flattened(Expression array, boolean deep) {
        Expression result = array;
        while (element(result) instanceof ArrayType) {
            result = call(ArrayOperators.ARRAY_FLATTEN, result);
            if (!deep) {
                break;
            }
        }
        return result;
    }
}
