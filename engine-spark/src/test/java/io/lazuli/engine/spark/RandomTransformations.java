package io.lazuli.engine.spark;

import io.lazuli.algebra.type.ArrayType;
import io.lazuli.algebra.type.DataType;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.engine.spark.RandomFlowTerms.Input;
import io.lazuli.languages.dataflow.transform.CompiledFlow;
import io.lazuli.languages.dataflow.transform.FlowColumn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/** Writes transformations of the streams of a flow by chance; not all that are written have a meaning. */
final class RandomTransformations {
    private static final int MOST_COLUMNS = 30;
    private static final List<FlowColumn> OF_FLOWLET = List.of(new FlowColumn("x", List.of(), "x", ScalarType.INT32, false),
        new FlowColumn("y", List.of(), "y", ScalarType.STRING, false));

    private final RandomFlowTerms terms;
    private final RandomWindows windows;
    private final Set<String> used = new HashSet<>();
    private final Set<String> joined = new HashSet<>();
    private final Map<String, String> flowlets = new HashMap<>();

    RandomTransformations(Random random) {
        this.terms = new RandomFlowTerms(random);
        this.windows = new RandomWindows(terms);
    }

    /** The streams that others are made of. */
    Set<String> used() {
        return used;
    }

    /** The texts of the flowlets by name. */
    Map<String, String> flowlets() {
        return flowlets;
    }

    String next(CompiledFlow flow, String name) {
        List<Input> inputs = new ArrayList<>();
        flow.streams().forEach((stream, rows) -> {
            if (rows.visible().size() <= MOST_COLUMNS && flow.sinks().stream().noneMatch(sink -> sink.name().equals(stream))) {
                inputs.add(new Input(stream, rows.visible()));
            }
        });
        Input one = terms.number(3) == 0 ? inputs.getLast() : terms.oneOf(inputs);
        Input other = terms.oneOf(inputs);
        used.add(one.name());
        return switch (terms.number(9)) {
            case 0, 1, 2 -> ofTwo(one, other, name) + " ~> " + name;
            case 3 -> cached(one, other, name);
            case 4 -> composed(one, other, name);
            default -> {
                String written = one.name() + " " + ofOne(one);
                yield written + " ~> " + (written.contains(" split(") ? name + "@(x" + name + ", y" + name + ", z" + name + ")" : name);
            }
        };
    }

    private String ofTwo(Input one, Input other, String name) {
        used.add(other.name());
        String both = one.name() + ", " + other.name() + " ";
        List<FlowColumn> all = new ArrayList<>(one.columns());
        all.addAll(other.columns());
        String condition = terms.any(one) + terms.oneOf(List.of(" == ", " == ", " === ", " < ")) + terms.any(other)
            + (terms.number(3) == 0 ? " && " + terms.condition(new Input("", all)) : "");
        return both + switch (terms.number(8)) {
            case 0 -> "union(byName: " + terms.flag() + ")";
            case 1, 2 -> once(one, other, name) + "join(" + condition + ", joinType: '" + kind() + "')";
            case 3 -> once(one, other, name) + "lookup(" + condition + ", multiple: " + terms.flag() + ", pickup: '"
                + terms.oneOf(List.of("first", "last")) + "', " + terms.oneOf(List.of("asc(", "desc(")) + "b_id, " + terms.flag() + "))";
            case 4 -> once(one, other, name) + "join(" + alike(one, other) + (terms.flag() ? " && " + alike(one, other) : "")
                + ", joinType: '" + kind() + "', matchType: 'fuzzy', ignoreSpaces: " + terms.flag() + ", similarityThreshold: "
                + terms.oneOf(List.of("60.0", "75.5", "100.0")) + ", similarityColumn: '" + terms.fresh() + "')";
            case 5 -> "assert(expectExists(" + condition + ", " + terms.flag() + ", 'there'), expectUnique(" + terms.plain(one) + ", "
                + terms.flag() + ", 'single', " + terms.oneOf(List.of("null", terms.condition(one))) + "))";
            default -> "exists(" + condition + ", negate: " + terms.flag() + ")";
        };
    }

