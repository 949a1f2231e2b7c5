package io.lazuli.cli.run;

import io.lazuli.algebra.engine.Execution;
import io.lazuli.cli.option.OutputFormat;
import io.lazuli.cli.option.WorkspaceOptions;
import io.lazuli.datafactory.connector.SqlRow;
import io.lazuli.datafactory.connector.sql.SqlBatch;
import io.lazuli.datafactory.connector.sql.SqlDatabase;
import io.lazuli.datafactory.connector.sql.SqlServerAddress;
import io.lazuli.datafactory.run.LocalServices;
import io.lazuli.languages.tsql.session.BatchResult;
import io.lazuli.languages.tsql.session.BatchResult.AffectedRows;
import io.lazuli.languages.tsql.session.BatchResult.Message;
import io.lazuli.languages.tsql.session.BatchResult.ResultSet;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code lazuli sql}: runs T-SQL on a database of the data directory. */
@Command(name = "sql", description = "Runs T-SQL on a local database.", mixinStandardHelpOptions = true)
public final class SqlCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private WorkspaceOptions options;

    @Parameters(paramLabel = "SERVER/DATABASE", description = "Such as contoso.database.windows.net/sales.")
    private String database;

    @ArgGroup(multiplicity = "1")
    private Script script;

    @Option(names = "--output", description = "text (default) or json.")
    private OutputFormat output = OutputFormat.TEXT;

    /** Where the script is. */
    private static final class Script {
        @Option(names = {"-q", "--query"}, paramLabel = "TEXT", description = "The script itself.")
        private String text;

        @Option(names = {"-f", "--file"}, paramLabel = "FILE", description = "The script's file, - for standard input.")
        private Path file;

        String read() throws IOException {
            if (text != null) {
                return text;
            }
            return file.toString().equals("-") ? new String(System.in.readAllBytes(), StandardCharsets.UTF_8) : Files.readString(file);
        }
    }

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        try (LocalServices services = options.services()) {
            SqlDatabase local = services.databases().local(SqlServerAddress.parse(database).key());
            BatchResult result = local.run(SqlBatch.of(script.read()), Execution.UNWATCHED);
            if (output == OutputFormat.JSON) {
                out.println(services.json().writerWithDefaultPrettyPrinter().writeValueAsString(json(result, services)));
            } else {
                result.results().forEach(each -> print(each, out));
            }
        }
        return 0;
    }

    private static ArrayNode json(BatchResult result, LocalServices services) {
        ArrayNode all = services.json().createArrayNode();
        for (BatchResult.Result each : result.results()) {
            ObjectNode node = all.addObject();
            switch (each) {
                case ResultSet set -> {
                    ArrayNode rows = node.putArray("rows");
                    set.rows().forEach(row -> rows.add(SqlRow.json(set.columns(), row)));
                }
                case AffectedRows rows -> node.put("recordsAffected", rows.count());
                case Message message -> node.put("message", message.text());
            }
        }
        return all;
    }

    private static void print(BatchResult.Result result, PrintWriter out) {
        switch (result) {
            case ResultSet set -> printTable(set, out);
            case AffectedRows rows -> out.println("(" + rows.count() + (rows.count() == 1 ? " row affected)" : " rows affected)"));
            case Message message -> out.println(message.text());
        }
    }

    private static void printTable(ResultSet set, PrintWriter out) {
        List<List<String>> lines = new ArrayList<>();
        lines.add(set.columns().stream().map(BatchResult.Column::name).toList());
        for (List<Object> row : set.rows()) {
            ObjectNode json = SqlRow.json(set.columns(), row);
            lines.add(json.properties().stream().map(entry -> entry.getValue().isNull() ? "NULL" : entry.getValue().asString()).toList());
        }
        List<Integer> widths = new ArrayList<>();
        for (int i = 0; i < set.columns().size(); i++) {
            int column = i;
            widths.add(lines.stream().mapToInt(line -> line.get(column).length()).max().orElse(0));
        }
        for (int i = 0; i < lines.size(); i++) {
            out.println(line(lines.get(i), widths));
            if (i == 0) {
                out.println(line(widths.stream().map("-"::repeat).toList(), widths));
            }
        }
        out.println("(" + set.rows().size() + (set.rows().size() == 1 ? " row)" : " rows)"));
    }

    private static String line(List<String> cells, List<Integer> widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            line.append(i == 0 ? "" : "  ").append(cells.get(i)).append(" ".repeat(widths.get(i) - cells.get(i).length()));
        }
        return line.toString().stripTrailing();
    }
}
