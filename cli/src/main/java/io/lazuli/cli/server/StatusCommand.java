package io.lazuli.cli.server;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.cli.option.OutputFormat;
import io.lazuli.cli.option.WorkspaceOptions;
import io.lazuli.foundation.CommonError;
import io.lazuli.server.RunningServer;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** {@code lazuli status}. */
@Command(name = "status", description = "Tells where the services of this workspace are.", mixinStandardHelpOptions = true)
public final class StatusCommand implements Callable<Integer> {
    @Mixin
    private WorkspaceOptions options;

    @Option(names = "--output", paramLabel = "FORMAT", defaultValue = "text", description = "text or json (default: ${DEFAULT-VALUE}).")
    private OutputFormat output;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() {
        RunningServer server = require(options.dataDirectory());
        PrintWriter out = command.commandLine().getOut();
        if (output == OutputFormat.JSON) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("url", server.url());
            row.put("pid", server.pid());
            row.put("since", server.since().toString());
            row.put("triggers", server.triggers());
            out.println(JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsString(row));
        } else {
            out.printf("Blob Storage and Data Lake Storage at %s, process %d, since %s%n", server.url(), server.pid(), server.since());
            server.triggers().forEach(trigger -> out.printf("Trigger %s  %s  %s%n", trigger.name(), trigger.type(), trigger.when()));
        }
        return 0;
    }

    /** The process that serves a data directory, or {@code NOT_FOUND}. */
    static RunningServer require(Path dataDirectory) {
        return RunningServer.find(dataDirectory).orElseThrow(() -> failure(CommonError.NOT_FOUND,
            "Nothing is served from %s; lazuli up starts it", dataDirectory));
    }
}
