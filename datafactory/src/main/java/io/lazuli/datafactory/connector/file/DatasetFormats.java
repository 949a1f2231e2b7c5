package io.lazuli.datafactory.connector.file;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.source.AvroFormat;
import io.lazuli.algebra.source.Compression;
import io.lazuli.algebra.source.DelimitedFormat;
import io.lazuli.algebra.source.ExcelFormat;
import io.lazuli.algebra.source.FileFormat;
import io.lazuli.algebra.source.JsonFormat;
import io.lazuli.algebra.source.OrcFormat;
import io.lazuli.algebra.source.ParquetFormat;
import io.lazuli.algebra.source.XmlFormat;
import io.lazuli.datafactory.connector.ResolvedDataset;
import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.NearestName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Turns a dataset's type and properties, with the format settings of a source or a sink, into the format of its files. Every value is
 * taken or refused: {@code INVALID_SETTING} names those allowed.
 */
public final class DatasetFormats {
    private static final List<String> FORMATS = List.of("DelimitedText", "Json", "Parquet", "Avro", "Orc", "Excel", "Xml", "Binary");

    private static final Map<String, String> PARQUET_CODECS = codecs("none", "snappy", "gzip", "lz4", "zstd");
    private static final Map<String, String> AVRO_CODECS = codecs("none", "deflate", "snappy", "bzip2");
    private static final Map<String, String> ORC_CODECS = codecs("none", "zlib", "snappy");
    private static final Map<String, JsonFormat.Shape> JSON_SHAPES = Map.of(
        "setOfObjects", JsonFormat.Shape.SET_OF_OBJECTS, "arrayOfObjects", JsonFormat.Shape.ARRAY_OF_OBJECTS);
    private static final Map<String, XmlFormat.ValidationMode> XML_VALIDATION = Map.of(
        "none", XmlFormat.ValidationMode.NONE, "xsd", XmlFormat.ValidationMode.XSD, "dtd", XmlFormat.ValidationMode.DTD);

    private DatasetFormats() {
    }

    /** Whether a dataset's files are copied as they are, without looking at rows. */
    public static boolean isBinary(ResolvedDataset dataset) {
        return dataset.type().equals("Binary")
            || OlderFormats.isOlder(dataset.type()) && !dataset.typeProperties().path("format").path("type").isString();
    }

    /**
     * The format of a dataset's files; {@code NOT_SUPPORTED} for a binary dataset, which has no rows, and for types without files.
     *
     * @param formatSettings of the source or sink, evaluated, null for none
     */
    public static FileFormat format(ResolvedDataset dataset, JsonNode formatSettings) {
        Settings properties = new Settings(dataset.typeProperties(), "dataset '" + dataset.name() + "'");
        Settings settings = new Settings(formatSettings, "formatSettings");
        if (OlderFormats.isOlder(dataset.type()) && !isBinary(dataset)) {
            return OlderFormats.format(dataset, properties);
        }
        return switch (dataset.type()) {
            case "DelimitedText" -> delimited(properties, settings);
            case "Json" -> new JsonFormat(settings.choice("filePattern", JSON_SHAPES).orElse(JsonFormat.Shape.SET_OF_OBJECTS),
                FileCompression.encoding(properties), FileCompression.of(properties));
            case "Parquet" -> new ParquetFormat(properties.choice("compressionCodec", PARQUET_CODECS).orElse("snappy"));
            case "Avro" -> new AvroFormat(codec(properties, "avroCompressionCodec", AVRO_CODECS, "none"),
                settings.text("recordName").orElse(null), settings.text("recordNamespace").orElse(null));
            case "Orc" -> new OrcFormat(codec(properties, "orcCompressionCodec", ORC_CODECS, "snappy"));
            case "Excel" -> excel(properties);
            case "Xml" -> xml(properties, settings);
            default -> throw unsupported(dataset);
        };
    }

    private static RuntimeException unsupported(ResolvedDataset dataset) {
        if (isBinary(dataset)) {
            return failure(CommonError.NOT_SUPPORTED, dataset.place(),
                "Dataset '%s' is binary: its files can be copied to binary datasets only, and have no rows", dataset.name());
        }
        return failure(CommonError.NOT_SUPPORTED, dataset.place(), "Dataset '%s' has type '%s'; datasets of files have one of %s%s",
            dataset.name(), dataset.type(), FORMATS, NearestName.hint(dataset.type(), FORMATS));
    }

