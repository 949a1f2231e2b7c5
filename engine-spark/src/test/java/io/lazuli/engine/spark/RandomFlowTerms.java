package io.lazuli.engine.spark;

import io.lazuli.algebra.type.ArrayType;
import io.lazuli.algebra.type.DataType;
import io.lazuli.algebra.type.DecimalType;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.algebra.type.StructType;
import io.lazuli.languages.dataflow.transform.FlowColumn;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Writes the expressions of transformations by chance, over the columns of a stream; not all that are written have a meaning. */
final class RandomFlowTerms {
    private final Random random;
    private int number;

    RandomFlowTerms(Random random) {
        this.random = random;
    }

    /** A stream that a transformation begins with, and its columns. */
    record Input(String name, List<FlowColumn> columns) {
        /** Sources alone have an order of their rows that both engines know. */
        boolean isSource() {
            return name.length() == 1;
        }
    }

    int number(int bound) {
        return random.nextInt(bound);
    }

    boolean flag() {
        return random.nextBoolean();
    }

    <T> T oneOf(List<T> some) {
        return some.get(random.nextInt(some.size()));
    }

    String fresh() {
        return "n" + number++ + "_";
    }

    String column(Input input, Predicate<DataType> fits) {
        List<FlowColumn> some = input.columns().stream().filter(column -> fits.test(column.type())).toList();
        return some.isEmpty() ? "none" : oneOf(some).name();
    }

    String any(Input input) {
        return column(input, type -> true);
    }

    String plain(Input input) {
        return column(input, RandomFlows::isPlain);
    }

    String condition(Input input) {
        return switch (random.nextInt(8)) {
            case 0 -> "isNull(" + any(input) + ")";
            case 1 -> "(" + condition(input) + oneOf(List.of(" && ", " || ")) + condition(input) + ")";
            case 2 -> "!(" + condition(input) + ")";
            case 3 -> column(input, type -> type == ScalarType.BOOLEAN);
            case 4 -> column(input, ScalarType.INT32::equals) + oneOf(List.of(" > ", " == ", " != ", " === ", " % 2 == "))
                + random.nextInt(4);
            case 5 -> oneOf(List.of("isInsert()", "isUpdate()", "isUpsert()", "isDelete()", "isMatch()", "isError()"));
            default -> plain(input) + oneOf(List.of(" < ", " >= ", " == ", " != ")) + plain(input);
        };
    }

    String value(Input input) {
        return switch (random.nextInt(10)) {
            case 0 -> "iif(" + condition(input) + ", " + any(input) + ")";
            case 1 -> column(input, DataType::isNumeric) + oneOf(List.of(" + ", " - ", " * ", " / ", " % "))
                + column(input, DataType::isNumeric);
            case 2 -> "concat(toString(" + plain(input) + "), ':')";
            case 3 -> "coalesce(" + any(input) + ", " + any(input) + ")";
            case 4 -> "size(" + column(input, ArrayType.class::isInstance) + ")";
            case 5 -> column(input, StructType.class::isInstance) + oneOf(List.of(".n", ".t"));
            case 6 -> "map(" + column(input, ArrayType.class::isInstance) + ", iif(isNull(#item), 'none', toString(#item)))";
            case 7 -> "addDays(" + column(input, ScalarType.DATE::equals) + ", " + column(input, ScalarType.INT32::equals) + ")";
            case 8 -> "size(assertErrorMessages())";
            default -> condition(input);
        };
    }

    String groups(Input input) {
        return "groupBy(" + IntStream.rangeClosed(0, random.nextInt(2)).mapToObj(_ -> any(input)).distinct()
            .collect(Collectors.joining(", ")) + ")";
    }

    String aggregates(Input input) {
        return IntStream.rangeClosed(0, random.nextInt(3)).mapToObj(_ -> fresh() + " = " + aggregate(input))
            .collect(Collectors.joining(", "));
    }

    /** One that does not depend on the order of rows. */
    String aggregate(Input input) {
        if (input.isSource() && random.nextInt(3) == 0) {
            return oneOf(List.of("first(", "last(", "collect(", "collectUnique(")) + any(input) + ")";
        }
        String exact = column(input, type -> type.isInteger() || type instanceof DecimalType);
        return switch (random.nextInt(10)) {
            case 0 -> "count()";
            case 1 -> "sum(" + exact + ")";
            case 2 -> "avg(" + exact + ")";
            case 3 -> oneOf(List.of("min(", "max(")) + any(input) + ")";
            case 4 -> "countDistinct(" + any(input) + ")";
            case 5 -> "sumIf(" + condition(input) + ", " + exact + ")";
            case 6 -> "count(" + any(input) + ")";
            case 7 -> "size(collectUnique(" + plain(input) + "))";
            case 8 -> "sumDistinct(" + exact + ")";
            default -> "variance(" + column(input, DataType::isInteger) + ")";
        };
    }

    String order(Input input) {
        return oneOf(List.of("asc(", "desc(")) + any(input) + ", " + flag() + ")";
    }
}
