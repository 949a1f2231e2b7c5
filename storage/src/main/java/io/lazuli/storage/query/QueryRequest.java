package io.lazuli.storage.query;

import io.lazuli.storage.http.ServiceFailure;
import io.lazuli.storage.http.Xml;
import java.util.Locale;
import java.util.Optional;

/** What a client asks: an expression, and the formats of the blob and of the answer. */
public record QueryRequest(String expression, QueryFormat input, QueryFormat output) {
    private static final QueryFormat DEFAULT = new QueryFormat.Delimited(",", "\"", "\n", "", false);

    /** Reads the document {@code QueryRequest}. */
    static QueryRequest parse(String document) {
        Xml.Element root = Xml.parse(document);
        String expression = root.child("Expression");
        if (!root.name().equals("QueryRequest") || expression == null) {
            throw ServiceFailure.invalidXml("Expected a QueryRequest with an Expression");
        }
        String type = root.child("QueryType");
        if (type != null && !type.strip().equalsIgnoreCase("SQL")) {
            throw ServiceFailure.badRequest("InvalidXmlNodeValue", "The QueryType is SQL.").with("XmlNodeName", "QueryType")
                .with("XmlNodeValue", type);
        }
        QueryFormat input = format(root, "InputSerialization").orElse(DEFAULT);
        QueryFormat output = format(root, "OutputSerialization").orElseGet(() -> input instanceof QueryFormat.Parquet ? DEFAULT : input);
        if (output instanceof QueryFormat.Parquet) {
            throw ServiceFailure.badRequest("InvalidXmlNodeValue", "An answer is delimited text or JSON.").with("XmlNodeName", "Type")
                .with("XmlNodeValue", "parquet");
        }
        return new QueryRequest(expression, input, output);
    }

    private static Optional<QueryFormat> format(Xml.Element root, String serialization) {
        return child(root, serialization).flatMap(element -> child(element, "Format")).map(QueryRequest::format);
    }

    private static Optional<Xml.Element> child(Xml.Element parent, String name) {
        return parent.children().stream().filter(element -> element.name().equals(name)).findFirst();
    }

    private static QueryFormat format(Xml.Element format) {
        String type = Optional.ofNullable(format.child("Type")).orElse("").strip().toLowerCase(Locale.ROOT);
        return switch (type) {
            case "delimited" -> delimited(child(format, "DelimitedTextConfiguration").orElse(format));
            case "json" -> new QueryFormat.Json(child(format, "JsonTextConfiguration").map(json -> text(json, "RecordSeparator", "\n"))
                .orElse("\n"));
            case "parquet" -> new QueryFormat.Parquet();
            case "arrow" -> throw ServiceFailure.notImplemented("answers in Arrow's format");
            default -> throw ServiceFailure.badRequest("InvalidXmlNodeValue", "The value of an XML node is not supported.")
                .with("XmlNodeName", "Type").with("XmlNodeValue", type);
        };
    }

    private static QueryFormat delimited(Xml.Element options) {
        String headers = text(options, "HasHeaders", "false").strip();
        String escape = Optional.ofNullable(options.child("EscapeChar")).orElse("").replace("\0", "");
        return new QueryFormat.Delimited(text(options, "ColumnSeparator", ","), text(options, "FieldQuote", "\""),
            text(options, "RecordSeparator", "\n"), escape, headers.equalsIgnoreCase("true"));
    }

    private static String text(Xml.Element options, String name, String missing) {
        String value = options.child(name);
        return value == null || value.isEmpty() || value.equals("\0") ? missing : value;
    }
}
