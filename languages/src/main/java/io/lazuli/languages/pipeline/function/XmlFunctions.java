package io.lazuli.languages.pipeline.function;

import static io.lazuli.languages.pipeline.function.ExpressionError.INVALID_VALUE;
import static io.lazuli.languages.pipeline.function.Kind.ANY;
import static io.lazuli.languages.pipeline.function.Kind.OBJECT;
import static io.lazuli.languages.pipeline.function.Kind.STRING;
import static io.lazuli.languages.pipeline.function.Kind.TEXT_OR_CONTENT;
import static io.lazuli.languages.pipeline.function.PipelineFunction.function;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.xpath.XPathEvaluationResult;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import javax.xml.xpath.XPathNodes;
import org.w3c.dom.Document;
import org.w3c.dom.Node;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** JSON and XML, and the way between them. */
final class XmlFunctions {
    private static final JsonMapper LENIENT = JsonMapper.builder()
        .enable(JsonReadFeature.ALLOW_SINGLE_QUOTES, JsonReadFeature.ALLOW_UNQUOTED_PROPERTY_NAMES, JsonReadFeature.ALLOW_JAVA_COMMENTS,
            JsonReadFeature.ALLOW_TRAILING_COMMA, JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .build();

    private XmlFunctions() {
    }

    static List<PipelineFunction> all() {
        return List.of(
            function(Category.CONVERSION, "json", "Reads a text as JSON, or turns XML into JSON with attributes as @name.")
                .takes("value", TEXT_OR_CONTENT).example("@json('{\"fullName\": \"Sophia Owen\"}').fullName", "\"Sophia Owen\"")
                .gives(ANY, XmlFunctions::json),
            function(Category.CONVERSION, "xml", "Reads a text as XML, or turns a JSON object with one property into XML.")
                .takes("value", TEXT_OR_CONTENT).example("@xml(json('{\"name\": \"Sophia Owen\"}'))", "\"<name>Sophia Owen</name>\"")
                .gives(OBJECT, XmlFunctions::xml),
            function(Category.CONVERSION, "xpath",
                "Evaluates an XPath 1.0 expression on XML: a number, a text, a Boolean, or an array of nodes.")
                .takes("xml", TEXT_OR_CONTENT).takes("xpath", STRING).example("@xpath(xml('<a><b>1</b><b>2</b></a>'), 'sum(/a/b)')", "3")
                .gives(ANY, XmlFunctions::xpath));
    }

    private static JsonNode json(Arguments arguments) {
        JsonNode value = arguments.value(0);
        Optional<Content> content = Content.of(value);
        if (content.isPresent() && content.get().type().toLowerCase(java.util.Locale.ROOT).contains("xml")) {
            String xml = content.get().text();
            return XmlJson.toJson(document(arguments, xml), xml.startsWith("<?xml "));
        }
        if (value.isObject() && content.isEmpty()) {
            return value;
        }
        String text = arguments.text(0);
        try {
            JsonNode read = LENIENT.readTree(text);
            if (read.isMissingNode()) {
                throw arguments.failure(0, INVALID_VALUE, "needs JSON, not an empty text");
            }
            return read;
        } catch (JacksonException wrong) {
            throw arguments.failure(0, INVALID_VALUE, "cannot read the text as JSON: %s",
                wrong.getOriginalMessage().replaceFirst(" \\(start marker at .*", ""));
        }
    }

    private static JsonNode xml(Arguments arguments) {
        JsonNode value = arguments.value(0);
        if (value.isObject() && Content.of(value).isEmpty()) {
            try {
                return Content.of(Content.XML, XmlText.of(XmlJson.toXml(value))).toJson();
            } catch (XmlJson.NotXml wrong) {
                throw arguments.failure(0, INVALID_VALUE, "cannot make XML of the object: %s", wrong.getMessage());
            }
        }
        String text = arguments.text(0);
        document(arguments, text);
        return Content.of(Content.XML, text).toJson();
    }

    private static Document document(Arguments arguments, String text) {
        try {
            return XmlText.parse(text);
        } catch (XmlJson.NotXml wrong) {
            throw arguments.failure(0, INVALID_VALUE, "cannot read the text as XML: %s", wrong.getMessage());
        }
    }

    private static JsonNode xpath(Arguments arguments) {
        Document document = document(arguments, arguments.text(0));
        String path = arguments.string(1);
        try {
            XPathEvaluationResult<?> result = XPathFactory.newInstance().newXPath().evaluateExpression(path, document);
            return switch (result.type()) {
                case STRING -> Values.string((String) result.value());
                case BOOLEAN -> Values.bool((Boolean) result.value());
                case NODESET -> nodes((XPathNodes) result.value());
                default -> number(((Number) result.value()).doubleValue());
            };
        } catch (XPathExpressionException wrong) {
            Throwable reason = wrong.getCause() == null ? wrong : wrong.getCause();
            throw arguments.failure(1, INVALID_VALUE, "cannot evaluate the XPath expression '%s': %s", path, reason.getMessage());
        }
    }

    private static JsonNode number(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return Values.string(Double.toString(value));
        }
        return value == Math.rint(value) && Math.abs(value) < 1L << 53 ? Values.integer((long) value) : Values.real(value);
    }

    private static JsonNode nodes(XPathNodes nodes) {
        List<JsonNode> items = new ArrayList<>();
        for (Node node : nodes) {
            boolean markup = node.getNodeType() == Node.ELEMENT_NODE || node.getNodeType() == Node.DOCUMENT_NODE;
            items.add(markup ? Content.of(Content.XML, XmlText.of(node)).toJson() : Values.string(node.getNodeValue()));
        }
        return Values.array(items);
    }
}
