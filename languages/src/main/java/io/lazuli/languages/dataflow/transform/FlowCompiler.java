package io.lazuli.languages.dataflow.transform;

import static io.lazuli.foundation.LazuliException.failure;
import static java.util.Map.entry;

import io.lazuli.algebra.plan.Shared;
import io.lazuli.algebra.plan.Values;
import io.lazuli.algebra.type.Field;
import io.lazuli.algebra.type.Schema;
import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.LazuliException;
import io.lazuli.languages.dataflow.function.FlowTypes;
import io.lazuli.languages.dataflow.script.FlowGraph;
import io.lazuli.languages.dataflow.script.FlowScript.Statement;
import io.lazuli.languages.dataflow.transform.CompiledFlow.SinkRows;
import io.lazuli.languages.dataflow.transform.FlowColumn.Output;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes plans of the statements of a script, each after those that it reads. */
public final class FlowCompiler {
    private static final Map<String, Transformation> TRANSFORMATIONS = Map.ofEntries(
        entry("source", (arguments, _) -> SourceTransformation.apply(arguments)),
        entry("select", Transformation.of(SelectTransformation::apply)),
        entry("derive", Transformation.of(DeriveTransformation::apply)),
        entry("filter", Transformation.of(FilterTransformation::apply)),
        entry("join", JoinTransformation::apply),
        entry("lookup", LookupTransformation::apply),
        entry("exists", ExistsTransformation::apply),
        entry("union", UnionTransformation::apply),
        entry("aggregate", Transformation.of(AggregateTransformation::apply)),
        entry("window", Transformation.of(WindowTransformation::apply)),
        entry("pivot", Transformation.of(PivotTransformation::apply)),
        entry("unpivot", Transformation.of(UnpivotTransformation::apply)),
        entry("rank", Transformation.of(RankTransformation::apply)),
        entry("keyGenerate", Transformation.of(KeyGenerateTransformation::apply)),
        entry("sort", Transformation.of(SortTransformation::apply)),
        entry("foldDown", Transformation.of(FoldDownTransformation::apply)),
        entry("parse", Transformation.of(ParseTransformation::apply)),
        entry("stringify", Transformation.of(StringifyTransformation::apply)),
        entry("alterRow", Transformation.of(AlterRowTransformation::apply)),
        entry("assert", AssertTransformation::apply),
        entry("cast", Transformation.of(CastTransformation::apply)),
        entry("call", Transformation.of(CallTransformation::apply)));

    private final FlowGraph graph;
    private final FlowContext context;
    private final Map<String, FlowStream> streams = new LinkedHashMap<>();
    private final List<SinkRows> sinks = new ArrayList<>();

    private FlowCompiler(FlowGraph graph, FlowContext context) {
        this.graph = graph;
        this.context = context;
    }

    public static CompiledFlow compile(FlowGraph graph, FlowContext context) {
        return new FlowCompiler(graph, context).compiled(Map.of());
    }

    /** A flowlet, whose inputs have their rows already. */
    static CompiledFlow compile(FlowGraph graph, FlowContext context, Map<String, FlowStream> inputs) {
        return new FlowCompiler(graph, context).compiled(inputs);
    }

    private CompiledFlow compiled(Map<String, FlowStream> inputs) {
        for (Statement statement : graph.statements()) {
            try {
                add(statement, inputs);
            } catch (LazuliException e) {
                throw e.place().line() == 0 && e.place().file() == null ? e.at(statement.at()) : e;
            }
        }
        checkRowParameters();
        return new CompiledFlow(streams, sinks, context.warnings());
    }

    /** A parameter whose columns are nowhere is a mistake, unless other data or the rest of a flow that is looked into may bring them. */
    private void checkRowParameters() {
        List<LazuliException> nowhere = context.rowParameters().nowhere();
        boolean ends = graph.statements().stream().anyMatch(statement -> List.of("sink", "output").contains(statement.transformation()));
        if (!nowhere.isEmpty() && ends && graph.statements().stream().noneMatch(this::isOpen)) {
            throw nowhere.getFirst();
        }
        nowhere.forEach(context::warn);
    }

    private boolean isOpen(Statement statement) {
        Arguments arguments = new Arguments(statement, context);
        return List.of("source", "input").contains(statement.transformation())
            && (arguments.declared("output").isEmpty() || arguments.flag("allowSchemaDrift", false));
    }

    private void add(Statement statement, Map<String, FlowStream> given) {
        Arguments arguments = new Arguments(statement, context);
        OptionValues.check(arguments);
        List<FlowStream> inputs = new ArrayList<>(statement.inputs().stream().map(reference -> streams.get(reference.stream())).toList());
        for (int i = 0; i < inputs.size() && (i == 0 || statement.transformation().equals("compose")); i++) {
            inputs.set(i, RowNumbers.noted(arguments, inputs.get(i)));
        }
        switch (statement.transformation()) {
            case "sink" -> addSink(arguments, inputs.getFirst());
            case "split" -> SplitTransformation.apply(arguments, inputs.getFirst()).forEach((output, stream) ->
                put(statement.name() + "@" + output, stream));
            case "compose" -> Flowlets.compose(arguments, inputs).forEach((output, stream) ->
                put(statement.name() + "@" + output, stream));
            case "input" -> put(statement.name(), given.containsKey(statement.name()) ? given.get(statement.name()) : declared(arguments));
            case "output" -> put(statement.name(), inputs.getFirst());
            default -> put(statement.name(), transformation(statement).apply(arguments, inputs));
        }
    }

    private static Transformation transformation(Statement statement) {
        Transformation transformation = TRANSFORMATIONS.get(statement.transformation());
        if (transformation == null) {
            throw failure(CommonError.NOT_SUPPORTED, statement.at(), "The transformation '%s' is not supported",
                statement.transformation());
        }
        return transformation;
    }

    /** A flowlet's input without a flow around it: its columns, and no rows. */
    private static FlowStream declared(Arguments input) {
        return FlowStream.of(new Values(new Schema(input.declared("output").stream()
            .map(column -> new Field(column.name(), FlowTypes.of(column.type()))).toList()), List.of()));
    }

    /** Keeps a stream; one that several read is computed once. */
    private void put(String name, FlowStream stream) {
        FlowStream named = stream.without(FlowColumn.NUMBER).through(name);
        streams.put(name, graph.consumers().getOrDefault(name, 0) > 1 ? named.shared(name) : named);
    }

    private void addSink(Arguments arguments, FlowStream input) {
        Scope scope = Scope.of(context, input);
        List<Output> outputs = arguments.part("mapColumn").map(map -> ColumnMapping.outputs(map, arguments, scope, input.visible()))
            .orElseGet(() -> ColumnMapping.all(arguments, scope, accepted(arguments, input)));
        SinkSchema.validate(arguments, outputs);
        SinkRows sink = SinkRows.of(arguments, input, outputs);
        sinks.add(sink);
        streams.put(sink.name(), sink.stream());
        if (sink.isCache()) {
            context.cache(sink.name(), new FlowContext.CachedRows(new Shared("cache " + sink.name(), sink.stream().rows()),
                arguments.texts("keys")));
        }
    }

    /** All columns, or without schema drift those that the sink declares. */
    private static List<FlowColumn> accepted(Arguments arguments, FlowStream input) {
        List<String> declared = arguments.declared("input").stream().map(column -> column.name()).toList();
        boolean all = declared.isEmpty() || arguments.flag("allowSchemaDrift", true);
        return input.visible().stream().filter(column -> all || declared.contains(column.name())).toList();
    }
}
