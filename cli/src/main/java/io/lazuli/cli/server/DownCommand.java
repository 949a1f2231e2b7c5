package io.lazuli.cli.server;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.cli.option.WorkspaceOptions;
import io.lazuli.foundation.CommonError;
import io.lazuli.server.RunningServer;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code lazuli down}. */
@Command(name = "down", description = "Stops the services of this workspace.", mixinStandardHelpOptions = true)
public final class DownCommand implements Callable<Integer> {
    private static final int PATIENCE_SECONDS = 20;

    @Mixin
    private WorkspaceOptions options;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() throws Exception {
        RunningServer server = StatusCommand.require(options.dataDirectory());
        ProcessHandle process = ProcessHandle.of(server.pid()).orElseThrow(() -> failure(CommonError.NOT_FOUND,
            "Process %d, which serves the lake, cannot be seen from here", server.pid()));
        process.destroy();
        try {
            process.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException slow) {
            throw failure(CommonError.TIMEOUT, "Process %d has not ended within %d s", server.pid(), PATIENCE_SECONDS, slow);
        }
        command.commandLine().getOut().printf("Stopped process %d%n", server.pid());
        return 0;
    }
}
