package io.lazuli.cli.dataflow;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;

/** {@code lazuli dataflow}: mapping data flows. */
@Command(name = "dataflow", description = "Works with mapping data flows.", mixinStandardHelpOptions = true)
public final class DataFlowCommand {
    private static final Map<String, Class<?>> COMMANDS = new LinkedHashMap<>();

    static {
        COMMANDS.put("run", DataFlowRun.class);
        COMMANDS.put("preview", DataFlowPreview.class);
        COMMANDS.put("explain", DataFlowExplain.class);
        COMMANDS.put("eval", DataFlowEval.class);
        COMMANDS.put("functions", DataFlowFunctions.class);
    }

    /** The commands below this one, by name. */
    public static Map<String, Class<?>> commands() {
        return COMMANDS;
    }
}
