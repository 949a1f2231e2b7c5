package io.lazuli.cli;

import io.lazuli.cli.check.CheckCommand;
import io.lazuli.cli.check.InitCommand;
import io.lazuli.cli.dataflow.DataFlowCommand;
import io.lazuli.cli.lake.LakeCommand;
import io.lazuli.cli.lake.PreviewCommand;
import io.lazuli.cli.lineage.LineageCommand;
import io.lazuli.cli.run.CancelCommand;
import io.lazuli.cli.run.CompletionCommand;
import io.lazuli.cli.run.RerunCommand;
import io.lazuli.cli.run.ResumeCommand;
import io.lazuli.cli.run.RunCommand;
import io.lazuli.cli.run.RunsCommand;
import io.lazuli.cli.run.SecretCommand;
import io.lazuli.cli.run.SqlCommand;
import io.lazuli.cli.run.TriggerCommand;
import io.lazuli.cli.sample.SampleCommand;
import io.lazuli.cli.server.AuditCommand;
import io.lazuli.cli.server.DownCommand;
import io.lazuli.cli.server.EnvironmentCommand;
import io.lazuli.cli.server.LogsCommand;
import io.lazuli.cli.server.StatusCommand;
import io.lazuli.cli.server.TokenCommand;
import io.lazuli.cli.server.UpCommand;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The {@code lazuli} command. */
@Command(
    name = "lazuli",
    description = "Runs Azure data platform artifacts on this machine.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
        "0:done",
        "1:the run failed, or a check found errors",
        "2:the command line is wrong",
        "3:the command could not do its work",
        "130:cancelled"
    })
public final class Lazuli {
    private static final Map<String, Class<?>> COMMANDS = new LinkedHashMap<>();

    static {
        COMMANDS.put("run", RunCommand.class);
        COMMANDS.put("check", CheckCommand.class);
        COMMANDS.put("runs", RunsCommand.class);
        COMMANDS.put("resume", ResumeCommand.class);
        COMMANDS.put("rerun", RerunCommand.class);
        COMMANDS.put("cancel", CancelCommand.class);
        COMMANDS.put("trigger", TriggerCommand.class);
        COMMANDS.put("preview", PreviewCommand.class);
        COMMANDS.put("dataflow", DataFlowCommand.class);
        COMMANDS.put("lineage", LineageCommand.class);
        COMMANDS.put("lake", LakeCommand.class);
        COMMANDS.put("up", UpCommand.class);
        COMMANDS.put("status", StatusCommand.class);
        COMMANDS.put("down", DownCommand.class);
        COMMANDS.put("env", EnvironmentCommand.class);
        COMMANDS.put("logs", LogsCommand.class);
        COMMANDS.put("token", TokenCommand.class);
        COMMANDS.put("audit", AuditCommand.class);
        COMMANDS.put("sql", SqlCommand.class);
        COMMANDS.put("secret", SecretCommand.class);
        COMMANDS.put("eval", EvalCommand.class);
        COMMANDS.put("init", InitCommand.class);
        COMMANDS.put("sample", SampleCommand.class);
        COMMANDS.put("completion", CompletionCommand.class);
    }

    private Lazuli() {
    }

    public static void main(String[] arguments) {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter error = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        int code = commandLine(out, error, arguments).execute(arguments);
        out.flush();
        System.exit(code);
    }

    /** The command with its streams; tests call this. */
    public static CommandLine commandLine(PrintWriter out, PrintWriter error) {
        return commandLine(out, error, new String[0]);
    }

    /** Reading a command's options takes a fifth of a start, so that only those are read that the arguments can mean. */
    private static CommandLine commandLine(PrintWriter out, PrintWriter error, String... arguments) {
        CommandLine line = new CommandLine(new Lazuli());
        needed(COMMANDS, arguments, 0).forEach(name -> {
            CommandLine command = new CommandLine(COMMANDS.get(name));
            if (name.equals("dataflow")) {
                Map<String, Class<?>> below = DataFlowCommand.commands();
                needed(below, arguments, 1).forEach(each -> command.addSubcommand(each, below.get(each)));
            }
            line.addSubcommand(name, command);
        });
        return line.setOut(out).setErr(error).setCaseInsensitiveEnumValuesAllowed(true).setExecutionExceptionHandler(new Failures())
            .setParameterExceptionHandler(new Misuse(line.getParameterExceptionHandler()));
    }

    private static Collection<String> needed(Map<String, Class<?>> commands, String[] arguments, int at) {
        String name = at < arguments.length ? arguments[at] : "";
        if (List.of("-V", "--version").contains(name)) {
            return List.of();
        }
        return commands.containsKey(name) && !name.equals("completion") ? List.of(name) : commands.keySet();
    }
}
