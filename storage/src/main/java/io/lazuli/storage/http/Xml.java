package io.lazuli.storage.http;

import java.io.IOException;
import java.io.OutputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.MissingResourceException;
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

    /** A name that is written very often, in the forms in which it is. */
    public static final class Name {
        private final byte[] open;
        private final byte[] close;
        private final byte[] empty;

        public Name(String name) {
            open = ("<" + name + ">").getBytes(StandardCharsets.US_ASCII);
            close = ("</" + name + ">").getBytes(StandardCharsets.US_ASCII);
            empty = ("<" + name + " />").getBytes(StandardCharsets.US_ASCII);
        }
    }

    private static final int MAX_DEPTH = 20;
    private static final int PIECE_BYTES = 64 * 1024;
    /** What a character takes at most: {@code &quot;}. */
    private static final int MOST_BYTES = 6;

    private final OutputStream out;
    private byte[] bytes = new byte[1024];
    private int length;
    private boolean begun;

    /** A document that is built in memory. */
    public Xml() {
        this(null);
        begin();
    }

    private Xml(OutputStream out) {
        this.out = out;
    }

    /** A document of which what is there is written when it becomes large; {@link #end} writes the rest. */
    static Xml to(OutputStream out) {
        return new Xml(out).begin();
    }

    /** Elements that become part of a document, with room for so many bytes; it grows when they are more. */
    public static Xml part(int room) {
        Xml part = new Xml(null);
        part.bytes = new byte[room];
        return part;
    }

    private Xml begin() {
        ascii("<?xml version=\"1.0\" encoding=\"utf-8\"?>");
        return this;
    }

    /** Adds the elements of a part. */
    public void add(Xml part) {
        if (out != null && part.length > PIECE_BYTES) {
            writePiece();
            write(part);
        } else {
            copy(part.bytes, part.length);
            writeWhenLarge();
        }
    }

    private void writeWhenLarge() {
        if (out != null && length > PIECE_BYTES) {
            writePiece();
        }
    }

    public Xml open(String name) {
        return tag("<", name, ">");
    }

    /** Opens an element with attributes: names and values in turn. */
    public Xml open(String name, String... attributes) {
        ascii("<");
        ascii(name);
        for (int i = 0; i < attributes.length; i += 2) {
            if (attributes[i + 1] != null) {
                tag(" ", attributes[i], "=\"");
                escape(attributes[i + 1]);
                ascii("\"");
            }
        }
        ascii(">");
        return this;
    }

    public Xml close(String name) {
        tag("</", name, ">");
        writeWhenLarge();
        return this;
    }

    private Xml tag(String begin, String name, String end) {
        ascii(begin);
        ascii(name);
        ascii(end);
        return this;
    }

    /** An element with text; an empty one for an empty text. */
    public Xml element(String name, String value) {
        if (value.isEmpty()) {
            return tag("<", name, " />");
        }
        open(name);
        escape(value);
        return close(name);
    }

    /** The same; null stands for an empty text. */
    public Xml element(Name name, String value) {
        if (value == null || value.isEmpty()) {
            copy(name.empty);
        } else {
            copy(name.open);
            escape(value);
            copy(name.close);
        }
        return this;
    }

    /** An element with letters, digits and signs that have no meaning in XML. */
    public Xml plain(Name name, String value) {
        copy(name.open);
        ascii(value);
        copy(name.close);
        return this;
    }

    private void copy(byte[] part) {
        copy(part, part.length);
    }

    private void copy(byte[] part, int count) {
        reserve(count);
        System.arraycopy(part, 0, bytes, length, count);
        length += count;
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
        for (int i = 0; i < value.length(); i++) {
            char sign = value.charAt(i);
            if (sign < 0x20 || sign == 0xFFFE || sign == 0xFFFF) {
                open("Name", "Encoded", "true");
                escape(URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20"));
                return close("Name");
            }
        }
        return element("Name", value);
    }

    private void escape(String value) {
        int plain = 0;
        while (plain < value.length() && isPlain(value.charAt(plain))) {
            plain++;
        }
        if (plain == value.length()) {
            ascii(value);
            return;
        }
        reserve(value.length() * MOST_BYTES);
        for (int i = 0; i < value.length(); i++) {
            char sign = value.charAt(i);
            if (sign >= 0x80) {
                // Two characters may be one of the encoding's.
                int end = i + 1;
                while (end < value.length() && value.charAt(end) >= 0x80) {
                    end++;
                }
                byte[] encoded = value.substring(i, end).getBytes(StandardCharsets.UTF_8);
                System.arraycopy(encoded, 0, bytes, length, encoded.length);
                length += encoded.length;
                i = end - 1;
            } else {
                escape(sign);
            }
        }
    }

    private static boolean isPlain(char sign) {
        return sign >= 0x20 && sign < 0x80 && sign != '<' && sign != '>' && sign != '&' && sign != '"';
    }

    private void escape(char sign) {
        switch (sign) {
            case '<' -> ascii("&lt;");
            case '>' -> ascii("&gt;");
            case '&' -> ascii("&amp;");
            case '"' -> ascii("&quot;");
            case '\r' -> ascii("&#xD;");
            default -> {
                if (sign >= 0x20 || sign == '\n' || sign == '\t') {
                    bytes[length++] = (byte) sign;
                } else {
                    escape("\uFFFD");
                }
            }
        }
    }

    /** Lists have many thousands of these: nothing else copies the characters as they are. */
    @SuppressWarnings("deprecation")
    private void ascii(String text) {
        int count = text.length();
        reserve(count);
        text.getBytes(0, count, bytes, length);
        length += count;
    }

    private void reserve(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + more, bytes.length * 2));
        }
    }

    private void writePiece() {
        write(this);
        length = 0;
    }

    private void write(Xml part) {
        try {
            begun = true;
            out.write(part.bytes, 0, part.length);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    /** Ends a document of which a part is written; false when it is still here as a whole. */
    boolean end() throws IOException {
        if (begun) {
            writePiece();
            out.close();
        }
        return begun;
    }

    @Override
    public String toString() {
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    /** Reads a document; {@code InvalidXmlDocument} when it is none. References to outside are not followed. */
    public static Element parse(String document) {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        try {
            XMLStreamReader reader = factory.createXMLStreamReader(new StringReader(document.replaceFirst("^\uFEFF", "")));
            move(reader::nextTag);
            Element root = element(reader, 0);
            reader.close();
            return root;
        } catch (XMLStreamException problem) {
            throw ServiceFailure.invalidXml(String.valueOf(problem.getMessage()));
        }
    }

    private interface Move {
        int next() throws XMLStreamException;
    }

    /** Java's reader has no words for some of what is malformed in a DTD, and fails for want of them. */
    private static int move(Move reader) throws XMLStreamException {
        try {
            return reader.next();
        } catch (MissingResourceException unnamed) {
            throw new XMLStreamException("The document is malformed", unnamed);
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
            switch (move(reader::next)) {
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
