package io.lazuli.cli;

import io.lazuli.cli.check.CheckCommand;
import io.lazuli.cli.lake.LakeCommand;
import io.lazuli.cli.lake.PreviewCommand;
import io.lazuli.cli.run.CancelCommand;
import io.lazuli.cli.run.CompletionCommand;
import io.lazuli.cli.run.RerunCommand;
import io.lazuli.cli.run.ResumeCommand;
import io.lazuli.cli.run.RunCommand;
import io.lazuli.cli.run.RunsCommand;
import io.lazuli.cli.run.SecretCommand;
import io.lazuli.cli.run.TriggerCommand;
import io.lazuli.cli.sample.SampleCommand;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The {@code lazuli} command. */
@Command(
    name = "lazuli",
    description = "Runs Azure data platform artifacts on this machine.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = {
        CancelCommand.class,
        CheckCommand.class,
        CompletionCommand.class,
        RerunCommand.class,
        ResumeCommand.class,
        RunCommand.class,
        RunsCommand.class,
        SecretCommand.class,
        TriggerCommand.class,
        EvalCommand.class,
        SampleCommand.class,
        LakeCommand.class,
        PreviewCommand.class,
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
        "0:done",
        "1:the run failed, or a check found errors",
        "2:the command line is wrong",
        "3:the command could not do its work",
        "130:cancelled"
    })
public final class Lazuli {
    private Lazuli() {
    }

    public static void main(String[] arguments) {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter error = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        System.exit(commandLine(out, error).execute(arguments));
    }

    /** The command with its streams; tests call this. */
    public static CommandLine commandLine(PrintWriter out, PrintWriter error) {
        return new CommandLine(new Lazuli())
            .setOut(out)
            .setErr(error)
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setExecutionExceptionHandler(new Failures());
    }
}
