package io.lazuli.storage.http;

import java.io.StringReader;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Writes the service's XML, and reads that of clients. */
public final class Xml {
    /** An element: its children in order, or its text. */
    public record Element(String name, String text, List<Element> children) {
        /** The first child of that name, null when there is none. */
        public Element element(String childName) {
            return children.stream().filter(child -> child.name.equals(childName)).findFirst().orElse(null);
        }

        /** The text of the first child of that name, null when there is none. */
        public String child(String childName) {
            return children.stream().filter(child -> child.name.equals(childName)).map(Element::text).findFirst().orElse(null);
        }
    }

    private static final int MAX_DEPTH = 20;

    private final StringBuilder text = new StringBuilder(1024).append("<?xml version=\"1.0\" encoding=\"utf-8\"?>");

    public Xml open(String name) {
        text.append('<').append(name).append('>');
        return this;
    }

    /** Opens an element with attributes: names and values in turn. */
    public Xml open(String name, String... attributes) {
        text.append('<').append(name);
        for (int i = 0; i < attributes.length; i += 2) {
            if (attributes[i + 1] != null) {
                text.append(' ').append(attributes[i]).append("=\"");
                escape(attributes[i + 1]);
                text.append('"');
            }
        }
        text.append('>');
        return this;
    }

    public Xml close(String name) {
        text.append("</").append(name).append('>');
        return this;
    }

    /** An element with text; an empty one for an empty text. */
    public Xml element(String name, String value) {
        if (value.isEmpty()) {
            text.append('<').append(name).append(" />");
            return this;
        }
        open(name);
        escape(value);
        return close(name);
    }

    public Xml element(String name, long value) {
        return element(name, Long.toString(value));
    }

    /** An element when there is a value, nothing for null. */
    public Xml optional(String name, String value) {
        return value == null ? this : element(name, value);
    }

    /** A blob's name: characters that XML cannot hold make it encoded, as Azure does. */
    public Xml name(String value) {
        boolean plain = value.chars().allMatch(sign -> sign >= 0x20 && sign != 0xFFFE && sign != 0xFFFF);
        if (plain) {
            return element("Name", value);
        }
        text.append("<Name Encoded=\"true\">");
        escape(URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20"));
        return close("Name");
    }

    private void escape(String value) {
        if (isPlain(value)) {
            text.append(value);
            return;
        }
        for (int i = 0; i < value.length(); i++) {
            char sign = value.charAt(i);
            switch (sign) {
                case '<' -> text.append("&lt;");
                case '>' -> text.append("&gt;");
                case '&' -> text.append("&amp;");
                case '"' -> text.append("&quot;");
                case '\r' -> text.append("&#xD;");
                default -> {
                    if (sign >= 0x20 || sign == '\n' || sign == '\t') {
                        text.append(sign);
                    } else {
                        text.append('\uFFFD');
                    }
                }
            }
        }
    }

    private static boolean isPlain(String value) {
        for (int i = 0; i < value.length(); i++) {
            char sign = value.charAt(i);
            if (sign < ' ' || sign == '<' || sign == '>' || sign == '&' || sign == '"') {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return text.toString();
    }

    /** Reads a document; {@code InvalidXmlDocument} when it is none. References to outside are not followed. */
    public static Element parse(String document) {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        try {
            XMLStreamReader reader = factory.createXMLStreamReader(new StringReader(document.replaceFirst("^\uFEFF", "")));
            reader.nextTag();
            Element root = element(reader, 0);
            reader.close();
            return root;
        } catch (XMLStreamException problem) {
            throw ServiceFailure.invalidXml(String.valueOf(problem.getMessage()));
        }
    }

    private static Element element(XMLStreamReader reader, int depth) throws XMLStreamException {
        if (depth > MAX_DEPTH) {
            throw ServiceFailure.invalidXml("The elements are nested too deeply");
        }
        String name = reader.getLocalName();
        StringBuilder content = new StringBuilder();
        List<Element> children = new ArrayList<>();
        while (true) {
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> children.add(element(reader, depth + 1));
                case XMLStreamConstants.CHARACTERS -> content.append(reader.getText());
                case XMLStreamConstants.END_ELEMENT -> {
                    return new Element(name, content.toString(), children);
                }
                default -> { }
            }
        }
    }
}
