package io.lazuli.cli.check;

import io.lazuli.cli.option.SmallEngine;
import io.lazuli.cli.option.WorkspaceOptions;
import io.lazuli.datafactory.check.Checker;
import io.lazuli.datafactory.check.Finding;
import io.lazuli.datafactory.check.LocatedFinding;
import io.lazuli.datafactory.check.Severity;
import io.lazuli.datafactory.workspace.Workspace;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lazuli check}: reads a whole workspace without running it, and tells what is wrong with it. */
@Command(
    name = "check",
    description = "Checks a workspace without running it.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:no errors, though there may be warnings", "1:errors", "2:the command line is wrong", "3:there is no workspace"})
public final class CheckCommand implements Callable<Integer> {
    /** How findings are written. */
    enum Output { TEXT, JSON, SARIF }

    @Spec
    private CommandSpec spec;

    @Mixin
    private WorkspaceOptions options;

    @Option(names = "--output", description = "text (the default), json, or sarif (2.1.0) for code hosts.")
    private Output output = Output.TEXT;

    @Option(names = "--severity", defaultValue = "info", description = "The least that is shown: error, warning or info (the default).")
    private Severity least;

    @Override
    public Integer call() {
        Workspace loaded = options.workspace();
        List<Finding> all;
        try (SmallEngine engine = new SmallEngine()) {
            all = new Checker(loaded, options.configuration(loaded), engine).check();
        }
        List<LocatedFinding> shown = LocatedFinding.locate(
            all.stream().filter(finding -> finding.severity().compareTo(least) <= 0).toList());
        PrintWriter out = spec.commandLine().getOut();
        CheckReport report = new CheckReport(loaded, all, shown, Path.of("").toAbsolutePath());
        switch (output) {
            case TEXT -> report.text(out);
            case JSON -> out.println(report.json().toPrettyString());
            case SARIF -> out.println(new SarifReport(shown, Path.of("").toAbsolutePath()).json().toPrettyString());
        }
        out.flush();
        return all.stream().anyMatch(finding -> finding.severity() == Severity.ERROR) ? 1 : 0;
    }
}
