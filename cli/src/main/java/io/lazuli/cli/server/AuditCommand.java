package io.lazuli.cli.server;

import io.lazuli.cli.option.OutputFormat;
import io.lazuli.cli.option.TextTable;
import io.lazuli.cli.option.WorkspaceOptions;
import io.lazuli.governance.audit.AuditEvent;
import io.lazuli.governance.audit.AuditJournal;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** {@code lazuli audit}. */
@Command(name = "audit", description = "Shows the requests that were refused and the changes of rights, the last ones first.",
    mixinStandardHelpOptions = true)
public final class AuditCommand implements Callable<Integer> {
    @Mixin
    private WorkspaceOptions options;

    @Option(names = "--last", paramLabel = "NUMBER", defaultValue = "20", description = "How many (default: ${DEFAULT-VALUE}).")
    private int last;

    @Option(names = "--output", paramLabel = "FORMAT", defaultValue = "text", description = "text or json (default: ${DEFAULT-VALUE}).")
    private OutputFormat output;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() {
        List<AuditEvent> events;
        try (AuditJournal journal = new AuditJournal(options.dataDirectory())) {
            events = journal.read();
        }
        List<AuditEvent> shown = events.reversed().subList(0, Math.clamp(last, 0, events.size()));
        PrintWriter out = command.commandLine().getOut();
        if (output == OutputFormat.JSON) {
            out.println(JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsString(shown));
            return 0;
        }
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("TIME", "WHO", "BY", "OPERATION", "RESOURCE", "OUTCOME"));
        shown.forEach(event -> rows.add(List.of(event.time().toString(), who(event), event.authentication(), event.operation(),
            TextTable.cell(event.resource()), event.code() == null ? event.outcome() : event.outcome() + ": " + event.code())));
        TextTable.print(rows, out);
        return 0;
    }

    private static String who(AuditEvent event) {
        return event.name() != null ? event.name() : event.principal() != null ? event.principal() : "-";
    }
}
