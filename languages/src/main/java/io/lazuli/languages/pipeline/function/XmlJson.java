package io.lazuli.languages.pipeline.function;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Attr;
import org.w3c.dom.DOMException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The way between XML and JSON, after the convention of Json.NET: attributes are {@code @name}, text beside them is {@code #text},
 * the declaration is {@code ?xml}, elements that repeat are an array, an empty element is null.
 *
 * <p>As Azure's documentation of {@code json(xml(…))} shows it, an element below the root that has both attributes and child elements is
 * taken for a record that may repeat: it is an array even when it stands alone.
 */
final class XmlJson {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** Text or a value that is no XML; the message says why. */
    static final class NotXml extends Exception {
        NotXml(String message) {
            super(message);
        }
    }

    private XmlJson() {
    }

    static JsonNode toJson(Document document, boolean declared) {
        ObjectNode result = NODES.objectNode();
        if (declared) {
            result.set("?xml", declaration(document));
        }
        Element root = document.getDocumentElement();
        result.set(root.getNodeName(), toJson(root));
        return result;
    }

    private static ObjectNode declaration(Document document) {
        ObjectNode declaration = NODES.objectNode().put("@version", document.getXmlVersion());
        if (document.getXmlEncoding() != null) {
            declaration.put("@encoding", document.getXmlEncoding());
        }
        if (document.getXmlStandalone()) {
            declaration.put("@standalone", "yes");
        }
        return declaration;
    }

    private static JsonNode toJson(Element element) {
        ObjectNode result = NODES.objectNode();
        NamedNodeMap attributes = element.getAttributes();
        for (int i = 0; i < attributes.getLength(); i++) {
            result.put("@" + attributes.item(i).getNodeName(), attributes.item(i).getNodeValue());
        }
        Map<String, List<JsonNode>> children = new LinkedHashMap<>();
        for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            addChild(child, children);
        }
        if (children.isEmpty() && result.isEmpty()) {
            return NODES.nullNode();
        }
        if (result.isEmpty() && children.size() == 1 && children.containsKey("#text") && children.get("#text").size() == 1) {
            return children.get("#text").getFirst();
        }
        children.forEach((name, values) -> result.set(name,
            values.size() == 1 && !isRecord(values.getFirst()) ? values.getFirst() : Values.array(values)));
        return result;
    }

    private static void addChild(Node child, Map<String, List<JsonNode>> children) {
        switch (child.getNodeType()) {
            case Node.ELEMENT_NODE -> children.computeIfAbsent(child.getNodeName(), _ -> new ArrayList<>()).add(toJson((Element) child));
            case Node.CDATA_SECTION_NODE -> children.computeIfAbsent("#cdata-section", _ -> new ArrayList<>())
                .add(Values.string(child.getNodeValue()));
            case Node.TEXT_NODE -> {
                if (!child.getNodeValue().isBlank()) {
                    children.computeIfAbsent("#text", _ -> new ArrayList<>()).add(Values.string(child.getNodeValue()));
                }
            }
            default -> { }
        }
    }

    private static boolean isRecord(JsonNode value) {
        return value.isObject()
            && value.propertyNames().stream().anyMatch(name -> name.startsWith("@"))
            && value.propertyNames().stream().anyMatch(name -> !name.startsWith("@") && !name.startsWith("#"));
    }

    static Document toXml(JsonNode object) throws NotXml {
        List<Map.Entry<String,
            JsonNode>> roots = object.properties().stream().filter(property -> !property.getKey().startsWith("?")).toList();
        if (roots.size() != 1 || roots.getFirst().getValue().isArray()) {
            throw new NotXml("XML has one root element, so the object needs one property, which is no array; it has " + roots.size());
        }
        try {
            Document document = DocumentBuilderFactory.newDefaultInstance().newDocumentBuilder().newDocument();
            append(document, document, roots.getFirst().getKey(), roots.getFirst().getValue());
            return document;
        } catch (ParserConfigurationException impossible) {
            throw new IllegalStateException("The XML parser of the Java runtime cannot be set up", impossible);
        } catch (DOMException wrong) {
            throw new NotXml("a property's name is no name of an element: " + wrong.getMessage());
        }
    }

    private static void append(Document document, Node parent, String name, JsonNode value) {
        if (value.isArray()) {
            value.forEach(item -> append(document, parent, name, item));
            return;
        }
        Element element = document.createElement(name);
        parent.appendChild(element);
        if (value.isObject()) {
            value.properties().forEach(property -> appendProperty(document, element, property.getKey(), property.getValue()));
        } else if (!value.isNull()) {
            element.appendChild(document.createTextNode(xmlText(value)));
        }
    }

    private static void appendProperty(Document document, Element element, String name, JsonNode value) {
        if (name.startsWith("@")) {
            Attr attribute = document.createAttribute(name.substring(1));
            attribute.setValue(xmlText(value));
            element.setAttributeNode(attribute);
        } else if (name.equals("#text")) {
            element.appendChild(document.createTextNode(xmlText(value)));
        } else if (name.equals("#cdata-section")) {
            element.appendChild(document.createCDATASection(xmlText(value)));
        } else {
            append(document, element, name, value);
        }
    }

    /** XML writes Booleans in lower case. */
    private static String xmlText(JsonNode value) {
        return value.isBoolean() ? value.toString() : Values.text(value);
    }
}
