package io.lazuli.cli.dataflow;

import io.lazuli.algebra.engine.Execution;
import io.lazuli.algebra.plan.Limit;
import io.lazuli.algebra.plan.NamedExpression;
import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.plan.Project;
import io.lazuli.algebra.source.RowCursor;
import io.lazuli.cli.option.OutputFormat;
import io.lazuli.cli.option.TextTable;
import io.lazuli.datafactory.dataflow.FlowRun;
import io.lazuli.datafactory.run.LocalServices;
import io.lazuli.languages.dataflow.function.FlowTypes;
import io.lazuli.languages.dataflow.transform.FlowColumn;
import io.lazuli.languages.dataflow.transform.FlowStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code lazuli dataflow preview}: the rows at any point of a flow, with types and, if wanted, statistics; nothing is written. */
@Command(name = "preview", description = "Shows the rows at a transformation of a data flow; writes nothing.",
    mixinStandardHelpOptions = true)
final class DataFlowPreview implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private FlowOptions flow;

    @Option(names = "--at", paramLabel = "TRANSFORMATION",
        description = "Where: a transformation, an output as split@output, or a sink (default: the only sink).")
    private String at;

    @Option(names = "--rows", paramLabel = "COUNT", defaultValue = "10", description = "How many rows (10 by default).")
    private int rows;

    @Option(names = "--statistics",
        description = "Adds, over all rows, each column's counts of values, nulls and distinct values, the least, the greatest, the mean.")
    private boolean statistics;

    @Option(names = "--output", description = "text (default) or json.")
    private OutputFormat output = OutputFormat.TEXT;

    @Override
    public Integer call() {
        try (LocalServices services = flow.services(); FlowRun run = at == null
            ? flow.open(services, Execution.UNWATCHED) : flow.open(services, Execution.UNWATCHED, at)) {
            FlowStream stream = run.at(at == null ? run.onlySink() : at);
            List<FlowColumn> columns = stream.visible();
            List<List<JsonNode>> found = rows(run, stream, columns);
            List<ColumnStatistics> figures = statistics ? ColumnStatistics.of(run, stream) : List.of();
            if (output == OutputFormat.JSON) {
                spec.commandLine().getOut().println(json(columns, found, figures).toPrettyString());
            } else {
                print(columns, found, figures);
            }
        }
        return 0;
    }

    private List<List<JsonNode>> rows(FlowRun run, FlowStream stream, List<FlowColumn> columns) {
        List<NamedExpression> fields = columns.stream().map(column -> new NamedExpression(column.field(), column.reference())).toList();
        Plan first = new Project(new Limit(stream.plan(), 0, rows), fields);
        List<List<JsonNode>> found = new ArrayList<>();
        try (RowCursor cursor = run.query(first)) {
            while (cursor.next()) {
                List<JsonNode> row = new ArrayList<>();
                for (int i = 0; i < columns.size(); i++) {
                    row.add(ValueJson.of(cursor.value(i), columns.get(i).type()));
                }
                found.add(row);
            }
        }
        return found;
    }

    private static ObjectNode json(List<FlowColumn> columns, List<List<JsonNode>> found, List<ColumnStatistics> figures) {
        ObjectNode json = JsonMapper.shared().createObjectNode();
        ArrayNode described = json.putArray("columns");
        for (int i = 0; i < columns.size(); i++) {
            ObjectNode column = described.addObject().put("name", columns.get(i).name());
            column.put("type", FlowTypes.name(columns.get(i).type())).put("drifted", columns.get(i).drifted());
            if (!figures.isEmpty()) {
                figures.get(i).addTo(column.putObject("statistics"));
            }
        }
        // After a join two columns may have one name, so that rows are arrays.
        ArrayNode all = json.putArray("rows");
        found.forEach(row -> all.addArray().addAll(row));
        return json;
    }

    private void print(List<FlowColumn> columns, List<List<JsonNode>> found, List<ColumnStatistics> figures) {
        List<List<String>> lines = new ArrayList<>();
        lines.add(columns.stream().map(FlowColumn::name).toList());
        lines.add(columns.stream().map(column -> FlowTypes.name(column.type())).toList());
        found.forEach(row -> lines.add(row.stream().map(ColumnStatistics::cell).toList()));
        TextTable.print(lines, spec.commandLine().getOut());
        if (!figures.isEmpty()) {
            spec.commandLine().getOut().println();
            List<List<String>> table = new ArrayList<>();
            table.add(ColumnStatistics.HEADS);
            for (int i = 0; i < columns.size(); i++) {
                table.add(figures.get(i).cells(columns.get(i).name()));
            }
            TextTable.print(table, spec.commandLine().getOut());
        }
    }
}
