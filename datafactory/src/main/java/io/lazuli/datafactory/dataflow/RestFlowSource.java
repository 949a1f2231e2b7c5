package io.lazuli.datafactory.dataflow;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.engine.Engine;
import io.lazuli.algebra.expression.Call;
import io.lazuli.algebra.expression.ColumnReference;
import io.lazuli.algebra.operator.ConversionOperators;
import io.lazuli.algebra.plan.NamedExpression;
import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.plan.Project;
import io.lazuli.algebra.plan.Scan;
import io.lazuli.algebra.plan.Values;
import io.lazuli.algebra.source.Compression;
import io.lazuli.algebra.source.FileSource;
import io.lazuli.algebra.source.JsonFormat;
import io.lazuli.algebra.source.SourceFile;
import io.lazuli.algebra.type.Field;
import io.lazuli.algebra.type.MapType;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.algebra.type.Schema;
import io.lazuli.datafactory.connector.ResolvedDataset;
import io.lazuli.datafactory.connector.file.Settings;
import io.lazuli.datafactory.connector.http.RestService;
import io.lazuli.datafactory.connector.http.RestSource;
import io.lazuli.datafactory.connector.http.WebEndpoints;
import io.lazuli.foundation.CommonError;
import io.lazuli.languages.dataflow.function.FlowTypes;
import io.lazuli.languages.dataflow.transform.Arguments;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A source of a REST service: a row for each document, with the columns {@code body} and {@code headers}. All pages are fetched into a file
 * when the flow is opened, and the file goes when it is closed.
 */
final class RestFlowSource implements AutoCloseable {
    private static final MapType HEADERS = new MapType(ScalarType.STRING, ScalarType.STRING);

    private final Arguments arguments;
    private final RestOptions options;
    private final Path folder = WebEndpoints.folder();
    private final Path file = folder.resolve("pages.json");
    private long rows;

    RestFlowSource(Arguments arguments, ResolvedDataset dataset, RestService service) {
        this.arguments = arguments;
        this.options = new RestOptions(arguments);
        boolean done = false;
        try (BufferedWriter lines = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            RestSource source = new RestSource(service, withQuery(dataset),
                new Settings(settings(dataset), "source '" + dataset.name() + "'"));
            WebEndpoints.waiting(() -> {
                source.read(options.documentForm().equals("documentPerLine"), (reply, page) -> write(lines, page, reply.namedHeaders()));
                return rows;
            });
            done = true;
        } catch (IOException e) {
            throw failure(CommonError.IO_ERROR, "The pages of '%s' cannot be kept: %s", dataset.name(), e.getMessage(), e);
        } finally {
            if (!done) {
                close();
            }
        }
    }

    private ResolvedDataset withQuery(ResolvedDataset dataset) {
        ObjectNode properties = dataset.typeProperties().deepCopy();
        properties.put("relativeUrl", options.withQuery(properties.path("relativeUrl").asString("")));
        return new ResolvedDataset(dataset.name(), dataset.type(), properties, dataset.schema(), dataset.linkedService(), dataset.place());
    }

    /** What the script says, and where it has no pagination rules those of the dataset, or none. */
    private ObjectNode settings(ResolvedDataset dataset) {
        ObjectNode settings = options.source();
        if (!settings.has("paginationRules") && !dataset.typeProperties().has("paginationRules")) {
            settings.putObject("paginationRules").put("supportRFC5988", "false");
        }
        return settings;
    }

    private void write(BufferedWriter lines, JsonNode page, Map<String, String> headers) {
        boolean elements = page.isArray() && !options.documentForm().equals("singleDocument");
        ObjectNode names = JsonMapper.shared().createObjectNode();
        headers.forEach(names::put);
        for (JsonNode document : elements ? page.values() : List.of(page)) {
            ObjectNode row = JsonMapper.shared().createObjectNode().put("headers", names.toString());
            row.set("body", document);
            try {
                lines.write(JsonMapper.shared().writeValueAsString(row));
                lines.write('\n');
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            rows++;
        }
    }

    Plan rows(Engine engine) {
        if (rows == 0) {
            return new Values(new Schema(arguments.declared("output").stream()
                .map(column -> new Field(column.name(), FlowTypes.of(column.type()))).toList()), List.of());
        }
        FileSource source = new FileSource(List.of(new SourceFile(file, arguments.statement().name())),
            new JsonFormat(JsonFormat.Shape.SET_OF_OBJECTS, "UTF-8", Compression.NONE), Optional.empty());
        Plan scan = new Scan(source, engine.describe(source));
        List<NamedExpression> columns = new ArrayList<>();
        columns.add(new NamedExpression("body", ColumnReference.of(scan.schema().field("body"))));
        columns.add(new NamedExpression("headers",
            new Call(ConversionOperators.FROM_JSON, List.of(ColumnReference.of(scan.schema().field("headers"))), HEADERS)));
        return new Project(scan, columns);
    }

    @Override
    public void close() {
        WebEndpoints.remove(folder);
    }
}
