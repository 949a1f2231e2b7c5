package io.lazuli.engine.spark.worker;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Iterator;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import scala.jdk.javaapi.CollectionConverters;

/** Writes values as compact JSON: times with a space between date and time, bytes as escaped text, numbers that JSON has not as texts. */
public record JsonText(Shape shape) implements UDF1<Object, Object> {
    @Override
    public Object call(Object value) {
        if (value == null) {
            return null;
        }
        StringBuilder text = new StringBuilder();
        write(text, value, shape);
        return text.toString();
    }

    private static void write(StringBuilder text, Object value, Shape shape) {
        if (value == null) {
            text.append("null");
            return;
        }
        switch (shape.kind()) {
            case BOOLEAN, INT8, INT16, INT32, INT64, JSON -> text.append(value);
            case FLOAT32 -> floating(text, (Float) value);
            case FLOAT64 -> floating(text, (Double) value);
            case DECIMAL -> text.append(((BigDecimal) value).toPlainString());
            case TEXT -> string(text, (String) value);
            case BINARY -> string(text, binary((byte[]) value));
            case DATE -> string(text, value.toString());
            case TIMESTAMP -> string(text, time((LocalDateTime) value));
            case INSTANT -> string(text, time(LocalDateTime.ofInstant((Instant) value, ZoneOffset.UTC)) + "+00");
            case ARRAY -> array(text, (scala.collection.Seq<?>) value, shape.parts().get(0));
            case MAP -> map(text, (scala.collection.Map<?, ?>) value, shape);
            case STRUCTURE -> structure(text, (Row) value, shape);
        }
    }

    private static void floating(StringBuilder text, Number value) {
        if (Double.isFinite(value.doubleValue())) {
            text.append(FloatText.of(value));
        } else {
            text.append('"').append(value).append('"');
        }
    }

    private static String time(LocalDateTime time) {
        String text = time.toString().replace('T', ' ');
        if (time.getSecond() == 0 && time.getNano() == 0) {
            return text + ":00";
        }
        return time.getNano() == 0 ? text : text.replaceFirst("0+$", "");
    }

    private static String binary(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        for (byte one : bytes) {
            boolean plain = one >= 32 && one < 127 && one != '\\' && one != '\'' && one != '"';
            text.append(plain ? String.valueOf((char) one) : String.format("\\x%02X", one));
        }
        return new String(text.toString().getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    private static void array(StringBuilder text, scala.collection.Seq<?> elements, Shape element) {
        text.append('[');
        String before = "";
        for (Object each : CollectionConverters.asJava(elements)) {
            text.append(before);
            write(text, each, element);
            before = ",";
        }
        text.append(']');
    }

    private static void map(StringBuilder text, scala.collection.Map<?, ?> entries, Shape shape) {
        text.append('{');
        Iterator<? extends Map.Entry<?, ?>> all = CollectionConverters.asJava(entries).entrySet().iterator();
        while (all.hasNext()) {
            Map.Entry<?, ?> entry = all.next();
            StringBuilder key = new StringBuilder();
            if (entry.getKey() instanceof Double || entry.getKey() instanceof Float) {
                key.append(FloatText.of((Number) entry.getKey()));
            } else {
                write(key, entry.getKey(), shape.parts().get(0));
            }
            text.append(key.charAt(0) == '"' ? key.toString() : "\"" + key + "\"").append(':');
            write(text, entry.getValue(), shape.parts().get(1));
            text.append(all.hasNext() ? "," : "");
        }
        text.append('}');
    }

    private static void structure(StringBuilder text, Row row, Shape shape) {
        text.append('{');
        for (int i = 0; i < shape.parts().size(); i++) {
            text.append(i == 0 ? "" : ",");
            string(text, shape.names().get(i));
            text.append(':');
            write(text, row.get(i), shape.parts().get(i));
        }
        text.append('}');
    }

    private static void string(StringBuilder text, String value) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            char one = value.charAt(i);
            switch (one) {
                case '"' -> text.append("\\\"");
                case '\\' -> text.append("\\\\");
                case '\b' -> text.append("\\b");
                case '\f' -> text.append("\\f");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                default -> text.append(one < 32 ? String.format("\\u%04X", (int) one) : String.valueOf(one));
            }
        }
        text.append('"');
    }
}
