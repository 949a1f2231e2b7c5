package io.lazuli.algebra.operator;

import static io.lazuli.algebra.operator.Operator.Kind.SCALAR;
import static io.lazuli.algebra.type.ScalarType.BOOLEAN;
import static io.lazuli.algebra.type.ScalarType.INT32;
import static io.lazuli.algebra.type.ScalarType.INT64;

import io.lazuli.algebra.operator.Operator.TypeRule;
import io.lazuli.algebra.type.ArrayType;
import io.lazuli.algebra.type.DataType;
import java.util.List;
import java.util.function.Function;

/**
 * Arrays, whose elements are counted from 1. Null elements are equal to each other where elements are compared.
 *
 * <p>Functions of elements are {@link io.lazuli.algebra.expression.Lambda}s; their type, which the rules see, is that of their result.
 */
public final class ArrayOperators {
    public static final Operator ARRAY_ITEM = new Operator("array_item", SCALAR,
        "The element at a position from 1; null where there is none.",
        arguments -> arguments.size() == 2 && arguments.get(1) == INT32 ? element(arguments) : null);
    public static final Operator ARRAY_SIZE =
        new Operator("array_size", SCALAR, "The number of elements.", arguments -> is(arguments, 1) ? INT32 : null);
    public static final Operator ARRAY_TRANSFORM = new Operator("array_transform", SCALAR,
        "What the function of an element, and of its int64 position from 1 if it takes two, gives for each element.",
        arguments -> is(arguments, 2) ? new ArrayType(arguments.get(1)) : null);
    public static final Operator ARRAY_FILTER = new Operator("array_filter", SCALAR,
        "The elements for which the function of an element, and of its int64 position from 1 if it takes two, is true.",
        arguments -> is(arguments, 2) && arguments.get(1) == BOOLEAN ? arguments.getFirst() : null);
    public static final Operator ARRAY_REDUCE = new Operator("array_reduce", SCALAR,
        "The second value, then what the function makes of the value so far and each element in turn.",
        arguments -> is(arguments, 3) && arguments.get(1).equals(arguments.get(2)) ? arguments.get(1) : null);
    public static final Operator ARRAY_SORT = new Operator("array_sort", SCALAR,
        "The elements in the order that the function of two tells: not positive when the first may stand before the second; stable.",
        arguments -> is(arguments, 2) && arguments.get(1).isInteger() ? arguments.getFirst() : null);
    public static final Operator ARRAY_DISTINCT =
        new Operator("array_distinct", SCALAR, "Each element once, where it first stands.", same(1));
    public static final Operator ARRAY_CONCAT =
        new Operator("array_concat", SCALAR, "The first array's elements, then the second's.", same(2));
    public static final Operator ARRAY_EXCEPT =
        new Operator("array_except", SCALAR, "The first array's elements that the second has not, each once.", same(2));
    public static final Operator ARRAY_INTERSECT =
        new Operator("array_intersect", SCALAR, "The first array's elements that the second has too, each once.", same(2));
    public static final Operator ARRAY_SLICE = new Operator("array_slice", SCALAR,
        "So many elements (third) from a position (second) from 1 on; none when the position is below 1 or the number below 0.",
        arguments -> is(arguments, 3) && arguments.get(1) == INT32 && arguments.get(2) == INT32 ? arguments.getFirst() : null);
    public static final Operator ARRAY_CONTAINS = new Operator("array_contains", SCALAR,
        "Whether the value is an element; null when it is not found and an element is null, or it is null itself.",
        arguments -> is(arguments, 2) && element(arguments).equals(arguments.get(1)) ? BOOLEAN : null);
    public static final Operator ARRAY_FLATTEN = new Operator("array_flatten", SCALAR,
        "The elements of the elements, which are arrays.",
        arguments -> is(arguments, 1) && element(arguments) instanceof ArrayType inner ? inner : null);
    public static final Operator SEQUENCE = new Operator("sequence", SCALAR, "The numbers from 1 to this one.",
        arguments -> arguments.equals(List.of(INT64)) ? new ArrayType(INT64) : null);

    static final List<Operator> ALL = List.of(ARRAY_ITEM, ARRAY_SIZE, ARRAY_TRANSFORM, ARRAY_FILTER, ARRAY_REDUCE, ARRAY_SORT,
        ARRAY_DISTINCT, ARRAY_CONCAT, ARRAY_EXCEPT, ARRAY_INTERSECT, ARRAY_SLICE, ARRAY_CONTAINS, ARRAY_FLATTEN, SEQUENCE);

    private ArrayOperators() {
    }

    private static boolean is(List<DataType> arguments, int count) {
        return arguments.size() == count && arguments.getFirst() instanceof ArrayType;
    }

    private static DataType element(List<DataType> arguments) {
        Function<DataType, DataType> of = type -> type instanceof ArrayType array ? array.element() : null;
        return arguments.isEmpty() ? null : of.apply(arguments.getFirst());
    }

    private static TypeRule same(int count) {
        return arguments -> is(arguments, count) && arguments.stream().distinct().count() == 1 ? arguments.getFirst() : null;
    }
}
