package io.lazuli.cli.run;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code lazuli completion}: a script that teaches bash and zsh the commands. */
@Command(name = "completion", mixinStandardHelpOptions = true,
    description = "Prints a completion script for bash and zsh: source <(lazuli completion)")
public final class CompletionCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().getOut().println(AutoComplete.bash("lazuli", spec.root().commandLine()));
        return 0;
    }
}
