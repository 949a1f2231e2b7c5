package io.lazuli.engine.duckdb.render;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.type.ArrayType;
import io.lazuli.algebra.type.DataType;
import io.lazuli.algebra.type.DecimalType;
import io.lazuli.algebra.type.Field;
import io.lazuli.algebra.type.MapType;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.algebra.type.StructType;
import io.lazuli.foundation.CommonError;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads types as DuckDB prints them, such as {@code STRUCT(a BIGINT, "b c" VARCHAR[])}. Types that the algebra lacks become near ones. */
public final class SqlTypeParser {
    private final String text;
    private int position;

    private SqlTypeParser(String text) {
        this.text = text;
    }

    public static DataType parse(String text) {
        return new SqlTypeParser(text).type();
    }

    private DataType type() {
        String name = name();
        DataType type = switch (name.toUpperCase(Locale.ROOT)) {
            case "STRUCT" -> struct();
            case "MAP" -> map();
            case "DECIMAL" -> decimal();
            default -> scalar(name);
        };
        while (position < text.length() && text.charAt(position) == '[') {
            position = text.indexOf(']', position) + 1;
            type = new ArrayType(type);
        }
        return type;
    }

    private String name() {
        while (position < text.length() && text.charAt(position) == ' ') {
            position++;
        }
        if (position < text.length() && text.charAt(position) == '"') {
            return quoted();
        }
        int start = position;
        while (position < text.length() && "(),[ ".indexOf(text.charAt(position)) < 0) {
            position++;
        }
        return text.substring(start, position);
    }

    private String quoted() {
        StringBuilder name = new StringBuilder();
        for (position++; position < text.length(); position++) {
            if (text.charAt(position) == '"') {
                if (!text.startsWith("\"\"", position)) {
                    break;
                }
                position++;
            }
            name.append(text.charAt(position));
        }
        position++;
        return name.toString();
    }

    private StructType struct() {
        List<Field> fields = new ArrayList<>();
        do {
            position++;
            String name = name();
            fields.add(new Field(name, type()));
        } while (text.charAt(position) == ',');
        position++;
        return new StructType(fields);
    }

    private MapType map() {
        position++;
        DataType key = type();
        position++;
        DataType value = type();
        position++;
        return new MapType(key, value);
    }

    private DecimalType decimal() {
        int end = text.indexOf(')', position);
        String[] sizes = text.substring(position + 1, end).split(",");
        position = end + 1;
        return new DecimalType(Integer.parseInt(sizes[0].strip()), Integer.parseInt(sizes[1].strip()));
    }

    private DataType scalar(String name) {
        if (text.startsWith(" WITH TIME ZONE", position)) {
            position += " WITH TIME ZONE".length();
            return name.equals("TIME") ? ScalarType.TIME : ScalarType.INSTANT;
        }
        return switch (name.toUpperCase(Locale.ROOT)) {
            case "BOOLEAN" -> ScalarType.BOOLEAN;
            case "TINYINT" -> ScalarType.INT8;
            case "UTINYINT" -> ScalarType.UINT8;
            case "SMALLINT" -> ScalarType.INT16;
            case "INTEGER", "USMALLINT" -> ScalarType.INT32;
            case "BIGINT", "UINTEGER" -> ScalarType.INT64;
            case "UBIGINT" -> new DecimalType(20, 0);
            case "HUGEINT", "UHUGEINT" -> new DecimalType(38, 0);
            case "FLOAT" -> ScalarType.FLOAT32;
            case "DOUBLE" -> ScalarType.FLOAT64;
            case "VARCHAR", "ENUM", "\"NULL\"", "NULL", "BIT", "INTERVAL" -> ScalarType.STRING;
            case "BLOB" -> ScalarType.BINARY;
            case "DATE" -> ScalarType.DATE;
            case "TIME", "TIME_NS" -> ScalarType.TIME;
            case "TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS" -> ScalarType.TIMESTAMP;
            case "TIMESTAMPTZ" -> ScalarType.INSTANT;
            case "UUID" -> ScalarType.UUID;
            case "JSON", "VARIANT" -> ScalarType.VARIANT;
            default -> throw failure(CommonError.NOT_SUPPORTED, "Type '%s' is not supported", text);
        };
    }
}
