package io.lazuli.datafactory.dataflow;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.engine.Session;
import io.lazuli.algebra.expression.AggregateCall;
import io.lazuli.algebra.operator.AggregateOperators;
import io.lazuli.algebra.plan.Aggregate;
import io.lazuli.algebra.plan.NamedExpression;
import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.source.RowCursor;
import io.lazuli.datafactory.activity.Services;
import io.lazuli.datafactory.connector.JsonValue;
import io.lazuli.datafactory.connector.ResolvedDataset;
import io.lazuli.datafactory.connector.file.FileStores;
import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.LazuliException;
import io.lazuli.languages.dataflow.script.FlowScript.Statement;
import io.lazuli.languages.dataflow.transform.CompiledFlow;
import io.lazuli.languages.dataflow.transform.CompiledFlow.SinkRows;
import io.lazuli.languages.dataflow.transform.FlowCompiler;
import io.lazuli.languages.dataflow.transform.FlowContext;
import io.lazuli.languages.dataflow.transform.FlowStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/** A data flow with its sources open: its plans, and what writing them to its sinks gives. */
public final class FlowRun implements AutoCloseable {
    private final Services services;
    private final FlowDefinition flow;
    private final FlowSettings settings;
    private final Session session;
    private final FlowSources sources;
    private final CompiledFlow compiled;

    private FlowRun(Services services, FlowDefinition flow, FlowSettings settings, Session session) {
        this.services = services;
        this.flow = flow;
        this.settings = settings;
        this.session = session;
        this.sources = new FlowSources(services, flow, settings, session);
        boolean done = false;
        try {
            this.compiled = located(() -> FlowCompiler.compile(flow.graph(),
                new FlowContext(sources, FlowParameters.bind(flow.graph().script(), sources.functions(), settings.parameters(),
                    settings.place()), services.clock().instant())));
            warnings().forEach(warning -> LoggerFactory.getLogger(FlowRun.class).warn(warning.getMessage()));
            done = true;
        } finally {
            if (!done) {
                sources.close();
            }
        }
    }

    /** Looks at the sources and makes the plans; failures have their place in the script. The caller closes it. */
    public static FlowRun open(Services services, FlowDefinition flow, FlowSettings settings) {
        Session session = services.flowEngine().open();
        boolean done = false;
        try {
            FlowRun run = new FlowRun(services, flow, settings, session);
            done = true;
            return run;
        } finally {
            if (!done) {
                session.close();
            }
        }
    }

    /** The name of the stream or sink at which a flow ends, when it ends in one; {@code INVALID_ARGUMENT} otherwise. */
    public String onlySink() {
        if (compiled.sinks().size() != 1) {
            throw failure(CommonError.INVALID_ARGUMENT, "Data flow '%s' has %d sinks; name one of its transformations: %s", flow.name(),
                compiled.sinks().size(), names());
        }
        return compiled.sinks().getFirst().name();
    }

    private List<String> names() {
        List<String> names = new ArrayList<>(compiled.streams().keySet());
        compiled.sinks().forEach(sink -> names.add(sink.name()));
        return names;
    }

    /** The columns and rows at a transformation ({@code split@output} for one of several outputs), or those that a sink gets. */
    public FlowStream at(String transformation) {
        return compiled.sinks().stream().filter(sink -> sink.name().equals(transformation)).findFirst().map(SinkRows::stream)
            .or(() -> Optional.ofNullable(compiled.streams().get(transformation))).orElseThrow(() -> failure(CommonError.NOT_FOUND,
                "Data flow '%s' has no transformation '%s'", flow.name(), transformation));
    }

    /** The plan of each sink, cached ones among them. */
    public Map<String, Plan> plans() {
        Map<String, Plan> plans = new LinkedHashMap<>();
        compiled.sinks().forEach(sink -> plans.put(sink.name(),
            SinkInput.of(sink.name(), sink.stream(), services.flowEngine(), settings.execution()).written()));
        return plans;
    }

    /** What is hardly meant, with its place in the script; it is logged too. */
    public List<LazuliException> warnings() {
        return compiled.warnings().stream().map(flow::at).toList();
    }

    /** Runs a plan of this flow; the caller closes the rows, one cursor at a time. */
    public RowCursor query(Plan plan) {
        return session.query(plan, settings.execution());
    }

    private interface Work<T> {
        T run();
    }

    private <T> T located(Work<T> work) {
        try {
            return work.run();
        } catch (LazuliException e) {
            throw flow.at(e);
        }
    }

