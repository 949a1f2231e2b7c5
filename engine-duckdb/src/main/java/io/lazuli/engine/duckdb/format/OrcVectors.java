package io.lazuli.engine.duckdb.format;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.orc.TypeDescription;
import org.apache.orc.storage.common.type.HiveDecimal;
import org.apache.orc.storage.ql.exec.vector.BytesColumnVector;
import org.apache.orc.storage.ql.exec.vector.ColumnVector;
import org.apache.orc.storage.ql.exec.vector.DateColumnVector;
import org.apache.orc.storage.ql.exec.vector.DecimalColumnVector;
import org.apache.orc.storage.ql.exec.vector.DoubleColumnVector;
import org.apache.orc.storage.ql.exec.vector.ListColumnVector;
import org.apache.orc.storage.ql.exec.vector.LongColumnVector;
import org.apache.orc.storage.ql.exec.vector.MapColumnVector;
import org.apache.orc.storage.ql.exec.vector.StructColumnVector;
import org.apache.orc.storage.ql.exec.vector.TimestampColumnVector;

/** Moves values between ORC's vectors and Java. Timestamps are kept in UTC, as the reader and the writer are told to. */
final class OrcVectors {
    private OrcVectors() {
    }

    static Object get(ColumnVector vector, TypeDescription type, int position) {
        int row = vector.isRepeating ? 0 : position;
        if (!vector.noNulls && vector.isNull[row]) {
            return null;
        }
        return switch (type.getCategory()) {
            case BOOLEAN -> ((LongColumnVector) vector).vector[row] != 0;
            case BYTE -> (byte) ((LongColumnVector) vector).vector[row];
            case SHORT -> (short) ((LongColumnVector) vector).vector[row];
            case INT -> (int) ((LongColumnVector) vector).vector[row];
            case LONG -> ((LongColumnVector) vector).vector[row];
            case FLOAT -> (float) ((DoubleColumnVector) vector).vector[row];
            case DOUBLE -> ((DoubleColumnVector) vector).vector[row];
            case STRING, VARCHAR, CHAR -> new String(bytes(vector, row), StandardCharsets.UTF_8);
            case BINARY -> bytes(vector, row);
            case DATE -> LocalDate.ofEpochDay(((LongColumnVector) vector).vector[row]);
            case TIMESTAMP -> LocalDateTime.ofInstant(instant(vector, row), ZoneOffset.UTC);
            case TIMESTAMP_INSTANT -> instant(vector, row);
            case DECIMAL -> ((DecimalColumnVector) vector).vector[row].getHiveDecimal().bigDecimalValue().setScale(type.getScale());
            case LIST -> list((ListColumnVector) vector, type.getChildren().getFirst(), row);
            case MAP -> map((MapColumnVector) vector, type, row);
            case STRUCT -> struct((StructColumnVector) vector, type, row);
            default -> throw new IllegalStateException(type.toString());
        };
    }

    private static byte[] bytes(ColumnVector vector, int row) {
        BytesColumnVector bytes = (BytesColumnVector) vector;
        return Arrays.copyOfRange(bytes.vector[row], bytes.start[row], bytes.start[row] + bytes.length[row]);
    }

    private static Instant instant(ColumnVector vector, int row) {
        TimestampColumnVector times = (TimestampColumnVector) vector;
        return Instant.ofEpochSecond(Math.floorDiv(times.time[row], 1_000L), times.nanos[row]).truncatedTo(ChronoUnit.MICROS);
    }

    private static List<Object> list(ListColumnVector vector, TypeDescription element, int row) {
        List<Object> values = new ArrayList<>();
        for (long i = 0; i < vector.lengths[row]; i++) {
            values.add(get(vector.child, element, (int) (vector.offsets[row] + i)));
        }
        return values;
    }

    private static Map<Object, Object> map(MapColumnVector vector, TypeDescription type, int row) {
        Map<Object, Object> values = new LinkedHashMap<>();
        for (long i = 0; i < vector.lengths[row]; i++) {
            int entry = (int) (vector.offsets[row] + i);
            values.put(get(vector.keys, type.getChildren().get(0), entry), get(vector.values, type.getChildren().get(1), entry));
        }
        return values;
    }

