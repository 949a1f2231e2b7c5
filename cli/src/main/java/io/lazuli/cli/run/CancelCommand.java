package io.lazuli.cli.run;

import io.lazuli.cli.option.WorkspaceOptions;
import io.lazuli.datafactory.run.DataDirectory;
import io.lazuli.datafactory.run.LocalServices;
import io.lazuli.datafactory.run.RunRecord;
import io.lazuli.datafactory.run.RunStore;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lazuli cancel RUN}. */
@Command(name = "cancel", description = "Cancels a run of another process, or ends an interrupted one.", mixinStandardHelpOptions = true)
public final class CancelCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private WorkspaceOptions options;

    @Parameters(paramLabel = "RUN", description = "The run's id, the beginning of it, or 'last'.")
    private String run;

    @Override
    public Integer call() {
        Path data = options.dataDirectory();
        RunStore store = new RunStore(data, LocalServices.mapper());
        RunRecord record = store.get(run);
        store.cancel(record, new DataDirectory(data));
        spec.commandLine().getOut().println("Cancelling " + record.request().runId());
        return 0;
    }
}
