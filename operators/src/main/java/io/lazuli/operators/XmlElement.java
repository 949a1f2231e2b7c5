package io.lazuli.operators;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.Text;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.helpers.DefaultHandler;

/** An element of an XML document. Names stand as they are written, prefixes included. */
final class XmlElement {
    /** The longest text that is kept when it is parsed, for those who look at an element several times. */
    private static final int KEPT = 10_000;
    private static final Cache<String, Optional<XmlElement>> ELEMENTS = new Cache<>(XmlElement::parse);

    private final Element element;

    private XmlElement(Element element) {
        this.element = element;
    }

    /**
     * An element around the root of a document; empty for a text that is none, and where renamed attributes get the name of another.
     * The operator says what the settings mean.
     */
    static Optional<XmlElement> document(String text, String[] settings) {
        return parse(text.strip(), settings[0].equals("dtd"), settings[1].equals("true")).flatMap(root -> {
            for (int i = 2; i < settings.length; i += 2) {
                root.rename(settings[i], settings[i + 1]);
            }
            return parse("<document>" + root + "</document>");
        });
    }

    /** Gives the names of a namespace a prefix, or none for an empty one, here and in all elements below. */
    private void rename(String namespace, String prefix) {
        List<Node> nodes = new ArrayList<>(List.of(element));
        for (int i = 0; i < element.getAttributes().getLength(); i++) {
            nodes.add(element.getAttributes().item(i));
        }
        List<XmlElement> children = children();
        for (Node node : nodes) {
            if (namespace.equals(node.getNamespaceURI())) {
                String name = prefix.isEmpty() ? node.getLocalName() : prefix + ":" + node.getLocalName();
                node.getOwnerDocument().renameNode(node, namespace, name);
            }
        }
        children.forEach(child -> child.rename(namespace, prefix));
    }

    /** The element that an XML text is; empty for a text that is none. */
    static Optional<XmlElement> of(String xml) {
        return xml.length() > KEPT ? parse(xml) : ELEMENTS.get(xml);
    }

    private static Optional<XmlElement> parse(String xml) {
        return parse(xml, false, false);
    }

    private static Optional<XmlElement> parse(String xml, boolean byDtd, boolean namespaces) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", !byDtd);
            factory.setFeature("http://xml.org/sax/features/external-general-entities", false);
            factory.setFeature("http://xml.org/sax/features/external-parameter-entities", false);
            factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
            factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_DTD, "");
            factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
            factory.setValidating(byDtd);
            factory.setNamespaceAware(namespaces);
            factory.setCoalescing(true);
            DocumentBuilder builder = factory.newDocumentBuilder();
            builder.setErrorHandler(new Strict());
            return Optional.of(new XmlElement(builder.parse(new InputSource(new StringReader(xml))).getDocumentElement()));
        } catch (SAXException noXml) {
            return Optional.empty();
        } catch (ParserConfigurationException | IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** What is not valid is no document. */
    private static final class Strict extends DefaultHandler {
        @Override
        public void error(SAXParseException invalid) throws SAXException {
            throw invalid;
        }
    }

    List<XmlElement> children(String name) {
        return children().stream().filter(child -> child.element.getTagName().equals(name)).toList();
    }

    private List<XmlElement> children() {
        List<XmlElement> children = new ArrayList<>();
        for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element child) {
                children.add(new XmlElement(child));
            }
        }
        return children;
    }

    String attribute(String name) {
        return element.hasAttribute(name) ? element.getAttribute(name) : null;
    }

    /** The text of an element without elements, else the XML of what is in it. */
    String content() {
        String content = children().isEmpty() ? element.getTextContent() : inner();
        return content.isEmpty() ? null : content;
    }

    private String inner() {
        StringBuilder text = new StringBuilder();
        for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element child) {
                text.append(new XmlElement(child));
            } else if (node instanceof Text words) {
                text.append(escaped(words.getData()));
            }
        }
        return text.toString();
    }

    static String escaped(String text) {
        return Escapes.escape(text, "xml");
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("<").append(element.getTagName());
        for (int i = 0; i < element.getAttributes().getLength(); i++) {
            Node attribute = element.getAttributes().item(i);
            text.append(' ').append(attribute.getNodeName()).append("=\"").append(escaped(attribute.getNodeValue())).append('"');
        }
        String inner = inner();
        return inner.isEmpty() ? text.append("/>").toString()
            : text.append('>').append(inner).append("</").append(element.getTagName()).append('>').toString();
    }
}
