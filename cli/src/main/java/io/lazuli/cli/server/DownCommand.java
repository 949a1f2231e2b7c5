package io.lazuli.cli.server;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.cli.option.WorkspaceOptions;
import io.lazuli.foundation.CommonError;
import io.lazuli.server.RunningServer;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lazuli down}. */
@Command(name = "down", description = "Stops the services of this workspace.", mixinStandardHelpOptions = true)
public final class DownCommand implements Callable<Integer> {
    private static final int KILL_SECONDS = 20;

    @Mixin
    private WorkspaceOptions options;

    @Option(names = "--timeout", paramLabel = "SECONDS", defaultValue = "20",
        description = "How long it may take (default: ${DEFAULT-VALUE}).")
    private int timeout;

    @Option(names = "--force", description = "Kill it when it has not ended in that time; what was acknowledged is kept.")
    private boolean force;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() throws Exception {
        if (timeout < 1) {
            throw failure(CommonError.INVALID_ARGUMENT, "--timeout is %d; expected 1 second or more", timeout);
        }
        RunningServer server = StatusCommand.require(options.dataDirectory());
        ProcessHandle process = ProcessHandle.of(server.pid()).orElseThrow(() -> failure(CommonError.NOT_FOUND,
            "Process %d, which serves the lake, cannot be seen from here", server.pid()));
        process.destroy();
        String done = "Stopped";
        try {
            process.onExit().get(timeout, TimeUnit.SECONDS);
        } catch (TimeoutException slow) {
            if (!force) {
                throw failure(CommonError.TIMEOUT, "Process %d has not ended within %d s. It may still; lazuli down --force kills it, and "
                    + "what was acknowledged is kept", server.pid(), timeout, slow);
            }
            kill(process);
            done = "Killed";
        }
        command.commandLine().getOut().printf("%s process %d%n", done, server.pid());
        return 0;
    }

    private static void kill(ProcessHandle process) throws InterruptedException, ExecutionException {
        process.destroyForcibly();
        try {
            process.onExit().get(KILL_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException stuck) {
            throw failure(CommonError.TIMEOUT, "Process %d was killed and has not ended within %d s: it waits for the operating system, "
                + "as for a disk that does not answer", process.pid(), KILL_SECONDS, stuck);
        }
    }
}
