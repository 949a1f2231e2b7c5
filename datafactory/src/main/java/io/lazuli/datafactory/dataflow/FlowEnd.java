package io.lazuli.datafactory.dataflow;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.datafactory.connector.ResolvedDataset;
import io.lazuli.datafactory.connector.ResolvedLinkedService;
import io.lazuli.datafactory.connector.file.FileStores;
import io.lazuli.datafactory.connector.http.WebEndpoints;
import io.lazuli.datafactory.workspace.Reference;
import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.NearestName;
import io.lazuli.languages.dataflow.transform.Arguments;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Where a source reads or a sink writes: its dataset, or one made of the options of an inline source or sink. */
final class FlowEnd {
    private static final Map<String, String> FORMATS = Map.of("delimited", "DelimitedText", "json", "Json", "parquet", "Parquet", "avro",
        "Avro", "orc", "Orc", "excel", "Excel", "xml", "Xml", "delta", "Delta");

    private FlowEnd() {
    }

    static ResolvedDataset of(FlowDefinition flow, Arguments arguments, FlowSettings settings) {
        String name = arguments.statement().name();
        Optional<Reference> dataset = flow.dataset(name);
        if (dataset.isPresent()) {
            return settings.datasets().apply(withParameters(dataset.get(), settings.datasetParameters().path(name)));
        }
        Optional<String> store = arguments.text("store");
        if (store.isPresent() && flow.linkedService(name).isEmpty()) {
            throw failure(CommonError.NOT_SUPPORTED, arguments.statement().at(), "'%s' is in the store '%s', which is not supported", name,
                store.get());
        }
        Reference service = flow.linkedService(name).orElseThrow(() -> failure(CommonError.INVALID_ARGUMENT, flow.place(),
            "'%s' of data flow '%s' has neither a dataset nor a linked service", name, flow.name()));
        return inline(arguments, settings.linkedServices().apply(service), flow);
    }

    private static Reference withParameters(Reference reference, JsonNode given) {
        if (!(given instanceof ObjectNode values) || values.isEmpty()) {
            return reference;
        }
        ObjectNode all = reference.parameters().deepCopy();
        all.setAll(values);
        return new Reference(reference.name(), reference.type(), all, reference.place());
    }

    private static ResolvedDataset inline(Arguments arguments, ResolvedLinkedService service, FlowDefinition flow) {
        String format = arguments.text("format").orElse("");
        ObjectNode properties = JsonMapper.shared().createObjectNode();
        if (service.type().equals(WebEndpoints.REST)) {
            arguments.text("entity").ifPresent(entity -> properties.put("relativeUrl", entity));
            return new ResolvedDataset(arguments.statement().name(), "RestResource", properties, null, service, flow.place());
        }
        if (!FileStores.isFileStore(service.type())) {
            arguments.text("schemaName").ifPresent(schema -> properties.put("schema", schema));
            arguments.text("tableName").ifPresent(table -> properties.put("table", table));
            return new ResolvedDataset(arguments.statement().name(), "AzureSqlTable", properties, null, service, flow.place());
        }
        String type = FORMATS.get(format);
        if (type == null) {
            throw failure(CommonError.NOT_SUPPORTED, arguments.statement().at(), "The inline format '%s' is not supported; there are %s%s",
                format, FORMATS.keySet().stream().sorted().toList(), NearestName.hint(format, FORMATS.keySet()));
        }
        ObjectNode location = properties.putObject("location");
        boolean blob = service.type().startsWith("AzureBlobStorage") || service.type().equals("AzureStorage");
        location.put("type", service.type() + "Location");
        arguments.text("fileSystem").or(() -> arguments.text("container"))
            .ifPresent(container -> location.put(blob ? "container" : "fileSystem", container));
        arguments.text("folderPath").ifPresent(folder -> location.put("folderPath", folder));
        arguments.text("fileName").ifPresent(file -> location.put("fileName", file));
        format(arguments, properties);
        return new ResolvedDataset(arguments.statement().name(), type, properties, null, service, flow.place());
    }

    private static void format(Arguments arguments, ObjectNode properties) {
        Map<String, String> texts = Map.of("columnDelimiter", "columnDelimiter", "rowDelimiter", "rowDelimiter", "quoteChar", "quoteChar",
            "escapeChar", "escapeChar", "nullValue", "nullValue", "encoding", "encodingName", "compressionCodec", "compressionCodec",
            "sheetName", "sheetName", "range", "range");
        texts.forEach((option, property) -> arguments.text(option).ifPresent(value -> properties.put(property, value)));
        properties.put("firstRowAsHeader",
            arguments.flag("columnNamesAsHeader", false) || arguments.flag("firstRowAsHeader", false));
        arguments.number("sheetIndex").ifPresent(index -> properties.put("sheetIndex", index));
        arguments.text("compressionType").filter(type -> !type.equals("none")).ifPresent(type -> {
            properties.putObject("compression").put("type", type);
            properties.put("compressionCodec", type);
        });
    }
}
