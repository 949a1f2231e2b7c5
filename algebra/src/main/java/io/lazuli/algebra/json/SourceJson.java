package io.lazuli.algebra.json;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.source.AvroFormat;
import io.lazuli.algebra.source.Compression;
import io.lazuli.algebra.source.DelimitedFormat;
import io.lazuli.algebra.source.ExcelFormat;
import io.lazuli.algebra.source.FileFormat;
import io.lazuli.algebra.source.FileSource;
import io.lazuli.algebra.source.JsonFormat;
import io.lazuli.algebra.source.OrcFormat;
import io.lazuli.algebra.source.ParquetFormat;
import io.lazuli.algebra.source.RowSource;
import io.lazuli.algebra.source.Source;
import io.lazuli.algebra.source.SourceFile;
import io.lazuli.algebra.source.TableName;
import io.lazuli.algebra.source.TableSource;
import io.lazuli.algebra.source.XmlFormat;
import io.lazuli.foundation.CommonError;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Sources and formats of files. Rows that Java code makes have no form in JSON. */
final class SourceJson {
    private static final List<String> FORMATS = List.of("delimited", "json", "parquet", "avro", "orc", "excel", "xml");

    private SourceJson() {
    }

    static ObjectNode write(Source source) {
        ObjectNode node = JsonMapper.shared().createObjectNode();
        switch (source) {
            case TableSource table -> node.put("kind", "table").put("database", table.table().database())
                .put("schema", table.table().schema()).put("name", table.table().name());
            case FileSource files -> {
                node.put("kind", "files");
                ArrayNode list = node.putArray("files");
                files.files().forEach(file -> list.addObject().put("path", file.path().toString()).put("name", file.name()));
                node.set("format", write(files.format()));
                files.pathColumn().ifPresent(column -> node.put("pathColumn", column));
            }
            case RowSource rows -> throw failure(CommonError.NOT_SUPPORTED,
                "Rows that code makes (%s) have no form in JSON", rows.getClass().getSimpleName());
        }
        return node;
    }

    static Source read(JsonPart part) {
        String kind = part.text("kind");
        return switch (kind) {
            case "table" -> new TableSource(new TableName(part.text("database"), part.text("schema"), part.text("name")));
            case "files" -> new FileSource(part.list("files", file -> new SourceFile(Path.of(file.text("path")), file.text("name"))),
                format(part.member("format")), part.find("pathColumn").map(JsonPart::text));
            default -> throw part.member("kind").unknown(kind, List.of("table", "files"));
        };
    }

    private static ObjectNode write(FileFormat format) {
        ObjectNode node = JsonMapper.shared().createObjectNode();
        switch (format) {
            case DelimitedFormat text -> node.put("kind", "delimited").put("delimiter", text.delimiter()).put("quote", text.quote())
                .put("escape", text.escape()).put("rowDelimiter", text.rowDelimiter()).put("header", text.header())
                .put("nullValue", text.nullValue()).put("encoding", text.encoding()).put("skipLines", text.skipLines())
                .put("multiline", text.multiline()).put("quoteAll", text.quoteAll())
                .put("compression", JsonPart.name(text.compression())).put("dropsExtraValues", text.dropsExtraValues())
                .put("leastColumns", text.leastColumns());
            case JsonFormat json -> node.put("kind", "json").put("shape", JsonPart.name(json.shape())).put("encoding", json.encoding())
                .put("compression", JsonPart.name(json.compression()))
                .put("lenient", json.lenient().stream().sorted().map(JsonPart::name).collect(Collectors.joining(" ")));
            case ParquetFormat parquet -> node.put("kind", "parquet").put("codec", parquet.codec());
            case AvroFormat avro -> node.put("kind", "avro").put("codec", avro.codec()).put("recordName", avro.recordName())
                .put("recordNamespace", avro.recordNamespace());
            case OrcFormat orc -> node.put("kind", "orc").put("codec", orc.codec());
            case ExcelFormat excel -> node.put("kind", "excel").put("sheetName", excel.sheetName()).put("sheetIndex", excel.sheetIndex())
                .put("range", excel.range()).put("header", excel.header()).put("nullValue", excel.nullValue())
                .put("compression", JsonPart.name(excel.compression()));
            case XmlFormat xml -> {
                node.put("kind", "xml").put("encoding", xml.encoding()).put("nullValue", xml.nullValue())
                    .put("attributePrefix", xml.attributePrefix()).put("namespaces", xml.namespaces());
                ObjectNode prefixes = node.putObject("namespacePrefixes");
                new TreeMap<>(xml.namespacePrefixes()).forEach(prefixes::put);
                node.put("detectDataTypes", xml.detectDataTypes()).put("validation", JsonPart.name(xml.validation()))
                    .put("compression", JsonPart.name(xml.compression()));
            }
        }
        return node;
    }

    private static FileFormat format(JsonPart part) {
        String kind = part.text("kind");
        return switch (kind) {
            case "delimited" -> new DelimitedFormat(part.text("delimiter"), part.text("quote"), part.text("escape"),
                part.text("rowDelimiter"), part.flag("header"), text(part, "nullValue"), part.text("encoding"),
                part.smallNumber("skipLines"), part.flag("multiline"), part.flag("quoteAll"), compression(part),
                part.find("dropsExtraValues").isPresent() && part.flag("dropsExtraValues"),
                part.find("leastColumns").isPresent() ? part.smallNumber("leastColumns") : 0);
            case "json" -> new JsonFormat(part.choice("shape", JsonFormat.Shape.class), text(part, "encoding"), compression(part),
                part.find("lenient").map(JsonPart::text).filter(text -> !text.isEmpty()).map(text -> Stream.of(text.split(" "))
                    .map(word -> JsonFormat.Leniency.valueOf(word.toUpperCase(Locale.ROOT))).collect(Collectors.toSet())).orElse(Set.of()));
            case "parquet" -> new ParquetFormat(text(part, "codec"));
            case "avro" -> new AvroFormat(text(part, "codec"), text(part, "recordName"), text(part, "recordNamespace"));
            case "orc" -> new OrcFormat(text(part, "codec"));
            case "excel" -> new ExcelFormat(text(part, "sheetName"),
                part.find("sheetIndex").isPresent() ? part.smallNumber("sheetIndex") : null, text(part, "range"),
                part.flag("header"), text(part, "nullValue"), compression(part));
            case "xml" -> new XmlFormat(text(part, "encoding"), text(part, "nullValue"), text(part, "attributePrefix"),
                part.flag("namespaces"), prefixes(part.member("namespacePrefixes")), part.flag("detectDataTypes"),
                part.choice("validation", XmlFormat.ValidationMode.class), compression(part));
            default -> throw part.member("kind").unknown(kind, FORMATS);
        };
    }

    private static Map<String, String> prefixes(JsonPart part) {
        return part.node().propertyNames().stream().collect(Collectors.toMap(name -> name, part::text));
    }

    private static Compression compression(JsonPart part) {
        return part.choice("compression", Compression.class);
    }

    private static String text(JsonPart part, String name) {
        return part.find(name).map(JsonPart::text).orElse(null);
    }
}
