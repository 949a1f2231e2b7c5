package io.lazuli.cli.run;

import io.lazuli.cli.option.OutputFormat;
import io.lazuli.cli.option.WorkspaceOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lazuli rerun RUN}. */
@Command(name = "rerun", mixinStandardHelpOptions = true,
    description = "Runs activities of an ended run again, with all that depend on them; the rest is taken over.")
public final class RerunCommand implements Callable<Integer> {
    /** Where to begin. */
    private static final class From {
        @Option(names = "--from", paramLabel = "ACTIVITY", description = "An activity to begin with. May be repeated.")
        private List<String> activities = new ArrayList<>();

        @Option(names = "--from-failed", description = "Begin with the activities that failed or were cancelled.")
        private boolean failed;
    }

    @Spec
    private CommandSpec spec;

    @Mixin
    private WorkspaceOptions options;

    @Parameters(paramLabel = "RUN", description = "The run's id, the beginning of it, or 'last'.")
    private String run;

    @ArgGroup(multiplicity = "1")
    private From from;

    @Option(names = "--output", description = "text (default) or json.")
    private OutputFormat output = OutputFormat.TEXT;

    @Override
    public Integer call() throws InterruptedException {
        return new Session(spec, options, output).run((runner, services, ended) ->
            ended.add(runner.rerun(run, UUID.randomUUID().toString(), from.failed ? List.of() : from.activities)));
    }
}
