package io.lazuli.cli.run;

import io.lazuli.cli.option.EngineOptions;
import io.lazuli.cli.option.OutputFormat;
import io.lazuli.cli.option.WorkspaceOptions;
import io.lazuli.datafactory.run.LocalServices;
import io.lazuli.datafactory.run.PipelineRunner;
import io.lazuli.datafactory.run.RunListener;
import io.lazuli.datafactory.run.RunRecord;
import io.lazuli.datafactory.run.RunStatus;
import io.lazuli.datafactory.standard.StandardActivities;
import java.io.Console;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import tools.jackson.databind.node.ArrayNode;

/** What the commands that run pipelines have in common: services, view, Ctrl-C, the result and the exit code. */
record Session(CommandSpec spec, WorkspaceOptions options, EngineOptions engine, OutputFormat output) {
    Session(CommandSpec spec, WorkspaceOptions options, OutputFormat output) {
        this(spec, options, new EngineOptions(), output);
    }

    /** Starts one or more runs one after another. */
    interface Work {
        void run(PipelineRunner runner, LocalServices services, List<RunRecord> ended);
    }

    int run(Work work) throws InterruptedException {
        List<RunRecord> ended = new ArrayList<>();
        PrintWriter out = spec.commandLine().getOut();
        try (LocalServices services = options.services(engine); RunView view = view(out);
                PipelineRunner runner = new PipelineRunner(
                    services, StandardActivities.all(), output == OutputFormat.JSON ? RunListener.NOBODY : view)) {
            Interrupts.onFirst(runner::cancelAll);
            work.run(runner, services, ended);
            runner.awaitDetached();
            if (output == OutputFormat.JSON) {
                out.println(services.json().writerWithDefaultPrettyPrinter().writeValueAsString(json(ended, services)));
            }
        }
        return exitCode(ended);
    }

    private static Object json(List<RunRecord> ended, LocalServices services) {
        if (ended.size() == 1) {
            return RunJson.whole(ended.getFirst());
        }
        ArrayNode all = services.json().createArrayNode();
        ended.forEach(run -> all.add(RunJson.whole(run)));
        return all;
    }

    private static RunView view(PrintWriter out) {
        Console console = System.console();
        boolean terminal = console != null && console.isTerminal();
        return new RunView(out, terminal, terminal && System.getenv("NO_COLOR") == null);
    }

    static int exitCode(List<RunRecord> ended) {
        if (ended.stream().anyMatch(run -> run.status() == RunStatus.CANCELLED)) {
            return 130;
        }
        return ended.stream().allMatch(run -> run.status() == RunStatus.SUCCEEDED) ? 0 : 1;
    }
}
