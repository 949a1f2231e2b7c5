package io.lazuli.datafactory.dataflow;

import io.lazuli.languages.dataflow.script.FlowGraph;
import io.lazuli.languages.dataflow.script.FlowScript.Statement;
import io.lazuli.languages.dataflow.syntax.FlowExpression;
import io.lazuli.languages.dataflow.syntax.FlowExpression.Assignment;
import io.lazuli.languages.dataflow.syntax.FlowExpression.Call;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The rows of the streams on the way to a sink, where they follow from those of the sources and of the sink: most transformations give as
 * many rows as they get. Nothing is counted for it.
 */
final class StreamCounts {
    private static final Set<String> SAME = Set.of("select", "sort", "rank", "keyGenerate", "window", "cast", "assert", "alterRow", "parse",
        "stringify", "call");

    private final FlowGraph graph;
    private final Map<String, Long> known = new LinkedHashMap<>();

    private StreamCounts(FlowGraph graph) {
        this.graph = graph;
    }

    /**
     * Counts by name of the stream.
     *
     * @param read the rows of the sources
     * @param written the rows of the sink, empty when it may have left some out
     */
    static Map<String, Long> of(FlowGraph graph, Statement sink, Map<String, Long> read, Optional<Long> written) {
        StreamCounts counts = new StreamCounts(graph);
        List<Statement> way = graph.upTo(sink.name()).statements();
        way.forEach(statement -> counts.forward(statement, read));
        written.ifPresent(rows -> counts.backward(sink, rows));
        Map<String, Long> ordered = new LinkedHashMap<>();
        way.stream().map(Statement::name).filter(name -> !name.equals(sink.name()) && counts.known.containsKey(name))
            .forEach(name -> ordered.put(name, counts.known.get(name)));
        return ordered;
    }

    private void forward(Statement statement, Map<String, Long> read) {
        if (read.containsKey(statement.name())) {
            known.put(statement.name(), read.get(statement.name()));
        } else if (keepsRows(statement) && known.containsKey(statement.inputs().getFirst().stream())) {
            known.put(statement.name(), known.get(statement.inputs().getFirst().stream()));
        } else if (statement.transformation().equals("union")
            && statement.inputs().stream().allMatch(input -> known.containsKey(input.stream()))) {
            known.put(statement.name(), statement.inputs().stream().mapToLong(input -> known.get(input.stream())).sum());
        }
    }

    private void backward(Statement statement, long rows) {
        String input = statement.inputs().getFirst().stream();
        Statement before = graph.statement(statement.inputs().getFirst().name());
        if (before.outputs().isEmpty() && known.putIfAbsent(input, rows) == null && keepsRows(before)) {
            backward(before, rows);
        }
    }

    private static boolean keepsRows(Statement statement) {
        boolean same = SAME.contains(statement.transformation())
            || statement.transformation().equals("derive") && statement.arguments().stream().noneMatch(StreamCounts::unfolds);
        return same && !statement.inputs().isEmpty();
    }

    /** A function of a library cannot: an unfold is the whole value of a column. */
    private static boolean unfolds(FlowExpression argument) {
        return argument instanceof Assignment(var _, Call call, var _) && call.name().equalsIgnoreCase("unfold");
    }
}
