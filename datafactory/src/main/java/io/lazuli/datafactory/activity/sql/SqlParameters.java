package io.lazuli.datafactory.activity.sql;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.NearestName;
import io.lazuli.foundation.Place;
import io.lazuli.languages.tsql.session.BatchResult.Value;
import io.lazuli.languages.tsql.type.SqlType;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** Parameters of scripts and procedures: JSON values with the type names that activities give them. */
final class SqlParameters {
    private static final int DECIMAL_SCALE = 10;
    private static final List<String> TYPES = List.of("String", "Int", "Int16", "Int32", "Int64", "Boolean", "Decimal", "Double", "Single",
        "DateTime", "Datetime", "DateTimeOffset", "Guid");

    private SqlParameters() {
    }

    /** The value as the type says; texts are read as numbers and times where the type asks for that. */
    static Value of(String name, String type, JsonNode value, Place place) {
        boolean absent = value == null || value.isNull() || value.isMissingNode();
        String text = absent ? null : value.isValueNode() ? value.asString() : value.toString();
        try {
            return switch (type.toLowerCase(Locale.ROOT)) {
                case "string" -> new Value(text, SqlType.nvarchar(SqlType.MAX));
                case "int", "int32" -> new Value(absent ? null : Integer.valueOf(whole(text)), SqlType.INT);
                case "int16" -> new Value(absent ? null : Short.valueOf(whole(text)), SqlType.SMALLINT);
                case "int64" -> new Value(absent ? null : Long.valueOf(whole(text)), SqlType.BIGINT);
                case "boolean" -> new Value(absent ? null : truth(text), SqlType.BIT);
                case "decimal" -> decimal(absent ? null : new BigDecimal(text, MathContext.DECIMAL128));
                case "double" -> new Value(absent ? null : Double.valueOf(text), SqlType.FLOAT);
                case "single" -> new Value(absent ? null : Float.valueOf(text), SqlType.REAL);
                case "datetime" -> new Value(absent ? null : timestamp(text), SqlType.DATETIME2);
                case "datetimeoffset" -> new Value(absent ? null : instant(text), SqlType.DATETIMEOFFSET);
                case "guid" -> new Value(absent ? null : UUID.fromString(text), SqlType.UNIQUEIDENTIFIER);
                default -> throw failure(CommonError.NOT_SUPPORTED, place, "Parameter '%s' has the type '%s', which is not one of %s%s",
                    name, type, TYPES, NearestName.hint(type, TYPES));
            };
        } catch (IllegalArgumentException | DateTimeException wrong) {
            throw failure(CommonError.INVALID_ARGUMENT, place, "Parameter '%s' is '%s', which is no %s", name, text, type, wrong);
        }
    }

    private static String whole(String text) {
        return new BigDecimal(text).toBigIntegerExact().toString();
    }

    private static boolean truth(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "1" -> true;
            case "false", "0" -> false;
            default -> throw new IllegalArgumentException(text);
        };
    }

    private static Value decimal(BigDecimal number) {
        int scale = number == null ? 0 : Math.max(0, Math.min(number.scale(), DECIMAL_SCALE + DECIMAL_SCALE));
        SqlType type = SqlType.decimal(38, scale);
        return new Value(number == null ? null : number.setScale(scale, RoundingMode.HALF_UP), type);
    }

    private static LocalDateTime timestamp(String text) {
        String iso = text.strip().replace(' ', 'T');
        if (!iso.contains("T")) {
            return LocalDateTime.parse(iso + "T00:00:00");
        }
        boolean zoned = iso.endsWith("Z") || iso.matches(".*[+-]\\d\\d:\\d\\d");
        return zoned ? OffsetDateTime.parse(iso).toLocalDateTime() : LocalDateTime.parse(iso);
    }

    private static Instant instant(String text) {
        return OffsetDateTime.parse(text.strip().replace(' ', 'T')).toInstant();
    }
}