    private static Map<String, Object> struct(StructColumnVector vector, TypeDescription type, int row) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (int i = 0; i < vector.fields.length; i++) {
            values.put(type.getFieldNames().get(i), get(vector.fields[i], type.getChildren().get(i), row));
        }
        return values;
    }

    static void set(ColumnVector vector, TypeDescription type, int row, Object value) {
        if (value == null) {
            vector.noNulls = false;
            vector.isNull[row] = true;
            return;
        }
        vector.isNull[row] = false;
        switch (type.getCategory()) {
            case BOOLEAN -> ((LongColumnVector) vector).vector[row] = (Boolean) value ? 1 : 0;
            case BYTE, SHORT, INT, LONG -> ((LongColumnVector) vector).vector[row] = ((Number) value).longValue();
            case FLOAT, DOUBLE -> ((DoubleColumnVector) vector).vector[row] = ((Number) value).doubleValue();
            case STRING -> ((BytesColumnVector) vector).setVal(row, value.toString().getBytes(StandardCharsets.UTF_8));
            case BINARY -> ((BytesColumnVector) vector).setVal(row, (byte[]) value);
            case DATE -> setDate((DateColumnVector) vector, row, (LocalDate) value);
            case TIMESTAMP -> setInstant((TimestampColumnVector) vector, row, ((LocalDateTime) value).toInstant(ZoneOffset.UTC));
            case TIMESTAMP_INSTANT -> setInstant((TimestampColumnVector) vector, row, (Instant) value);
            case DECIMAL -> ((DecimalColumnVector) vector).set(row, HiveDecimal.create((BigDecimal) value));
            case LIST -> setList((ListColumnVector) vector, type.getChildren().getFirst(), row, (List<?>) value);
            case MAP -> setMap((MapColumnVector) vector, type, row, (Map<?, ?>) value);
            case STRUCT -> setStruct((StructColumnVector) vector, type, row, (Map<?, ?>) value);
            default -> throw new IllegalStateException(type.toString());
        }
    }

    /** Java's calendar is Gregorian at all times; a vector takes days to be Julian before 1582 unless told. */
    private static void setDate(DateColumnVector vector, int row, LocalDate value) {
        vector.changeCalendar(true, false);
        vector.vector[row] = value.toEpochDay();
    }

    private static void setInstant(TimestampColumnVector vector, int row, Instant value) {
        vector.changeCalendar(true, false);
        vector.time[row] = value.toEpochMilli();
        vector.nanos[row] = value.getNano();
    }

    private static void setList(ListColumnVector vector, TypeDescription element, int row, List<?> values) {
        vector.offsets[row] = vector.childCount;
        vector.lengths[row] = values.size();
        vector.childCount += values.size();
        vector.child.ensureSize(vector.childCount, true);
        for (int i = 0; i < values.size(); i++) {
            set(vector.child, element, (int) vector.offsets[row] + i, values.get(i));
        }
    }

    private static void setMap(MapColumnVector vector, TypeDescription type, int row, Map<?, ?> values) {
        vector.offsets[row] = vector.childCount;
        vector.lengths[row] = values.size();
        vector.childCount += values.size();
        vector.keys.ensureSize(vector.childCount, true);
        vector.values.ensureSize(vector.childCount, true);
        int position = (int) vector.offsets[row];
        for (Map.Entry<?, ?> entry : values.entrySet()) {
            set(vector.keys, type.getChildren().get(0), position, entry.getKey());
            set(vector.values, type.getChildren().get(1), position++, entry.getValue());
        }
    }

    private static void setStruct(StructColumnVector vector, TypeDescription type, int row, Map<?, ?> values) {
        for (int i = 0; i < vector.fields.length; i++) {
            set(vector.fields[i], type.getChildren().get(i), row, values.get(type.getFieldNames().get(i)));
        }
    }
}
