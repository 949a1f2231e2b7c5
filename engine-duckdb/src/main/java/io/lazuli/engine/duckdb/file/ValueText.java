package io.lazuli.engine.duckdb.file;

import io.lazuli.algebra.type.DataType;
import io.lazuli.algebra.type.DecimalType;
import io.lazuli.algebra.type.ScalarType;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;

/** Values as Azure's copies write them into text files, which is as .NET prints them in the invariant culture. */
final class ValueText {
    private static final DateTimeFormatter TIMESTAMP = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSSS");
    private static final DateTimeFormatter INSTANT = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSSSxxx");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final DateTimeFormatter FINE_TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSSSSSS");

    private ValueText() {
    }

    static String of(Object value, DataType type) {
        if (!(type instanceof ScalarType scalar)) {
            return type instanceof DecimalType ? ((BigDecimal) value).toPlainString() : JsonValue.text(value, type);
        }
        return switch (scalar) {
            case BOOLEAN -> (boolean) value ? "True" : "False";
            case BINARY -> HexFormat.of().withUpperCase().formatHex((byte[]) value);
            case TIME -> ((LocalTime) value).format(((LocalTime) value).getNano() == 0 ? TIME : FINE_TIME);
            case TIMESTAMP -> ((LocalDateTime) value).format(TIMESTAMP);
            case INSTANT -> ((Instant) value).atOffset(ZoneOffset.UTC).format(INSTANT);
            case FLOAT32, FLOAT64 -> number(value.toString());
            default -> value.toString();
        };
    }

    /** Java's shortest digits in .NET's notation: {@code 1}, {@code 1.5}, {@code 1E+20}, {@code 1E-05}. */
    static String number(String text) {
        if (text.startsWith("N") || text.endsWith("y")) {
            return text;
        }
        BigDecimal digits = new BigDecimal(text).stripTrailingZeros();
        int exponent = digits.precision() - digits.scale() - 1;
        if (digits.signum() == 0 || exponent >= -5 && exponent < 15) {
            return text.startsWith("-0.0") && digits.signum() == 0 ? "-0" : digits.toPlainString();
        }
        String unscaled = digits.unscaledValue().abs().toString();
        String mantissa = unscaled.length() == 1 ? unscaled : unscaled.charAt(0) + "." + unscaled.substring(1);
        return (digits.signum() < 0 ? "-" : "") + mantissa + (exponent < 0 ? "E-" : "E+") + (Math.abs(exponent) < 10 ? "0" : "")
            + Math.abs(exponent);
    }
}
