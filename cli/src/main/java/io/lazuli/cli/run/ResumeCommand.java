package io.lazuli.cli.run;

import io.lazuli.cli.option.OutputFormat;
import io.lazuli.cli.option.WorkspaceOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lazuli resume RUN}. */
@Command(name = "resume", description = "Continues an interrupted run; what had succeeded is not repeated.",
    mixinStandardHelpOptions = true)
public final class ResumeCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private WorkspaceOptions options;

    @Parameters(paramLabel = "RUN", description = "The run's id, the beginning of it, or 'last'.")
    private String run;

    @Option(names = "--changed", description = "Continue although the pipeline's definition has changed since the run began.")
    private boolean changed;

    @Option(names = "--output", description = "text (default) or json.")
    private OutputFormat output = OutputFormat.TEXT;

    @Override
    public Integer call() throws InterruptedException {
        return new Session(spec, options, output).run((runner, services, ended) -> ended.add(runner.resume(run, changed)));
    }
}
