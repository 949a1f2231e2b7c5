package io.lazuli.languages.tsql.bind;

import io.lazuli.algebra.expression.Cast.OnFailure;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.languages.tsql.type.SqlType;
import io.lazuli.languages.tsql.type.SqlType.Kind;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;

/** Converts constants while binding, so that what is said once is converted once. */
final class Constants {
    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder().parseCaseInsensitive()
        .appendPattern("[H:mm[:ss][[.][:]").appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, false).appendPattern("]][h:mm[:ss][ ]a]")
        .toFormatter(Locale.ENGLISH);
    private static final List<DateTimeFormatter> DATES = List.of("yyyy-M-d", "yyyyMMdd", "M/d/yyyy", "yyyy/M/d", "M-d-yyyy", "MMM d yyyy",
        "d MMM yyyy", "MMMM d, yyyy", "MMM d, yyyy", "d MMMM yyyy", "M.d.yyyy", "yyyy.M.d").stream().map(Constants::formatter).toList();

    private Constants() {
    }

    private static DateTimeFormatter formatter(String pattern) {
        return new DateTimeFormatterBuilder().parseCaseInsensitive().appendPattern(pattern.replace("yyyy", "uuuu"))
            .toFormatter(Locale.ENGLISH).withResolverStyle(java.time.format.ResolverStyle.STRICT);
    }

    /** The converted constant; null when the value is none or the engine shall convert it (and say what is wrong with it). */
    static Expression convert(Typed value, SqlType target, OnFailure onFailure) {
        Object constant = value.constant();
        try {
            Object converted = switch (constant) {
                case null -> null;
                case String text -> fromText(text, target);
                case Integer number -> fromNumber(BigDecimal.valueOf(number), target);
                case Long number -> fromNumber(BigDecimal.valueOf(number), target);
                case BigDecimal number -> fromNumber(value.type().is(Kind.MONEY, Kind.SMALLMONEY) && target.isInteger()
                    ? number.setScale(0, RoundingMode.HALF_UP) : number, target);
                default -> null;
            };
            return converted == null ? null : new Literal(converted, target.dataType());
        } catch (DateTimeException | ArithmeticException | IllegalArgumentException unfit) {
            // Left to the engine: the row that has this value may never be reached.
            return onFailure == OnFailure.NULL ? new Literal(null, target.dataType()) : null;
        }
    }

    private static Object fromText(String text, SqlType target) {
        String trimmed = text.strip();
        return switch (target.kind()) {
            case CHAR, NCHAR, BINARY, VARBINARY, NULL, BIT -> null;
            case VARCHAR, NVARCHAR ->
                target.length() == SqlType.MAX || text.length() <= target.length() ? text : text.substring(0, target.length());
            case TINYINT, SMALLINT, INT, BIGINT -> integer(new BigDecimal(trimmed.isEmpty() ? "0" : requireWhole(trimmed)), target);
            case DECIMAL -> decimal(new BigDecimal(trimmed), target);
            case MONEY, SMALLMONEY -> decimal(new BigDecimal(trimmed.isEmpty() ? "0" : trimmed.replaceAll("[$,]", "")), target);
            case REAL -> trimmed.isEmpty() ? (Object) 0f : new BigDecimal(trimmed).floatValue();
            case FLOAT -> trimmed.isEmpty() ? (Object) 0d : new BigDecimal(trimmed).doubleValue();
            case DATE -> dateTime(trimmed).toLocalDate();
            case TIME -> trimmed.contains("-") || trimmed.contains("/") ? dateTime(trimmed).toLocalTime() : LocalTime.parse(trimmed, TIME);
            case SMALLDATETIME, DATETIME, DATETIME2 -> rounded(dateTime(trimmed), target);
            case DATETIMEOFFSET -> instant(trimmed);
            case UNIQUEIDENTIFIER -> java.util.UUID.fromString(trimmed.replaceAll("^\\{(.*)\\}$", "$1"));
        };
    }

    private static String requireWhole(String text) {
        if (!text.matches("[+-]?\\d+")) {
            throw new IllegalArgumentException(text);
        }
        return text;
    }

    private static Object fromNumber(BigDecimal number, SqlType target) {
        return switch (target.kind()) {
            case BIT -> number.signum() != 0;
            case TINYINT, SMALLINT, INT, BIGINT -> integer(number.setScale(0, RoundingMode.DOWN), target);
            case DECIMAL, MONEY, SMALLMONEY -> decimal(number, target);
            case REAL -> number.floatValue();
            case FLOAT -> number.doubleValue();
            default -> null;
        };
    }

    private static Object integer(BigDecimal number, SqlType target) {
        long value = number.longValueExact();
        if (target.is(Kind.TINYINT) && (value < 0 || value > 255)) {
            throw new ArithmeticException("tinyint");
        }
        return switch (target.kind()) {
            case TINYINT -> (short) value;
            case SMALLINT -> number.shortValueExact();
            case INT -> number.intValueExact();
            default -> value;
        };
    }

    private static BigDecimal decimal(BigDecimal number, SqlType target) {
        BigDecimal scaled = number.setScale(target.scale(), RoundingMode.HALF_UP);
        if (scaled.precision() > target.precision()) {
            throw new ArithmeticException("decimal");
        }
        return scaled;
    }

    private static java.time.Instant instant(String text) {
        String iso = text.replaceFirst("^(\\d{4}-\\d{2}-\\d{2})[ T]", "$1T").replaceFirst("\\s+([+-]\\d{2}:\\d{2})$", "$1");
        return iso.matches(".*([+-]\\d{2}:\\d{2}|Z)$") && iso.contains("T") ? OffsetDateTime.parse(iso).toInstant()
            : dateTime(text).toInstant(ZoneOffset.UTC);
    }

    /** A date, a time (on the first of January 1900), or both; blank text is the first of January 1900. */
    static LocalDateTime dateTime(String text) {
        if (text.isEmpty()) {
            return LocalDateTime.of(1900, 1, 1, 0, 0);
        }
        if (text.matches("\\d{1,2}:\\d{2}.*")) {
            return LocalTime.parse(text, TIME).atDate(java.time.LocalDate.of(1900, 1, 1));
        }
        String plain = text.replaceFirst("^(\\d{4}-\\d{2}-\\d{2})T", "$1 ").replaceFirst("Z$", "").replaceAll("\\s+", " ");
        for (DateTimeFormatter format : DATES) {
            java.text.ParsePosition position = new java.text.ParsePosition(0);
            try {
                java.time.LocalDate date = java.time.LocalDate.from(format.parse(plain, position));
                String rest = plain.substring(position.getIndex()).strip();
                if (rest.isEmpty() || plain.charAt(position.getIndex()) == ' ') {
                    return date.atTime(rest.isEmpty() ? LocalTime.MIDNIGHT : LocalTime.parse(rest, TIME));
                }
            } catch (DateTimeException next) {
                // Another format may fit.
                continue;
            }
        }
        throw new DateTimeException(text);
    }

    /** To what the type can hold: minutes, three-hundredths of a second, or microseconds. */
    static LocalDateTime rounded(LocalDateTime time, SqlType type) {
        return switch (type.kind()) {
            case SMALLDATETIME -> time.plusSeconds(30).truncatedTo(java.time.temporal.ChronoUnit.MINUTES);
            case DATETIME -> {
                long ticks = Math.round(time.getNano() * 3 / 10_000_000.0);
                long millis = Math.round(ticks * 10 / 3.0);
                yield time.withNano(0).plusNanos(millis * 1_000_000);
            }
            default -> {
                int digits = Math.min(6, type.scale());
                long unit = (long) Math.pow(10, 9 - digits);
                yield time.withNano(0).plusNanos((time.getNano() + unit / 2) / unit * unit);
            }
        };
    }

    /** The current time as {@code datetime} holds it. */
    static Literal timestamp(LocalDateTime time, SqlType type) {
        return new Literal(rounded(time, type), ScalarType.TIMESTAMP);
    }
}
