package io.lazuli.engine.spark;

import io.lazuli.algebra.type.ArrayType;
import io.lazuli.algebra.type.DataType;
import io.lazuli.algebra.type.DecimalType;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.algebra.type.StructType;
import io.lazuli.languages.dataflow.transform.CompiledFlow;
import io.lazuli.languages.dataflow.transform.FlowColumn;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Writes transformations of the streams of a flow by chance; not all that are written have a meaning. */
final class RandomTransformations {
    private static final int MOST_COLUMNS = 30;

    private final Random random;
    private final Set<String> used = new HashSet<>();
    private final Set<String> joined = new HashSet<>();
    private int number;

    RandomTransformations(Random random) {
        this.random = random;
    }

    /** The streams that others are made of. */
    Set<String> used() {
        return used;
    }

    /** A stream that a transformation begins with, and its columns. */
    private record Input(String name, List<FlowColumn> columns) {
    }

    String next(CompiledFlow flow, String name) {
        List<Input> inputs = new ArrayList<>();
        flow.streams().forEach((stream, rows) -> {
            if (rows.visible().size() <= MOST_COLUMNS) {
                inputs.add(new Input(stream, rows.visible()));
            }
        });
        Input one = random.nextInt(3) == 0 ? inputs.getLast() : oneOf(inputs);
        Input other = oneOf(inputs);
        String written = random.nextInt(3) == 0 ? ofTwo(one, other, name) : one.name() + " " + ofOne(one);
        used.add(one.name());
        return written + " ~> " + (written.contains(" split(") ? name + "@(x" + name + ", y" + name + ", z" + name + ")" : name);
    }

    private String ofTwo(Input one, Input other, String name) {
        used.add(other.name());
        String both = one.name() + ", " + other.name() + " ";
        List<FlowColumn> all = new ArrayList<>(one.columns());
        all.addAll(other.columns());
        String condition = column(one, type -> true) + oneOf(List.of(" == ", " == ", " === ", " < ")) + column(other, type -> true)
            + (random.nextInt(3) == 0 ? " && " + condition(new Input("", all)) : "");
        return both + switch (random.nextInt(6)) {
            case 0 -> "union(byName: " + random.nextBoolean() + ")";
            case 1, 2 -> once(one, other, name) + "join(" + condition + ", joinType: '"
                + oneOf(List.of("inner", "left", "right", "outer", "cross")) + "')";
            case 3 -> once(one, other, name) + "lookup(" + condition + ", multiple: " + random.nextBoolean() + ", pickup: '"
                + oneOf(List.of("first", "last")) + "', " + oneOf(List.of("asc(", "desc(")) + "b_id, " + random.nextBoolean() + "))";
            default -> "exists(" + condition + ", negate: " + random.nextBoolean() + ")";
        };
    }

    /** Rows multiply: a stream is joined once. */
    private String once(Input one, Input other, String name) {
        boolean again = joined.contains(one.name()) || joined.contains(other.name());
        joined.add(name);
        return again ? "refused " : "";
    }

    private String ofOne(Input input) {
        return switch (random.nextInt(16)) {
            case 0 -> "filter(" + condition(input) + ")";
            case 1 -> "derive(" + fresh() + " = " + value(input) + ", " + fresh() + " = " + value(input) + ")";
            case 2 -> "aggregate(" + groups(input) + ", " + aggregates(input) + ")";
            case 3 -> "window(over(" + column(input, RandomFlows::isPlain) + "), " + order(input) + ", " + (isSource(input)
                ? "asc(" + input.name() + "_id, true), " + rowFrame() + ordered(input) : frame() + windows(input)) + ")";
            case 4 -> "rank(" + order(input) + ", output(" + fresh() + " as long), dense: " + random.nextBoolean() + ")";
            case 5 -> "pivot(" + groups(input) + ", pivotBy(" + column(input, type -> type == ScalarType.STRING) + ", ['a', 'b']), "
                + aggregates(input) + ", columnNaming: '$V_$N', lateral: " + random.nextBoolean() + ")";
            case 6 -> unpivot(input);
            case 7 -> "foldDown(unroll(" + column(input, ArrayType.class::isInstance) + "), mapColumn(" + fresh() + " = "
                + column(input, ArrayType.class::isInstance) + ", " + column(input, type -> true) + "))";
            case 8 -> "split(" + condition(input) + ", " + condition(input) + ", disjoint: " + random.nextBoolean() + ")";
            case 9 -> "select(mapColumn(each(match(type == 'integer'), '" + fresh() + "' + $$ = $$), " + column(input, type -> true)
                + "), skipDuplicateMapInputs: true, skipDuplicateMapOutputs: true)";
            case 10 -> "cast(output(" + column(input, RandomFlows::isPlain) + " as "
                + oneOf(List.of("string", "integer", "double", "decimal(12,3)", "date", "timestamp", "boolean")) + "))";
            case 11 -> "assert(expectTrue(" + condition(input) + ", " + random.nextBoolean() + ", '" + fresh() + "', "
                + oneOf(List.of("null", condition(input))) + ", toString(" + column(input, RandomFlows::isPlain) + ")))";
            case 12 -> "sort(" + order(input) + ", " + order(input) + ")";
            case 13 -> {
                String array = column(input, type -> type.equals(RandomValues.PAIRS));
                yield "foldDown(unroll(" + array + "), mapColumn(" + fresh() + " = " + array + ".n, " + fresh() + " = " + array + ".t, "
                    + column(input, type -> true) + "))";
            }
            case 14 -> "stringify(" + fresh() + " = " + column(input, type -> !(type instanceof ScalarType)) + " ? string, format: 'json')";
            default -> "parse(" + fresh() + " = " + column(input, type -> type == ScalarType.STRING)
                + " ? (n as integer), format: 'json')";
        };
    }

