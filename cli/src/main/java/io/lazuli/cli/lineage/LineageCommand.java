package io.lazuli.cli.lineage;

import io.lazuli.cli.option.ScratchEngine;
import io.lazuli.cli.option.SmallEngine;
import io.lazuli.cli.option.WorkspaceOptions;
import io.lazuli.datafactory.configuration.LazuliConfiguration;
import io.lazuli.datafactory.lineage.LineageStep;
import io.lazuli.datafactory.lineage.ScriptLineage;
import io.lazuli.datafactory.lineage.WorkspaceLineage;
import io.lazuli.datafactory.run.LocalServices;
import io.lazuli.datafactory.run.RunRecord;
import io.lazuli.datafactory.run.RunStore;
import io.lazuli.datafactory.workspace.Workspace;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lazuli lineage}: which columns a pipeline or data flow makes from which. */
@Command(name = "lineage", description = "Shows which columns a pipeline or a data flow makes from which; runs nothing.",
    mixinStandardHelpOptions = true)
public final class LineageCommand implements Callable<Integer> {
    /** How lineage is written. */
    enum Output { TEXT, JSON, OPENLINEAGE, DOT, SVG }

    @Spec
    private CommandSpec spec;

    @Mixin
    private WorkspaceOptions options;

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "A pipeline's name, else a data flow's.")
    private String name;

    @Option(names = "--run", paramLabel = "RUN",
        description = "A run's id, the beginning of it, or 'last': the events of OpenLineage of its start and end and its activities'.")
    private String run;

    @Option(names = "--output",
        description = "text (default), json, openlineage (an event for each step), svg (a picture), dot (a picture for Graphviz).")
    private Output output = Output.TEXT;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        if ((name == null) == (run == null)) {
            throw new ParameterException(spec.commandLine(), "Give a NAME or --run RUN, one of them");
        }
        Workspace workspace = options.workspace();
        LazuliConfiguration configuration = options.configuration(workspace);
        try (SmallEngine engine = new SmallEngine();
             ScratchEngine scratch = new ScratchEngine();
             ScriptLineage scripts = new ScriptLineage(configuration, scratch)) {
            WorkspaceLineage lineage = new WorkspaceLineage(workspace, engine, configuration, Optional.of(scripts));
            OpenLineageEvents events = new OpenLineageEvents(workspace.name());
            if (run != null) {
                RunRecord record = new RunStore(options.dataDirectory(), LocalServices.mapper()).get(run);
                events.of(record, lineage.ofPipeline(record.request().pipeline())).forEach(out::println);
                return 0;
            }
            boolean flow = !workspace.pipelines().containsKey(name) && workspace.dataFlows().containsKey(name);
            List<LineageStep> steps = flow ? lineage.ofDataFlow(name) : lineage.ofPipeline(name);
            switch (output) {
                case TEXT -> LineageText.print(steps, out);
                case JSON -> out.println(LineageJson.of(steps).toPrettyString());
                case OPENLINEAGE -> events.of(steps, Instant.now()).forEach(out::println);
                case DOT -> out.print(LineageDot.of(LineagePicture.of(steps)));
                case SVG -> out.print(LineageSvg.of(LineagePicture.of(steps)));
            }
        }
        return 0;
    }
}
