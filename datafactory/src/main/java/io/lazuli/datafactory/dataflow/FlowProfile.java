package io.lazuli.datafactory.dataflow;

import io.lazuli.algebra.lineage.Lineage;
import io.lazuli.algebra.lineage.LineageTracer;
import io.lazuli.algebra.lineage.Origin;
import io.lazuli.languages.dataflow.script.FlowGraph;
import io.lazuli.languages.dataflow.script.FlowScript.Statement;
import io.lazuli.languages.dataflow.transform.CompiledFlow;
import io.lazuli.languages.dataflow.transform.CompiledFlow.SinkRows;
import io.lazuli.languages.dataflow.transform.FlowColumn;
import io.lazuli.languages.dataflow.transform.FlowStream;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What Azure's monitor tells of a flow's columns: for each stream how many there are, are new, changed, dropped and drifted; for each sink
 * where its columns come from, and which columns of sources decide about its rows.
 */
final class FlowProfile {
    private final FlowGraph graph;
    private final CompiledFlow compiled;
    private final ObjectNode profile = JsonMapper.shared().createObjectNode();

    private FlowProfile(FlowGraph graph, CompiledFlow compiled) {
        this.graph = graph;
        this.compiled = compiled;
    }

    static ObjectNode of(FlowGraph graph, CompiledFlow compiled) {
        FlowProfile made = new FlowProfile(graph, compiled);
        graph.statements().forEach(made::add);
        return made.profile;
    }

    private void add(Statement statement) {
        List<String> names = statement.outputs().isEmpty() ? List.of(statement.name())
            : statement.outputs().stream().map(output -> statement.name() + "@" + output).toList();
        for (String name : names) {
            FlowStream stream = compiled.streams().get(name);
            if (stream != null) {
                columns(profile.putObject(name), name, stream, statement);
            }
        }
    }

    private void columns(ObjectNode of, String name, FlowStream stream, Statement statement) {
        ArrayNode computed = of.putArray("computed");
        ObjectNode lineage = of.putObject("lineage");
        compiled.sinks().stream().filter(sink -> sink.name().equals(name)).findFirst().ifPresent(sink -> trace(sink, computed, lineage));
        Set<String> before = new HashSet<>();
        statement.inputs().forEach(input -> compiled.streams().get(input.stream()).visible()
            .forEach(column -> before.add(column.name())));
        List<FlowColumn> visible = stream.visible();
        Set<String> after = new HashSet<>(visible.stream().map(FlowColumn::name).toList());
        of.put("dropped", before.stream().filter(column -> !after.contains(column)).count());
        of.put("drifted", visible.stream().filter(FlowColumn::drifted).count());
        of.put("newer", after.stream().filter(column -> !before.contains(column)).count());
        of.put("total", visible.size());
        of.put("updated", visible.stream()
            .filter(column -> before.contains(column.name()) && column.streams().equals(List.of(name))).count());
    }

    private void trace(SinkRows sink, ArrayNode computed, ObjectNode lineage) {
        Lineage traced = LineageTracer.of(sink.stream().plan(), FlowCheck::sourceOf);
        sources(traced.rows(), computed);
        sink.stream().visible().forEach(column -> {
            ObjectNode of = lineage.putObject(column.name());
            of.put("mapped", isMapped(column));
            sources(traced.of(column.reference().name()).keySet(), of.putArray("from"));
        });
    }

    /** Whether a source's column came to the sink as the source's projection gave it. */
    private boolean isMapped(FlowColumn column) {
        return !column.streams().isEmpty() && graph.statements().stream().anyMatch(statement ->
            statement.name().equals(column.streams().getFirst()) && statement.transformation().equals("source"));
    }

    private static void sources(Collection<Origin> origins, ArrayNode array) {
        Map<String, Set<String>> bySource = new TreeMap<>();
        origins.forEach(origin -> bySource.computeIfAbsent(origin.source(), _ -> new TreeSet<>()).add(origin.column()));
        bySource.forEach((source, columns) -> {
            ArrayNode names = array.addObject().put("source", source).putArray("columns");
            columns.forEach(names::add);
        });
    }

    /** The statements without their arguments, as Azure prints them. */
    static String outline(FlowGraph graph) {
        StringBuilder text = new StringBuilder();
        for (Statement statement : graph.statements()) {
            String inputs = String.join(", ", statement.inputs().stream().map(input -> input.stream()).toList());
            String outputs = statement.outputs().isEmpty() ? "" : "@(" + String.join(", ", statement.outputs()) + ")";
            text.append(text.isEmpty() ? "" : "\n").append(inputs).append(inputs.isEmpty() ? "" : " ").append(statement.transformation())
                .append("() ~> ").append(statement.name()).append(outputs);
        }
        return text.toString();
    }
}