    private String unpivot(Input input) {
        FlowColumn kept = oneOf(input.columns());
        return "unpivot(output(" + fresh() + " as string, " + fresh() + " as double), ungroupBy("
            + input.columns().stream().filter(column -> column == kept || !column.type().isNumeric()).map(FlowColumn::name)
                .collect(Collectors.joining(", ")) + "), lateral: true, ignoreNullPivots: " + random.nextBoolean() + ")";
    }

    private <T> T oneOf(List<T> some) {
        return some.get(random.nextInt(some.size()));
    }

    private String fresh() {
        return "n" + number++ + "_";
    }

    private String column(Input input, Predicate<DataType> fits) {
        List<FlowColumn> some = input.columns().stream().filter(column -> fits.test(column.type())).toList();
        return some.isEmpty() ? "none" : oneOf(some).name();
    }

    private String condition(Input input) {
        return switch (random.nextInt(6)) {
            case 0 -> "isNull(" + column(input, type -> true) + ")";
            case 1 -> "(" + condition(input) + oneOf(List.of(" && ", " || ")) + condition(input) + ")";
            case 2 -> "!(" + condition(input) + ")";
            case 3 -> column(input, type -> type == ScalarType.BOOLEAN);
            case 4 -> column(input, ScalarType.INT32::equals) + oneOf(List.of(" > ", " == ", " != ", " === ", " % 2 == "))
                + random.nextInt(4);
            default -> column(input, RandomFlows::isPlain) + oneOf(List.of(" < ", " >= ", " == ", " != "))
                + column(input, RandomFlows::isPlain);
        };
    }

    private String value(Input input) {
        return switch (random.nextInt(9)) {
            case 0 -> "iif(" + condition(input) + ", " + column(input, type -> true) + ")";
            case 1 -> column(input, DataType::isNumeric) + oneOf(List.of(" + ", " - ", " * ", " / ", " % "))
                + column(input, DataType::isNumeric);
            case 2 -> "concat(toString(" + column(input, RandomFlows::isPlain) + "), ':')";
            case 3 -> "coalesce(" + column(input, type -> true) + ", " + column(input, type -> true) + ")";
            case 4 -> "size(" + column(input, ArrayType.class::isInstance) + ")";
            case 5 -> column(input, StructType.class::isInstance) + oneOf(List.of(".n", ".t"));
            case 6 -> "map(" + column(input, ArrayType.class::isInstance) + ", iif(isNull(#item), 'none', toString(#item)))";
            case 7 -> "addDays(" + column(input, ScalarType.DATE::equals) + ", " + column(input, ScalarType.INT32::equals) + ")";
            default -> condition(input);
        };
    }

    private String groups(Input input) {
        return "groupBy(" + IntStream.rangeClosed(0, random.nextInt(2)).mapToObj(_ -> column(input, type -> true)).distinct()
            .collect(Collectors.joining(", ")) + ")";
    }

    private String aggregates(Input input) {
        return IntStream.rangeClosed(0, random.nextInt(3)).mapToObj(_ -> fresh() + " = " + aggregate(input))
            .collect(Collectors.joining(", "));
    }

    /** One that does not depend on the order of rows. */
    private String aggregate(Input input) {
        if (isSource(input) && random.nextInt(3) == 0) {
            return oneOf(List.of("first(", "last(", "collect(", "collectUnique(")) + column(input, type -> true) + ")";
        }
        String exact = column(input, type -> type.isInteger() || type instanceof DecimalType);
        return switch (random.nextInt(9)) {
            case 0 -> "count()";
            case 1 -> "sum(" + exact + ")";
            case 2 -> "avg(" + exact + ")";
            case 3 -> oneOf(List.of("min(", "max(")) + column(input, type -> true) + ")";
            case 4 -> "countDistinct(" + column(input, type -> true) + ")";
            case 5 -> "sumIf(" + condition(input) + ", " + exact + ")";
            case 6 -> "count(" + column(input, type -> true) + ")";
            case 7 -> "size(collectUnique(" + column(input, RandomFlows::isPlain) + "))";
            default -> "variance(" + column(input, DataType::isInteger) + ")";
        };
    }

    private static boolean isSource(Input input) {
        return input.name().length() == 1;
    }

    private String rowFrame() {
        return random.nextBoolean() ? "startRowOffset: -" + random.nextInt(3) + "L, endRowOffset: " + random.nextInt(2) + "L, " : "";
    }

    /** What depends on the order of rows, which is total. */
    private String ordered(Input input) {
        return fresh() + " = " + oneOf(List.of("rowNumber()", "nTile(3)", "cumeDist()", "lag(" + column(input, type -> true) + ", 2)",
            "lead(" + column(input, type -> true) + ")")) + ", " + fresh() + " = "
            + oneOf(List.of("first(", "last(", "min(", "max(", "count(")) + column(input, type -> true) + ")";
    }

    private String order(Input input) {
        return oneOf(List.of("asc(", "desc(")) + column(input, type -> true) + ", " + random.nextBoolean() + ")";
    }

    private String frame() {
        return random.nextInt(3) == 0 ? "startRangeOffset: 'unbounded', endRangeOffset: 0L, " : "";
    }

    private String windows(Input input) {
        return fresh() + " = " + oneOf(List.of("rank()", "denseRank()", aggregate(input), "max(" + column(input, type -> true) + ")"))
            + ", " + fresh() + " = " + oneOf(List.of("rank()", "denseRank()", "sum(" + column(input, DataType::isInteger) + ")"));
    }
}
