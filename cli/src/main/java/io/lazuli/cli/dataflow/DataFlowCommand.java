package io.lazuli.cli.dataflow;

import picocli.CommandLine.Command;

/** {@code lazuli dataflow}: mapping data flows. */
@Command(name = "dataflow", description = "Works with mapping data flows.", mixinStandardHelpOptions = true,
    subcommands = DataFlowEval.class)
public final class DataFlowCommand {
}
