package io.lazuli.cli.lake;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.engine.Execution;
import io.lazuli.algebra.engine.Session;
import io.lazuli.algebra.plan.Scan;
import io.lazuli.algebra.source.FileSource;
import io.lazuli.algebra.source.RowCursor;
import io.lazuli.algebra.source.SourceFile;
import io.lazuli.algebra.type.Field;
import io.lazuli.cli.option.ParameterText;
import io.lazuli.cli.option.TextTable;
import io.lazuli.cli.option.WorkspaceOptions;
import io.lazuli.datafactory.activity.file.InterimType;
import io.lazuli.datafactory.connector.DatasetResolver;
import io.lazuli.datafactory.connector.JsonValue;
import io.lazuli.datafactory.connector.ResolvedDataset;
import io.lazuli.datafactory.connector.SqlRow;
import io.lazuli.datafactory.connector.file.DatasetFormats;
import io.lazuli.datafactory.connector.file.FileLocation;
import io.lazuli.datafactory.connector.file.FileSelection;
import io.lazuli.datafactory.connector.sql.SqlBatch;
import io.lazuli.datafactory.connector.sql.SqlDatabase;
import io.lazuli.datafactory.connector.sql.SqlTableName;
import io.lazuli.datafactory.run.LocalServices;
import io.lazuli.datafactory.workspace.Reference;
import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.Place;
import io.lazuli.languages.pipeline.Scope;
import io.lazuli.languages.tsql.session.BatchResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code lazuli preview}: the first rows of a dataset and the types of its columns. */
@Command(name = "preview", description = "Shows the first rows of a dataset and the types of its columns.", mixinStandardHelpOptions = true)
public final class PreviewCommand implements Callable<Integer> {
    /** How the rows are written. */
    enum Output { TEXT, JSON }

    @Spec
    private CommandSpec spec;

    @Mixin
    private WorkspaceOptions options;

    @Parameters(paramLabel = "DATASET", description = "The dataset's name.")
    private String dataset;

    @Option(names = "--param", paramLabel = "NAME=VALUE",
        description = "A parameter of the dataset; the value is JSON if it can be read as such, else a text.")
    private Map<String, String> parameters = new LinkedHashMap<>();

    @Option(names = "--rows", paramLabel = "COUNT", defaultValue = "10", description = "How many rows (10 by default).")
    private int rows;

    @Option(names = "--output", defaultValue = "TEXT", description = "text (the default) or json.")
    private Output output;

    @Override
    public Integer call() {
        try (LocalServices services = options.services()) {
            Reference reference = new Reference(dataset, "DatasetReference", values(), Place.UNKNOWN);
            ResolvedDataset resolved = new DatasetResolver(services.workspace(), services.configuration())
                .resolve(reference, Scope.at(services.clock().instant()));
            if (services.databases().isDatabase(resolved.linkedService())) {
                previewTable(services.databases().open(resolved.linkedService()), resolved);
            } else {
                previewFiles(services, scan(services, resolved));
            }
        }
        return 0;
    }

    private void previewTable(SqlDatabase database, ResolvedDataset table) {
        SqlBatch query = new SqlBatch("SELECT * FROM " + database.name(SqlTableName.required(table)), Map.of(), Optional.empty(), rows);
        BatchResult.ResultSet result = database.run(query, Execution.UNWATCHED).resultSets().getFirst();
        print(result.columns().stream().map(column -> new Field(column.name(), column.type().dataType())).toList(),
            result.rows().stream().map(row -> SqlRow.json(result.columns(), row)).toList());
    }

    private void previewFiles(LocalServices services, Scan scan) {
        List<ObjectNode> found = new ArrayList<>();
        try (Session session = services.engine().open(); RowCursor cursor = session.query(scan, Execution.UNWATCHED)) {
            while (found.size() < rows && cursor.next()) {
                found.add(JsonValue.row(cursor));
            }
        }
        print(scan.schema().fields(), found);
    }

    private ObjectNode values() {
        ObjectNode values = JsonMapper.shared().createObjectNode();
        parameters.forEach((name, text) -> values.set(name, ParameterText.value(text)));
        return values;
    }

    private static Scan scan(LocalServices services, ResolvedDataset dataset) {
        if (!FileLocation.isFiles(dataset)) {
            throw failure(CommonError.NOT_SUPPORTED, dataset.place(), "Preview of dataset '%s' of type %s is not supported",
                dataset.name(), dataset.type());
        }
        FileSelection selection = FileSelection.select(
            services.files().open(dataset.linkedService()), FileLocation.of(dataset), null);
        if (selection.files().isEmpty()) {
            throw failure(CommonError.NOT_FOUND, dataset.place(), "Dataset '%s' has no files yet", dataset.name());
        }
        FileSource source = new FileSource(
            selection.files().stream().map(file -> new SourceFile(file.file(), file.name())).toList(),
            DatasetFormats.format(dataset, null), Optional.empty());
        return new Scan(source, services.engine().describe(source));
    }

    private void print(List<Field> fields, List<ObjectNode> found) {
        if (output == Output.JSON) {
            ObjectNode json = JsonMapper.shared().createObjectNode();
            var columns = json.putArray("columns");
            fields.forEach(field -> columns.addObject().put("name", field.name()).put("type", InterimType.name(field.type())));
            json.putArray("rows").addAll(found);
            spec.commandLine().getOut().println(json.toPrettyString());
            return;
        }
        List<List<String>> lines = new ArrayList<>();
        lines.add(fields.stream().map(Field::name).toList());
        lines.add(fields.stream().map(field -> InterimType.name(field.type())).toList());
        found.forEach(row -> lines.add(fields.stream().map(field -> cell(row.path(field.name()))).toList()));
        TextTable.print(lines, spec.commandLine().getOut());
    }

    private static String cell(JsonNode value) {
        return TextTable.cell(value.isNull() ? "NULL" : value.isString() ? value.asString() : value.toString());
    }
}
