package io.lazuli.cli.dataflow;

import io.lazuli.algebra.engine.Execution;
import io.lazuli.cli.option.OutputFormat;
import io.lazuli.cli.option.TextTable;
import io.lazuli.datafactory.dataflow.FlowResult;
import io.lazuli.datafactory.dataflow.FlowRun;
import io.lazuli.datafactory.run.LocalServices;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lazuli dataflow run}: runs a flow with all its sinks, without a pipeline. */
@Command(name = "run", description = "Runs a data flow and writes its sinks.", mixinStandardHelpOptions = true)
final class DataFlowRun implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private FlowOptions flow;

    @Option(names = "--output", description = "text (default) or json: the output of an Execute Data Flow activity.")
    private OutputFormat output = OutputFormat.TEXT;

    @Override
    public Integer call() {
        long start = System.nanoTime();
        try (LocalServices services = flow.services(); FlowRun run = flow.open(services, Execution.UNWATCHED)) {
            FlowResult result = run.write().orThrow();
            if (output == OutputFormat.JSON) {
                spec.commandLine().getOut().println(result.output().toPrettyString());
            } else {
                print(result, (System.nanoTime() - start) / 1e9);
            }
        }
        return 0;
    }

    private void print(FlowResult result, double seconds) {
        PrintWriter out = spec.commandLine().getOut();
        List<List<String>> lines = new ArrayList<>();
        lines.add(List.of("sink", "rows", "seconds", "rows read"));
        for (FlowResult.Sink sink : result.sinks()) {
            String read = sink.sourcesRead().entrySet().stream().map(source -> source.getKey() + " " + source.getValue())
                .collect(Collectors.joining(", "));
            lines.add(List.of(sink.name(), String.valueOf(sink.rowsWritten()), seconds(sink.millis() / 1e3), read));
        }
        TextTable.print(lines, out);
        result.sinks().forEach(sink -> sink.value().ifPresent(rows -> out.println(sink.name() + " " + rows)));
        out.println("Succeeded " + flow.name() + " in " + seconds(seconds) + " s");
    }

    private static String seconds(double seconds) {
        return String.format(Locale.ROOT, "%.2f", seconds);
    }
}