    /**
     * Writes all sinks in their order; those before one that fails stay written, and those behind it are written only if the settings say
     * so. {@code CANCELLED} when the run is.
     */
    public FlowResult write() {
        List<SinkRows> ordered = compiled.sinks().stream().filter(sink -> !sink.isCache() || isOutput(sink))
            .sorted(Comparator.comparingLong(sink -> sink.arguments().number("saveOrder").filter(order -> order > 0)
                .orElse(Long.MAX_VALUE))).toList();
        FlowSinks stores = new FlowSinks(services, flow, settings, sources::web);
        List<SinkInput> inputs = ordered.stream().map(sink -> located(() -> stores.input(sink))).toList();
        List<FlowSink> sinks = ordered.stream().map(sink -> located(() -> stores.open(sink))).toList();
        FlowResult result = new FlowResult(new ArrayList<>(), new ArrayList<>(),
            FlowProfile.of(flow.graph(), compiled), FlowProfile.outline(flow.graph()));
        try (SharedRows shared = new SharedRows(services.flowEngine(), settings.execution(), inputs.stream().map(SinkInput::rows).toList(),
            new RepeatableRows(file -> sinks.stream().anyMatch(sink -> sink != null && sink.mayWrite(file))))) {
            Map<String, Optional<Long>> read = new HashMap<>();
            for (int i = 0; i < ordered.size() && (result.failures().isEmpty() || settings.continueOnError()); i++) {
                try {
                    write(ordered.get(i), sinks.get(i), inputs.get(i), shared, read, result);
                } catch (LazuliException e) {
                    if (e.code() == CommonError.CANCELLED) {
                        throw e;
                    }
                    result.failures().add(e);
                }
            }
        }
        if (result.failures().isEmpty()) {
            sources.complete();
        }
        return result;
    }

    private static boolean isOutput(SinkRows sink) {
        return sink.arguments().flag("output", false);
    }

    private void write(
        SinkRows sink, FlowSink target, SinkInput input, SharedRows shared, Map<String, Optional<Long>> read,
        FlowResult result) {
        long start = System.nanoTime();
        SinkInput replaced = input.with(shared.replaced(input.rows()));
        long rows;
        ArrayNode value = null;
        try {
            if (sink.isCache()) {
                value = json(replaced.written());
                rows = value.size();
            } else {
                rows = target.write(replaced);
            }
        } catch (LazuliException e) {
            LazuliException at = flow.at(new FailedStatement(flow.graph(), compiled, session, settings.execution()).located(sink, e));
            throw new LazuliException(at.code(), at.place(), "at Sink '" + sink.name() + "': " + at.getMessage(), e);
        }
        long millis = (System.nanoTime() - start) / 1_000_000;
        Map<String, Long> counts = new LinkedHashMap<>();
        sourcesOf(sink.arguments().statement()).forEach(source -> read.computeIfAbsent(source, name ->
            shared.count(FlowSources.NAME + name).or(() -> count(name))).ifPresent(rowsRead -> counts.put(source, rowsRead)));
        result.sinks().add(result(sink, rows, millis, counts, value));
    }

    private FlowResult.Sink result(SinkRows sink, long rows, long millis, Map<String, Long> read, ArrayNode value) {
        boolean whole = sink.isCache() && !settings.firstRowOnly();
        String format = "";
        String store = "cache";
        if (!sink.isCache()) {
            ResolvedDataset dataset = FlowEnd.of(flow, sink.arguments(), settings);
            store = dataset.linkedService().type();
            boolean files = FileStores.isFileStore(store);
            format = files ? dataset.type().toLowerCase(Locale.ROOT) : "";
            whole = files && !dataset.type().equals("Delta");
        }
        Map<String, Long> streams = StreamCounts.of(flow.graph(), sink.arguments().statement(), read,
            whole ? Optional.of(rows) : Optional.empty());
        return new FlowResult.Sink(sink.name(), rows, millis, read, Optional.ofNullable(value), streams, format, store);
    }

    /** The rows of a source; empty when they cannot be counted any more, which undoes nothing of what was written. */
    private Optional<Long> count(String source) {
        Plan counted = new Aggregate(sources.opened().get(source), List.of(),
            List.of(new NamedExpression("rows", AggregateCall.of(AggregateOperators.COUNT_ROWS))));
        try {
            return Optional.of(((Number) sources.rows(counted).getFirst().getFirst()).longValue());
        } catch (LazuliException e) {
            if (e.code() == CommonError.CANCELLED) {
                throw e;
            }
            LoggerFactory.getLogger(FlowRun.class).warn("Source '{}' of data flow '{}' cannot be counted", source, flow.name(), e);
            return Optional.empty();
        }
    }

    private ArrayNode json(Plan rows) {
        ArrayNode all = JsonMapper.shared().createArrayNode();
        try (RowCursor cursor = session.query(rows, settings.execution())) {
            while ((!settings.firstRowOnly() || all.isEmpty()) && cursor.next()) {
                all.add(JsonValue.row(cursor));
            }
        }
        return all;
    }

    /** The sources whose rows reach a statement. */
    private Set<String> sourcesOf(Statement statement) {
        Set<String> names = new LinkedHashSet<>();
        if (statement.transformation().equals("source")) {
            names.add(statement.name());
        }
        statement.inputs().forEach(input -> names.addAll(sourcesOf(flow.graph().statement(input.name()))));
        return names;
    }

    @Override
    public void close() {
        sources.close();
        session.close();
    }
}
