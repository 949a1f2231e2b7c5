package io.lazuli.datafactory.connector.sql;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.expression.Literal;
import io.lazuli.datafactory.DataFactoryError;
import io.lazuli.foundation.Place;
import io.lazuli.languages.tsql.bind.StatementBinder;
import io.lazuli.languages.tsql.bind.Typed;
import io.lazuli.languages.tsql.session.BatchResult.Value;
import io.lazuli.languages.tsql.type.SqlType;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The parameters of scripts and stored procedures: a .NET type's name and a value, which may be a text. */
public final class SqlParameters {
    private SqlParameters() {
    }

    /** {@code {"name": {"value": …, "type": …}}}, as stored procedures have them; names get their {@code @}. */
    public static Map<String, Value> of(JsonNode parameters) {
        Map<String, Value> values = new LinkedHashMap<>();
        parameters.properties().forEach(entry -> {
            JsonNode given = entry.getValue();
            JsonNode value = given.isObject() ? given.get("value") : given;
            values.put(variable(entry.getKey()), value(entry.getKey(), given.path("type").asString(""), value));
        });
        return values;
    }

    public static String variable(String name) {
        return name.startsWith("@") ? name : "@" + name;
    }

    /** A value of a .NET type; without one, of the type that the JSON has. */
    public static Value value(String name, String typeName, JsonNode json) {
        SqlType type = type(name, typeName, json);
        if (json == null || json.isNull() || json.isMissingNode()) {
            return new Value(null, type);
        }
        String text = json.isContainer() ? json.toString() : json.asString();
        if (type.equals(SqlType.BIT)) {
            return new Value(truth(name, text), type);
        }
        SqlType exact = type.is(SqlType.Kind.DECIMAL) ? decimal(name, text) : type;
        Typed converted = StatementBinder.converted(new Typed(Literal.string(text), SqlType.nvarchar(SqlType.MAX)), exact, Place.UNKNOWN);
        if (!(converted.expression() instanceof Literal literal)) {
            throw wrong(name, text, typeName);
        }
        return new Value(literal.value(), exact);
    }

    private static boolean truth(String name, String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "true", "1" -> true;
            case "false", "0" -> false;
            default -> throw wrong(name, text, "Boolean");
        };
    }

    private static SqlType decimal(String name, String text) {
        try {
            BigDecimal number = new BigDecimal(text.strip());
            int scale = Math.clamp(number.scale(), 0, 38);
            return SqlType.decimal(38, Math.min(scale, 18));
        } catch (NumberFormatException notANumber) {
            throw wrong(name, text, "Decimal");
        }
    }

    private static RuntimeException wrong(String name, String text, String type) {
        return failure(DataFactoryError.WRONG_TYPE,
            "Failed to convert the value of parameter '%s', '%s', to the type '%s'", name, text, type);
    }

    private static SqlType type(String name, String typeName, JsonNode json) {
        return switch (typeName.toLowerCase(Locale.ROOT)) {
            case "string", "char" -> SqlType.nvarchar(SqlType.MAX);
            case "byte" -> SqlType.TINYINT;
            case "int16" -> SqlType.SMALLINT;
            case "int", "int32" -> SqlType.INT;
            case "int64", "long" -> SqlType.BIGINT;
            case "boolean", "bool" -> SqlType.BIT;
            case "decimal" -> SqlType.decimal(38, 18);
            case "double" -> SqlType.FLOAT;
            case "single" -> SqlType.REAL;
            case "guid" -> SqlType.UNIQUEIDENTIFIER;
            case "datetime" -> SqlType.DATETIME2;
            case "date" -> SqlType.DATE;
            case "datetimeoffset" -> SqlType.DATETIMEOFFSET;
            case "timespan" -> new SqlType(SqlType.Kind.TIME, 0, 0, 7);
            case "" -> untyped(json);
            default -> throw failure(DataFactoryError.WRONG_TYPE, "Parameter '%s' has the unknown type '%s'", name, typeName);
        };
    }

    private static SqlType untyped(JsonNode json) {
        return json != null && json.isBoolean() ? SqlType.BIT : json != null && json.isIntegralNumber() ? SqlType.BIGINT
            : json != null && json.isNumber() ? SqlType.FLOAT : SqlType.nvarchar(SqlType.MAX);
    }
}
