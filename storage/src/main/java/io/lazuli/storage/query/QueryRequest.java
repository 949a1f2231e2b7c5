package io.lazuli.storage.query;

import io.lazuli.storage.http.ServiceFailure;
import io.lazuli.storage.http.Xml;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a client asks: an expression, and the formats of the blob and of the answer. */
public record QueryRequest(String expression, QueryFormat.Input input, QueryFormat.Output output) {
    private static final QueryFormat.Delimited DEFAULT = new QueryFormat.Delimited(",", "\"", "\n", "", false);

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
        QueryFormat.Input input = format(root, "InputSerialization", QueryFormat.Input.class).orElse(DEFAULT);
        QueryFormat.Output output = format(root, "OutputSerialization", QueryFormat.Output.class)
            .orElseGet(() -> input instanceof QueryFormat.Output same ? same : DEFAULT);
        return new QueryRequest(expression, input, output);
    }

    private static <F extends QueryFormat> Optional<F> format(Xml.Element root, String serialization, Class<F> kind) {
        return child(root, serialization).flatMap(element -> child(element, "Format")).map(element -> {
            QueryFormat found = format(element);
            if (!kind.isInstance(found)) {
                throw unsupported(element.child("Type"));
            }
            return kind.cast(found);
        });
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
            case "arrow" -> arrow(format);
            default -> throw unsupported(type);
        };
    }

    private static ServiceFailure unsupported(String type) {
        return ServiceFailure.badRequest("InvalidXmlNodeValue", "The value of an XML node is not supported.")
            .with("XmlNodeName", "Type").with("XmlNodeValue", type);
    }

    private static QueryFormat.Arrow arrow(Xml.Element format) {
        List<ArrowField> fields = child(format, "ArrowConfiguration").flatMap(options -> child(options, "Schema")).stream()
            .flatMap(schema -> schema.children().stream()).filter(element -> element.name().equals("Field"))
            .map(ArrowField::parse).toList();
        if (fields.isEmpty()) {
            throw ServiceFailure.invalidXml("Expected an ArrowConfiguration with a Schema of one or more elements Field");
        }
        return new QueryFormat.Arrow(fields);
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
