package io.lazuli.operators;

import static io.lazuli.operators.JavaOperator.Kind.INT32;
import static io.lazuli.operators.JavaOperator.Kind.STRING;
import static io.lazuli.operators.JavaOperator.Kind.STRINGS;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Parts of XML documents and of delimited text that stand in a value. */
final class DocumentOperators {
    static final List<JavaOperator> ALL = List.of(
        JavaOperator.of("xml_document", "An element around the root of an XML document; null for a text that is none. Texts say how it is "
            + "read: 'dtd' to check it by the DTD in it, else it must have none; 'true' to require that prefixes are declared; then "
            + "namespaces, each with the prefix that its names get, or an empty one for none.",
            a -> XmlElement.document((String) a[0], ((List<?>) a[1]).toArray(String[]::new)).map(XmlElement::toString).orElse(null),
            STRING, STRING, STRINGS),
        JavaOperator.of("xml_children", "The elements of a name that are directly below an element, as XML; null for a text that is none.",
            a -> part(a[0], element -> element.children((String) a[1]).stream().map(XmlElement::toString).toList()), STRINGS, STRING,
            STRING),
        JavaOperator.of("xml_attribute", "The value of an element's attribute; null when it has none of the name.",
            a -> part(a[0], element -> element.attribute((String) a[1])), STRING, STRING, STRING),
        JavaOperator.of("xml_text",
            "What stands within an element: its text, or the XML of the elements in it; null for nothing, and for a text that is none.",
            a -> part(a[0], XmlElement::content), STRING, STRING),
        JavaOperator.of("xml_escape", "The text as it stands in an element or attribute.", a -> XmlElement.escaped((String) a[0]), STRING,
            STRING),
        JavaOperator.of("delimited_value", "A text as it stands in a row with this delimiter, quote (or none) and escape character.",
            a -> DelimitedRow.written((String) a[0], (String) a[1], (String) a[2], (String) a[3]), STRING, STRING, STRING, STRING, STRING),
        JavaOperator.of("delimited_values",
            "The values of the row with that number, from 1, of a text; five texts say what is between rows, between columns, the quote "
                + "(or none), the escape character, and what is null where it is not quoted. Null when there is no such row.",
            a -> DelimitedRow.values((String) a[0], (int) a[1], (List<?>) a[2]), STRINGS, STRING, INT32, STRINGS));

    private DocumentOperators() {
    }

    private static Object part(Object xml, Function<XmlElement, Object> seen) {
        return XmlElement.of((String) xml).map(seen).orElse(null);
    }

    /** Rows of delimited text, read sign by sign. */
    private static final class DelimitedRow {
        private final String text;
        private final Signs signs;
        private int at;

        private DelimitedRow(String text, Signs signs) {
            this.text = text;
            this.signs = signs;
        }

        /** What parts and protects values. */
        private record Signs(String row, String column, String quote, String escape, String nullValue) {
        }

        /** Quoted where it must be. */
        static String written(String value, String delimiter, String quote, String escape) {
            boolean plain = quote.isEmpty() || !value.isEmpty() && !value.contains(quote) && !value.contains("\n") && !value.contains("\r")
                && (delimiter.isEmpty() || !value.contains(delimiter));
            if (plain) {
                return value;
            }
            String escaped = escape.isEmpty() ? value : value.replace(escape, escape + escape);
            return quote + (escape.isEmpty() || escape.equals(quote) ? escaped : escaped.replace(quote, escape + quote)) + quote;
        }

        static List<String> values(String text, int number, List<?> given) {
            String[] signs = given.toArray(String[]::new);
            DelimitedRow rows = new DelimitedRow(text, new Signs(signs[0], signs[1], signs[2], signs[3], signs[4]));
            List<String> row = rows.next();
            for (int i = 1; i < number && row != null; i++) {
                row = rows.next();
            }
            return row;
        }

        private List<String> next() {
            if (at > text.length() || at == text.length() && at > 0) {
                return null;
            }
            List<String> values = new ArrayList<>();
            boolean more = true;
            while (more) {
                values.add(value());
                more = !signs.column().isEmpty() && text.startsWith(signs.column(), at);
                at += more ? signs.column().length() : 0;
            }
            at += endsRow() ? rowEnd().length() : 0;
            return values;
        }

        private String value() {
            StringBuilder value = new StringBuilder();
            boolean quoted = !signs.quote().isEmpty() && text.startsWith(signs.quote(), at);
            boolean within = quoted;
            at += quoted ? signs.quote().length() : 0;
            while (at < text.length() && (within || !endsValue())) {
                if (within && isEscape()) {
                    at += signs.escape().length();
                } else if (within && text.startsWith(signs.quote(), at)) {
                    within = false;
                    at += signs.quote().length();
                    continue;
                }
                value.append(text.charAt(at++));
            }
            return !quoted && value.toString().equals(signs.nullValue()) ? null : value.toString();
        }

        private boolean isEscape() {
            int next = at + signs.escape().length();
            return !signs.escape().isEmpty() && text.startsWith(signs.escape(), at)
                && (text.startsWith(signs.quote(), next) || text.startsWith(signs.escape(), next)) && next < text.length();
        }

        private boolean endsValue() {
            return endsRow() || !signs.column().isEmpty() && text.startsWith(signs.column(), at);
        }

        private boolean endsRow() {
            return !rowEnd().isEmpty() && text.startsWith(rowEnd(), at);
        }

        private String rowEnd() {
            return signs.row().equals("\n") && text.startsWith("\r\n", at) ? "\r\n" : signs.row();
        }
    }
}