    private static DelimitedFormat delimited(Settings properties, Settings settings) {
        return new DelimitedFormat(
            properties.exactText("columnDelimiter").orElse(","),
            oneCharacter(properties, "quoteChar", "\""),
            oneCharacter(properties, "escapeChar", "\\"),
            properties.text("rowDelimiter").orElse(""),
            properties.flag("firstRowAsHeader", false),
            properties.exactText("nullValue").orElse(""),
            FileCompression.encoding(properties),
            lines(settings),
            true,
            settings.flag("quoteAllText", false),
            FileCompression.of(properties));
    }

    private static int lines(Settings settings) {
        int count = settings.integer("skipLineCount").orElse(0);
        if (count < 0) {
            throw settings.wrong("skipLineCount", Integer.toString(count), "0 or more");
        }
        return count;
    }

    static String oneCharacter(Settings properties, String name, String otherwise) {
        String text = properties.exactText(name).orElse(otherwise);
        if (text.codePointCount(0, text.length()) > 1) {
            throw properties.wrong(name, text, "one character, or an empty text for none");
        }
        return text;
    }

    private static ExcelFormat excel(Settings properties) {
        Optional<String> sheet = properties.text("sheetName");
        Optional<Integer> index = properties.integer("sheetIndex");
        index.filter(number -> number < 0).ifPresent(number -> {
            throw properties.wrong("sheetIndex", number.toString(), "0 or more");
        });
        if (sheet.isPresent() && index.isPresent()) {
            throw properties.wrong("sheetIndex", index.get().toString(), "not both sheetName and sheetIndex");
        }
        return new ExcelFormat(sheet.orElse(null), sheet.isPresent() ? null : index.orElse(0), properties.text("range").orElse(null),
            properties.flag("firstRowAsHeader", false), properties.exactText("nullValue").orElse(""), FileCompression.of(properties));
    }

    private static XmlFormat xml(Settings properties, Settings settings) {
        Map<String, String> prefixes = new LinkedHashMap<>();
        if (settings.has("namespacePrefixes")) {
            settings.json().path("namespacePrefixes").properties()
                .forEach(entry -> prefixes.put(entry.getKey(), entry.getValue().asString()));
        }
        return new XmlFormat(FileCompression.encoding(properties), properties.exactText("nullValue").orElse(""), "@",
            settings.flag("namespaces", true), prefixes, settings.flag("detectDataType", true),
            settings.choice("validationMode", XML_VALIDATION).orElse(XmlFormat.ValidationMode.NONE), FileCompression.of(properties));
    }

    /** Avro's and ORC's codec has a name of its own, and in newer datasets the common one. */
    private static String codec(Settings properties, String name, Map<String, String> allowed, String otherwise) {
        return properties.choice(name, allowed).or(() -> properties.choice("compressionCodec", allowed)).orElse(otherwise);
    }

    private static Map<String, String> codecs(String... names) {
        Map<String, String> codecs = new LinkedHashMap<>();
        for (String name : names) {
            codecs.put(name, name);
        }
        return codecs;
    }

    /**
     * The extension of files that a sink names itself: {@code fileExtension} of the format settings or the format's usual one, then
     * the compression's, such as {@code .csv.gz}.
     */
    public static String extension(ResolvedDataset dataset, JsonNode formatSettings) {
        FileFormat format = format(dataset, formatSettings);
        String plain = switch (format) {
            case DelimitedFormat delimited -> ".txt";
            case JsonFormat json -> ".json";
            case ParquetFormat parquet -> ".parquet";
            case AvroFormat avro -> ".avro";
            case OrcFormat orc -> ".orc";
            case ExcelFormat excel -> ".xlsx";
            case XmlFormat xml -> ".xml";
        };
        String chosen = new Settings(formatSettings, "formatSettings").text("fileExtension").orElse(plain);
        return (chosen.startsWith(".") ? chosen : "." + chosen) + FileCompression.extension(compression(format));
    }

    /** How a format's whole files are compressed; formats with compression of their own have {@code NONE}. */
    public static Compression compression(FileFormat format) {
        return switch (format) {
            case DelimitedFormat delimited -> delimited.compression();
            case JsonFormat json -> json.compression();
            case ExcelFormat excel -> excel.compression();
            case XmlFormat xml -> xml.compression();
            case ParquetFormat parquet -> Compression.NONE;
            case AvroFormat avro -> Compression.NONE;
            case OrcFormat orc -> Compression.NONE;
        };
    }
}
