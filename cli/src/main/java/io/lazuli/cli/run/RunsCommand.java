package io.lazuli.cli.run;

import io.lazuli.cli.option.OutputFormat;
import io.lazuli.cli.option.WorkspaceOptions;
import io.lazuli.datafactory.run.ActivityRecord;
import io.lazuli.datafactory.run.LocalServices;
import io.lazuli.datafactory.run.RunRecord;
import io.lazuli.datafactory.run.RunStore;
import io.lazuli.datafactory.run.Times;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/** {@code lazuli runs}: what ran, and what each activity got and gave. */
@Command(name = "runs", description = "Lists runs, or shows one.", mixinStandardHelpOptions = true,
    subcommands = {RunsCommand.ListRuns.class, RunsCommand.ShowRun.class})
public final class RunsCommand implements Callable<Integer> {
    private static final JsonMapper JSON = LocalServices.mapper();

    @Spec
    private CommandSpec spec;

    @Mixin
    private WorkspaceOptions options;

    @Option(names = "--output", description = "text (default) or json.")
    private OutputFormat output = OutputFormat.TEXT;

    @Override
    public Integer call() {
        return list(spec, options, output);
    }

    private static int list(CommandSpec spec, WorkspaceOptions options, OutputFormat output) {
        PrintWriter out = spec.commandLine().getOut();
        List<RunRecord> runs = new RunStore(options.dataDirectory(), JSON).list();
        if (output == OutputFormat.JSON) {
            ArrayNode all = JSON.createArrayNode();
            runs.forEach(run -> all.add(RunJson.summary(run)));
            out.println(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(all));
            return 0;
        }
        if (runs.isEmpty()) {
            out.println("No runs yet.");
        }
        for (RunRecord run : runs) {
            out.printf("%s  %-11s  %s  %-9s  %s%n", run.request().runId(), run.status().label(),
                Times.iso(run.startedAt()).substring(0, 19),
                run.endedAt().map(end -> Figures.duration(Duration.between(run.startedAt(), end))).orElse(""),
                    run.request().pipeline());
        }
        return 0;
    }

    /** {@code lazuli runs list}. */
    @Command(name = "list", description = "Lists the runs, the latest first.", mixinStandardHelpOptions = true)
    static final class ListRuns implements Callable<Integer> {
        @Spec
        private CommandSpec spec;

        @Mixin
        private WorkspaceOptions options;

        @Option(names = "--output", description = "text (default) or json.")
        private OutputFormat output = OutputFormat.TEXT;

        @Override
        public Integer call() {
            return list(spec, options, output);
        }
    }

    /** {@code lazuli runs show RUN}. */
    @Command(name = "show", description = "Shows a run: inputs, outputs and errors of its activities.", mixinStandardHelpOptions = true)
    static final class ShowRun implements Callable<Integer> {
        @Spec
        private CommandSpec spec;

        @Mixin
        private WorkspaceOptions options;

        @Parameters(paramLabel = "RUN", description = "The run's id, the beginning of it, or 'last'.")
        private String run;

        @Option(names = "--output", description = "text (default) or json.")
        private OutputFormat output = OutputFormat.TEXT;

        @Override
        public Integer call() {
            PrintWriter out = spec.commandLine().getOut();
            RunRecord record = new RunStore(options.dataDirectory(), JSON).get(run);
            if (output == OutputFormat.JSON) {
                out.println(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(RunJson.whole(record)));
                return 0;
            }
            out.println("Pipeline    " + record.request().pipeline());
            out.println("Run         " + record.request().runId());
            out.println("Status      " + record.status().label() + (record.message().isEmpty() ? "" : ": " + record.message()));
            out.println("Started     " + Times.iso(record.startedAt()));
            out.println("Parameters  " + record.shownParameters());
            record.activities().forEach(activity -> show(activity, out));
            return 0;
        }

        private static void show(ActivityRecord activity, PrintWriter out) {
            String took = activity.endedAt().map(end -> Figures.duration(Duration.between(activity.startedAt(), end))).orElse("");
            out.printf("%n%s  %s  %s  %s%s%n", activity.statusLabel(), activity.key(), activity.type(), took,
                activity.attempts() > 1 ? "  " + activity.attempts() + " attempts" : "");
            value(out, "input", activity.shownInput());
            value(out, "output", activity.shownOutput());
            value(out, "error", activity.error());
            value(out, "userProperties", activity.userProperties());
        }

        private static void value(PrintWriter out, String name, JsonNode value) {
            if (value != null) {
                out.println("  " + name + " " + JSON.writerWithDefaultPrettyPrinter().writeValueAsString(value).replace("\n", "\n  "));
            }
        }
    }
}
