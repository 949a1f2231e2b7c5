package io.lazuli.cli.dataflow;

import picocli.CommandLine.Command;

/** {@code lazuli dataflow}: mapping data flows. */
@Command(name = "dataflow", description = "Works with mapping data flows.", mixinStandardHelpOptions = true,
    subcommands = {DataFlowRun.class, DataFlowPreview.class, DataFlowExplain.class, DataFlowEval.class,
        DataFlowFunctions.class})
public final class DataFlowCommand {
}
