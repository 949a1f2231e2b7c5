package io.lazuli.storage.query;

import com.google.flatbuffers.FlatBufferBuilder;
import io.lazuli.storage.http.ServiceFailure;
import io.lazuli.storage.http.Xml;
import java.util.Optional;
import org.apache.arrow.flatbuf.Bool;
import org.apache.arrow.flatbuf.Decimal;
import org.apache.arrow.flatbuf.Field;
import org.apache.arrow.flatbuf.FloatingPoint;
import org.apache.arrow.flatbuf.Int;
import org.apache.arrow.flatbuf.Precision;
import org.apache.arrow.flatbuf.TimeUnit;
import org.apache.arrow.flatbuf.Timestamp;
import org.apache.arrow.flatbuf.Type;
import org.apache.arrow.flatbuf.Utf8;

/**
 * A field of an answer in Arrow's format.
 *
 * @param precision of a decimal
 * @param scale of a decimal
 */
public record ArrowField(String name, Kind type, int precision, int scale) {
    private static final int LONG_BITS = 64;
    private static final int DECIMAL_BITS = 128;
    private static final int MOST_DIGITS = 38;

    /** Azure's types of fields. */
    public enum Kind {
        INT64("int64", Type.Int), BOOL("bool", Type.Bool), TIMESTAMP("timestamp[ms]", Type.Timestamp), STRING("string", Type.Utf8),
        DOUBLE("double", Type.FloatingPoint), DECIMAL("decimal", Type.Decimal);

        private final String word;
        private final byte tag;

        Kind(String word, byte tag) {
            this.word = word;
            this.tag = tag;
        }
    }

    /** Reads an element {@code Field}. */
    static ArrowField parse(Xml.Element element) {
        Kind type = type(Optional.ofNullable(element.child("Type")).orElse("").strip());
        String name = Optional.ofNullable(element.child("Name")).orElse("");
        if (type != Kind.DECIMAL) {
            return new ArrowField(name, type, 0, 0);
        }
        int precision = number(element, "Precision", 1, MOST_DIGITS);
        return new ArrowField(name, type, precision, number(element, "Scale", 0, precision));
    }

    private static Kind type(String word) {
        for (Kind kind : Kind.values()) {
            if (kind.word.equalsIgnoreCase(word)) {
                return kind;
            }
        }
        throw wrong("Type", word);
    }

    private static int number(Xml.Element element, String name, int least, int most) {
        String text = Optional.ofNullable(element.child(name)).orElse("").strip();
        if (!text.matches("\\d{1,2}") || Integer.parseInt(text) < least || Integer.parseInt(text) > most) {
            throw wrong(name, text);
        }
        return Integer.parseInt(text);
    }

    private static ServiceFailure wrong(String node, String value) {
        return ServiceFailure.badRequest("InvalidXmlNodeValue", "The value of an XML node is not supported.")
            .with("XmlNodeName", node).with("XmlNodeValue", value);
    }

    /** Writes the field into a schema and gives its place. */
    int write(FlatBufferBuilder to) {
        int named = to.createString(name);
        int children = Field.createChildrenVector(to, new int[0]);
        return Field.createField(to, named, true, type.tag, typed(to), 0, children, 0);
    }

    private int typed(FlatBufferBuilder to) {
        return switch (type) {
            case INT64 -> Int.createInt(to, LONG_BITS, true);
            case TIMESTAMP -> Timestamp.createTimestamp(to, TimeUnit.MILLISECOND, 0);
            case DOUBLE -> FloatingPoint.createFloatingPoint(to, Precision.DOUBLE);
            case DECIMAL -> Decimal.createDecimal(to, precision, scale, DECIMAL_BITS);
            case BOOL -> {
                Bool.startBool(to);
                yield Bool.endBool(to);
            }
            case STRING -> {
                Utf8.startUtf8(to);
                yield Utf8.endUtf8(to);
            }
        };
    }
}