    private String kind() {
        return terms.oneOf(List.of("inner", "left", "right", "outer", "cross"));
    }

    private String alike(Input one, Input other) {
        return terms.column(one, ScalarType.STRING::equals) + " == " + terms.column(other, ScalarType.STRING::equals);
    }

    /** Rows multiply: a stream is joined once. */
    private String once(Input one, Input other, String name) {
        boolean again = joined.contains(one.name()) || joined.contains(other.name());
        joined.add(name);
        return again ? "refused " : "";
    }

    /** A cached sink and what looks into it; where a row is one of several, of rows in order. */
    private String cached(Input cache, Input rows, String name) {
        used.add(rows.name());
        String key = terms.plain(cache);
        String sink = "cache" + name;
        String found = "#lookup(" + terms.plain(rows) + ")." + terms.any(cache);
        String value = switch (terms.number(4)) {
            case 0 -> cache.isSource() ? sink + found : "isNull(" + sink + "#lookup(" + terms.plain(rows) + ")." + key + ")";
            case 1 -> "size(" + sink + "#mlookup(" + terms.plain(rows) + "))";
            case 2 -> cache.isSource() ? sink + "#outputs()[" + (1 + terms.number(4)) + "]." + terms.any(cache) : "size(" + sink
                + "#outputs())";
            default -> (cache.isSource() ? sink + "#output()." + terms.any(cache) : "size(" + sink + "#outputs())");
        };
        return cache.name() + " sink(store: 'cache', format: 'inline', output: false, keys: ['" + key + "']) ~> " + sink + "\n"
            + rows.name() + " derive(" + terms.fresh() + " = " + value + ") ~> " + name;
    }

    private String composed(Input one, Input other, String name) {
        String flowlet = "f" + name;
        Input within = new Input("", OF_FLOWLET);
        String columns = "output(x as integer, y as string), allowSchemaDrift: " + terms.flag();
        boolean two = terms.number(3) == 0;
        String text = "input(" + columns + ", order: 0) ~> in1\n" + (two ? "input(output(z as integer), order: 1) ~> in2\n" : "") + "in1"
            + (two ? ", in2 exists(x == z)" : " filter(" + terms.condition(within) + ")") + " ~> kept\nkept derive(" + terms.fresh() + " = "
            + terms.value(within) + ") ~> made\nkept aggregate(groupBy(y), " + terms.aggregates(within) + ") ~> total\n"
            + "made output() ~> out1\ntotal output() ~> out2\n";
        flowlets.put(flowlet, text);
        if (two) {
            used.add(other.name());
        }
        return one.name() + (two ? ", " + other.name() : "") + " compose(mapColumn(x = " + terms.column(one, ScalarType.INT32::equals)
            + ", y = " + terms.column(one, ScalarType.STRING::equals) + (terms.flag() ? ", each(match(type == 'date'))" : "") + ")"
            + (two ? ", mapColumn(z = " + terms.column(other, DataType::isInteger) + ")" : "") + ", composition: '" + flowlet + "') ~> "
            + name + "@(out1, out2)";
    }

