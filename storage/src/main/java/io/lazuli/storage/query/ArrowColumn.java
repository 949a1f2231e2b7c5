package io.lazuli.storage.query;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;

/** The values of a field in a record batch, as Arrow lays them out: which are there, and their bytes, least significant first. */
final class ArrowColumn {
    private static final int DECIMAL_BYTES = 16;
    private static final int FRACTION_DIGITS = 9;
    private static final int LONGEST_NUMBER = 400;
    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder().appendPattern("uuuu-MM-dd['T'][' '][HH:mm[:ss]]")
        .optionalStart().appendFraction(ChronoField.NANO_OF_SECOND, 1, FRACTION_DIGITS, true).optionalEnd().appendPattern("[XXX]")
        .toFormatter(Locale.ROOT);

    private final ArrowField field;
    private final BitSet present = new BitSet();
    private final BitSet truths = new BitSet();
    private final ByteArrayOutputStream data = new ByteArrayOutputStream();
    private final ByteArrayOutputStream ends = new ByteArrayOutputStream();
    private int rows;

    ArrowColumn(ArrowField field) {
        this.field = field;
        if (field.type() == ArrowField.Kind.STRING) {
            write(ends, Integer.BYTES, 0);
        }
    }

    int rows() {
        return rows;
    }

    int nulls() {
        return rows - present.cardinality();
    }

    /** In bytes. */
    int size() {
        return data.size() + ends.size() + rows / Byte.SIZE;
    }

    /** Takes a text, number, truth value or time, or null. */
    void add(Object value) {
        boolean isThere = value != null && isAdded(value);
        present.set(rows, isThere);
        if (!isThere) {
            addNothing();
        }
        rows++;
        if (field.type() == ArrowField.Kind.STRING) {
            write(ends, Integer.BYTES, data.size());
        }
    }

    private void addNothing() {
        switch (field.type()) {
            case INT64, TIMESTAMP, DOUBLE -> write(data, Long.BYTES, 0);
            case DECIMAL -> write(data, DECIMAL_BYTES, 0);
            case STRING, BOOL -> {
            }
        }
    }

    /** False when the value is none of the field's type. */
    private boolean isAdded(Object value) {
        try {
            switch (field.type()) {
                case INT64 -> write(data, Long.BYTES, number(value).longValueExact());
                case DOUBLE -> write(data, Long.BYTES, Double.doubleToLongBits(floating(value)));
                case TIMESTAMP -> write(data, Long.BYTES, time(value).toEpochMilli());
                case STRING -> data.writeBytes(RowText.text(value).getBytes(StandardCharsets.UTF_8));
                case DECIMAL -> decimal(number(value));
                case BOOL -> truths.set(rows, truth(value));
            }
            return true;
        } catch (ArithmeticException | NumberFormatException | DateTimeException none) {
            return false;
        }
    }

    private void decimal(BigDecimal given) {
        // Before it is written out: a text may have any exponent.
        long wholeDigits = (long) given.precision() - given.scale();
        if (given.signum() != 0 && wholeDigits > field.precision()) {
            throw new ArithmeticException("Too many digits");
        }
        BigDecimal value = given.signum() == 0 || wholeDigits < -field.scale()
            ? BigDecimal.ZERO : given.setScale(field.scale(), RoundingMode.HALF_UP);
        if (value.precision() > field.precision()) {
            throw new ArithmeticException("Too many digits");
        }
        byte[] digits = value.unscaledValue().toByteArray();
        byte sign = (byte) (value.signum() < 0 ? -1 : 0);
        for (int i = 1; i <= DECIMAL_BYTES; i++) {
            data.write(i <= digits.length ? digits[digits.length - i] : sign);
        }
    }

    private static BigDecimal number(Object value) {
        return switch (value) {
            case BigDecimal decimal -> decimal;
            case Boolean truth -> truth ? BigDecimal.ONE : BigDecimal.ZERO;
            default -> number(value.toString().strip());
        };
    }

    /** Reading digits takes time that grows with their square. */
    private static BigDecimal number(String text) {
        if (text.length() > LONGEST_NUMBER) {
            throw new NumberFormatException("Too many digits");
        }
        return new BigDecimal(text);
    }

    private static double floating(Object value) {
        return value instanceof Number number ? number.doubleValue() : Double.parseDouble(value.toString());
    }

    private static boolean truth(Object value) {
        return switch (value.toString().strip().toLowerCase(Locale.ROOT)) {
            case "true", "1" -> true;
            case "false", "0" -> false;
            default -> throw new NumberFormatException("Neither true nor false");
        };
    }

    private static Instant time(Object value) {
        return switch (value) {
            case Instant instant -> instant;
            case LocalDateTime time -> time.toInstant(ZoneOffset.UTC);
            case LocalDate date -> date.atStartOfDay().toInstant(ZoneOffset.UTC);
            default -> time(TIME.parseBest(value.toString().strip(), OffsetDateTime::from, LocalDateTime::from, LocalDate::from));
        };
    }

    private static Instant time(TemporalAccessor parsed) {
        return switch (parsed) {
            case OffsetDateTime time -> time.toInstant();
            case LocalDateTime time -> time.toInstant(ZoneOffset.UTC);
            default -> LocalDate.from(parsed).atStartOfDay().toInstant(ZoneOffset.UTC);
        };
    }

    private static void write(ByteArrayOutputStream to, int bytes, long value) {
        to.write(ByteBuffer.allocate(Math.max(bytes, Long.BYTES)).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array(), 0, bytes);
    }

    /** Which values are there, for texts where each ends, and the values. */
    List<byte[]> buffers() {
        byte[] there = bits(present);
        return switch (field.type()) {
            case STRING -> List.of(there, ends.toByteArray(), data.toByteArray());
            case BOOL -> List.of(there, bits(truths));
            default -> List.of(there, data.toByteArray());
        };
    }

    private byte[] bits(BitSet set) {
        return Arrays.copyOf(set.toByteArray(), (rows + Byte.SIZE - 1) / Byte.SIZE);
    }
}
