package io.lazuli.engine.duckdb.format;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.AlgebraError;
import io.lazuli.algebra.source.SourceFile;
import io.lazuli.algebra.source.XmlFormat;
import io.lazuli.files.Encodings;
import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.LazuliException;
import io.lazuli.foundation.Place;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.XMLConstants;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParser;
import javax.xml.parsers.SAXParserFactory;
import org.xml.sax.Attributes;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * Parses a document into text, {@link Map}s of fields and {@link List}s of elements that repeat.
 *
 * <p>Nothing outside the document is read, except a schema or DTD that validation asks for, which must stand in the document's folder
 * or below it.
 */
final class XmlTree extends DefaultHandler {
    private static final String SCHEMA_LANGUAGE = "http://java.sun.com/xml/jaxp/properties/schemaLanguage";

    private final SourceFile file;
    private final XmlFormat format;
    private final Deque<Element> open = new ArrayDeque<>();
    private final Map<String, Object> document = new LinkedHashMap<>();

    /** An element whose end is not reached yet. */
    private record Element(String name, String valueName, Map<String, Object> fields, StringBuilder text) {
    }

    private XmlTree(SourceFile file, XmlFormat format) {
        this.file = file;
        this.format = format;
    }

    /** The document as a map with the root element as its only field. */
    static Map<String, Object> parse(SourceFile file, XmlFormat format) {
        XmlTree tree = new XmlTree(file, format);
        try (InputStream bytes = new BufferedInputStream(Files.newInputStream(file.path()))) {
            parser(format).parse(tree.input(bytes), tree);
            return tree.document;
        } catch (SAXParseException e) {
            throw failure(AlgebraError.MALFORMED_DATA, Place.at(e.getLineNumber(), e.getColumnNumber()), "%s, line %d, column %d: %s",
                file.name(), e.getLineNumber(), e.getColumnNumber(), e.getMessage(), e);
        } catch (SAXException e) {
            throw e.getCause() instanceof LazuliException own ? own
                : failure(AlgebraError.MALFORMED_DATA, "%s: %s", file.name(), e.getMessage(), e);
        } catch (NoSuchFileException e) {
            throw failure(CommonError.NOT_FOUND, "%s: %s does not exist", file.name(), e.getFile(), e);
        } catch (IOException e) {
            throw failure(AlgebraError.MALFORMED_DATA, "%s cannot be read: %s", file.name(), e.getMessage(), e);
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("The JDK's XML parser lacks a feature that it has to have", e);
        }
    }

    private static SAXParser parser(XmlFormat format) throws ParserConfigurationException, SAXException {
        boolean validating = format.validation() != XmlFormat.ValidationMode.NONE;
        boolean schema = format.validation() == XmlFormat.ValidationMode.XSD;
        SAXParserFactory factory = SAXParserFactory.newDefaultInstance();
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        factory.setFeature("http://xml.org/sax/features/external-general-entities", false);
        factory.setFeature("http://xml.org/sax/features/external-parameter-entities", false);
        factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", format.validation()
            == XmlFormat.ValidationMode.DTD);
        factory.setNamespaceAware(format.namespaces() || schema);
        factory.setValidating(validating);
        SAXParser parser = factory.newSAXParser();
        parser.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, validating ? "file" : "");
        parser.setProperty(XMLConstants.ACCESS_EXTERNAL_SCHEMA, schema ? "file" : "");
        if (schema) {
            parser.setProperty(SCHEMA_LANGUAGE, XMLConstants.W3C_XML_SCHEMA_NS_URI);
        }
        return parser;
    }

    /** Without an encoding of its own choice, the parser takes the document's declaration or byte order mark. */
    private InputSource input(InputStream bytes) throws IOException {
        Charset encoding = Charset.forName(format.encoding());
        InputSource source = encoding.equals(StandardCharsets.UTF_8) ? new InputSource(bytes)
            : new InputSource(Encodings.reader(bytes, encoding, file.name()));
        source.setSystemId(file.path().toAbsolutePath().toUri().toString());
        return source;
    }

    @Override
    public InputSource resolveEntity(String publicId, String systemId) throws SAXException {
        Path folder = file.path().toAbsolutePath().normalize().getParent();
        URI target = URI.create(systemId.replace(" ", "%20"));
        if (!"file".equals(target.getScheme()) || !Path.of(target).normalize().startsWith(folder)) {
            throw new SAXException(failure(CommonError.NOT_SUPPORTED,
                "%s refers to %s; a schema or DTD must be given by a path relative to the document, in its folder", file.name(), systemId));
        }
        return new InputSource(systemId);
    }

    @Override
    public void startElement(String uri, String localName, String qualifiedName, Attributes attributes) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (int i = 0; i < attributes.getLength(); i++) {
            fields.put(attributeName(attributes, i), attributes.getValue(i));
        }
        String name = name(uri, localName, qualifiedName);
        String prefix = name.contains(":") ? name.substring(0, name.indexOf(':') + 1) : "";
        open.push(new Element(name, prefix + XmlTypes.VALUE, fields, new StringBuilder()));
    }

    private String name(String uri, String localName, String qualifiedName) {
        String prefix = format.namespaces() ? format.namespacePrefixes().get(uri) : null;
        return prefix == null ? qualifiedName : prefix.isEmpty() ? localName : prefix + ":" + localName;
    }

    private String attributeName(Attributes attributes, int index) {
        String prefix = format.namespaces() ? format.namespacePrefixes().get(attributes.getURI(index)) : null;
        return prefix == null ? format.attributePrefix() + attributes.getQName(index)
            : (prefix.isEmpty() ? "" : prefix + ":") + format.attributePrefix() + attributes.getLocalName(index);
    }

    @Override
    public void characters(char[] text, int start, int length) {
        open.peek().text.append(text, start, length);
    }

    @Override
    public void endElement(String uri, String localName, String qualifiedName) {
        Element element = open.pop();
        String text = element.text.toString();
        Object value = element.fields;
        if (element.fields.isEmpty()) {
            value = text;
        } else if (!text.isBlank()) {
            element.fields.put(element.valueName, text.strip());
        }
        add(open.isEmpty() ? document : open.peek().fields, element.name, value);
    }

    private static void add(Map<String, Object> fields, String name, Object value) {
        switch (fields.get(name)) {
            case null -> fields.put(name, value);
            case Repeated repeated -> repeated.add(value);
            case Object first -> fields.put(name, new Repeated(List.of(first, value)));
        }
    }

    /** The values of an element that repeats. */
    private static final class Repeated extends ArrayList<Object> {
        Repeated(List<Object> values) {
            super(values);
        }
    }

    @Override
    public void error(SAXParseException invalid) throws SAXException {
        throw invalid;
    }
}
