package io.lazuli.datafactory.connector.file;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.source.AvroFormat;
import io.lazuli.algebra.source.DelimitedFormat;
import io.lazuli.algebra.source.FileFormat;
import io.lazuli.algebra.source.JsonFormat;
import io.lazuli.algebra.source.OrcFormat;
import io.lazuli.algebra.source.ParquetFormat;
import io.lazuli.datafactory.connector.ResolvedDataset;
import io.lazuli.foundation.CommonError;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** The {@code format} objects of datasets from before formats were dataset types. */
final class OlderFormats {
    private static final Set<String> TYPES = Set.of(
        "AzureBlob", "AzureBlobFSFile", "AzureDataLakeStoreFile", "FileShare");
    private static final Map<String, JsonFormat.Shape> JSON_SHAPES = Map.of(
        "setOfObjects", JsonFormat.Shape.SET_OF_OBJECTS, "arrayOfObjects", JsonFormat.Shape.ARRAY_OF_OBJECTS);
    private static final Map<String, String> FORMATS = Map.of("TextFormat", "text", "JsonFormat", "json", "ParquetFormat", "parquet",
        "AvroFormat", "avro", "OrcFormat", "orc");

    private OlderFormats() {
    }

    static boolean isOlder(String datasetType) {
        return TYPES.contains(datasetType);
    }

    /** The compression stands beside the format, in the dataset's own properties. */
    static FileFormat format(ResolvedDataset dataset, Settings properties) {
        Settings format = properties.object("format");
        return switch (format.choice("type", FORMATS).orElseThrow()) {
            case "text" -> text(format, properties);
            case "json" -> json(dataset, format, properties);
            case "parquet" -> new ParquetFormat("snappy");
            case "avro" -> new AvroFormat("none", null, null);
            default -> new OrcFormat("zlib");
        };
    }

    private static DelimitedFormat text(Settings format, Settings properties) {
        boolean emptyIsNull = format.flag("treatEmptyAsNull", true);
        String nullValue = format.exactText("nullValue").orElse(emptyIsNull ? "" : "\\N");
        if (emptyIsNull && format.has("treatEmptyAsNull") && !nullValue.isEmpty()) {
            throw format.wrong("treatEmptyAsNull", "true", "false beside nullValue '" + nullValue + "': only one text can stand for null");
        }
        return new DelimitedFormat(
            format.exactText("columnDelimiter").orElse(","),
            DatasetFormats.oneCharacter(format, "quoteChar", ""),
            DatasetFormats.oneCharacter(format, "escapeChar", format.text("quoteChar").orElse("")),
            format.text("rowDelimiter").orElse(""),
            format.flag("firstRowAsHeader", false),
            nullValue,
            FileCompression.encoding(format),
            format.integer("skipLineCount").orElse(0),
            true,
            false,
            FileCompression.of(properties));
    }

    private static JsonFormat json(ResolvedDataset dataset, Settings format, Settings properties) {
        for (String name : new String[] {"jsonNodeReference", "jsonPathDefinition"}) {
            JsonNode value = format.json().path(name);
            if (value.isContainer() ? !value.isEmpty() : format.text(name).isPresent()) {
                throw failure(CommonError.NOT_SUPPORTED, dataset.place(),
                    "Property format.%s of dataset '%s' is not supported; a Copy activity's translator maps nested values",
                    name, dataset.name());
            }
        }
        return new JsonFormat(format.choice("filePattern", JSON_SHAPES).orElse(JsonFormat.Shape.SET_OF_OBJECTS),
            FileCompression.encoding(format), FileCompression.of(properties));
    }
}