    private String ofOne(Input input) {
        return switch (terms.number(21)) {
            case 0 -> "filter(" + terms.condition(input) + ")";
            case 1 -> "derive(" + terms.fresh() + " = " + terms.value(input) + ", " + terms.fresh() + " = " + terms.value(input) + ")";
            case 2 -> "aggregate(" + terms.groups(input) + ", " + terms.aggregates(input) + ")";
            case 3, 4 -> windows.of(input);
            case 5 -> "rank(" + terms.order(input) + ", output(" + terms.fresh() + " as long), dense: " + terms.flag() + ")";
            case 6 -> "pivot(" + terms.groups(input) + ", pivotBy(" + terms.column(input, type -> type == ScalarType.STRING)
                + (terms.flag() ? ", ['a', 'b']), " : "), ") + terms.aggregates(input) + ", columnNaming: '$V_$N', lateral: " + terms.flag()
                + ")";
            case 7 -> unpivot(input);
            case 8, 9, 10 -> folded(input);
            case 11 -> "split(" + terms.condition(input) + ", " + terms.condition(input) + ", disjoint: " + terms.flag() + ")";
            case 12 -> "select(mapColumn(each(match(type == 'integer'), '" + terms.fresh() + "' + $$ = $$), " + terms.any(input)
                + "), skipDuplicateMapInputs: true, skipDuplicateMapOutputs: true)";
            case 13 -> "cast(output(" + terms.plain(input) + " as "
                + terms.oneOf(List.of("string", "integer", "double", "decimal(12,3)", "date", "timestamp", "boolean")) + "))";
            case 14 -> "assert(expectTrue(" + terms.condition(input) + ", " + terms.flag() + ", '" + terms.fresh() + "', "
                + terms.oneOf(List.of("null", terms.condition(input))) + ", toString(" + terms.plain(input) + ")))";
            case 15 -> "sort(" + terms.order(input) + ", " + terms.order(input) + ")";
            case 16 -> "alterRow(deleteIf(" + terms.condition(input) + "), upsertIf(" + terms.condition(input) + "), updateIf("
                + terms.condition(input) + "))";
            case 17 -> input.isSource() ? "keyGenerate(output(" + terms.fresh() + " as long), startAt: 5L, stepValue: -3L)" : "refused()";
            case 18 -> terms.oneOf(List.of("derive(", "aggregate(" + terms.groups(input) + ", ")) + "each(match(type == '"
                + terms.oneOf(List.of("integer", "string", "boolean")) + "'), '" + terms.fresh() + "' + $$ = "
                + terms.oneOf(List.of("isNull($$)", "max($$)", "countDistinct($$)", "coalesce($$, $$)")) + "))";
            case 19 -> "stringify(" + terms.fresh() + " = " + terms.column(input, type -> !(type instanceof ScalarType))
                + " ? string, format: 'json')";
            default -> "parse(" + terms.fresh() + " = " + terms.column(input, type -> type == ScalarType.STRING) + terms.oneOf(List.of(
                " ? (n as integer), format: 'json')", " ? (n as integer, t as string)[], format: 'json', documentForm: 'arrayOfDocuments')",
                " ? (n as integer, t as string), format: 'delimited', columnDelimiter: ',', columnNamesAsHeader: false)"));
        };
    }

    private String unpivot(Input input) {
        FlowColumn kept = terms.oneOf(input.columns());
        return "unpivot(output(" + terms.fresh() + " as string, " + terms.fresh() + " as double), ungroupBy("
            + input.columns().stream().filter(column -> column == kept || !column.type().isNumeric()).map(FlowColumn::name)
                .collect(Collectors.joining(", ")) + "), lateral: true, ignoreNullPivots: " + terms.flag() + ")";
    }

    /** One array, two of a row, or one within another. */
    private String folded(Input input) {
        String array = terms.column(input, ArrayType.class::isInstance);
        String pairs = terms.column(input, type -> type.equals(RandomValues.PAIRS));
        String orders = terms.column(input, type -> type.equals(RandomValues.ORDERS));
        String kept = ", " + terms.any(input) + "))";
        return "foldDown(" + switch (terms.number(4)) {
            case 0 -> "unroll(" + array + "), mapColumn(" + terms.fresh() + " = " + array + kept;
            case 1 -> "unroll(" + pairs + "), mapColumn(" + terms.fresh() + " = " + pairs + ".n, " + terms.fresh() + " = " + pairs + ".t"
                + kept;
            case 2 -> "unrollMultiple(unroll(" + pairs + "), unroll(" + array + ")), mapColumn(" + terms.fresh() + " = " + pairs + ".t, "
                + terms.fresh() + " = " + array + kept;
            default -> "unroll(" + orders + ".pairs" + terms.oneOf(List.of("", ", " + orders, ", " + orders + ".pairs")) + "), mapColumn("
                + terms.fresh() + " = " + orders + ".k, " + terms.fresh() + " = " + orders + ".pairs.n, " + terms.fresh() + " = "
                + orders + ".pairs" + kept;
        };
    }
}
