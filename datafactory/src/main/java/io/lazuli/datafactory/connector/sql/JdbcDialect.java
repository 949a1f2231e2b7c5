package io.lazuli.datafactory.connector.sql;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.type.DataType;
import io.lazuli.algebra.type.DecimalType;
import io.lazuli.algebra.type.Field;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.foundation.CommonError;
import java.util.Arrays;
import java.util.List;

/** What real databases write differently: quotes around names, and the types of columns. */
enum JdbcDialect {
    SQL_SERVER(List.of("jdbc:sqlserver:"), "[", "]", "decimal", "bit", "tinyint", "smallint", "int", "bigint", "real", "float",
        "nvarchar(max)", "varbinary(max)", "date", "time", "datetime2", "datetimeoffset", "uniqueidentifier"),
    POSTGRESQL(List.of("jdbc:postgresql:"), "\"", "\"", "numeric", "boolean", "smallint", "smallint", "integer", "bigint", "real",
        "double precision", "text", "bytea", "date", "time", "timestamp", "timestamptz", "uuid"),
    MYSQL(List.of("jdbc:mysql:", "jdbc:mariadb:"), "`", "`", "decimal", "boolean", "tinyint unsigned", "smallint", "int", "bigint",
        "float", "double", "longtext", "longblob", "date", "time(6)", "datetime(6)", "datetime(6)", "char(36)"),
    ORACLE(List.of("jdbc:oracle:"), "\"", "\"", "number", "number(1)", "number(3)", "number(5)", "number(10)", "number(19)",
        "binary_float", "binary_double", "nclob", "blob", "date", "varchar2(16)", "timestamp", "timestamp with time zone", "char(36)"),
    /** Standard SQL. */
    OTHER(List.of(), "\"", "\"", "decimal", "boolean", "smallint", "smallint", "integer", "bigint", "real", "double precision",
        "varchar(1000000)", "varbinary(1000000)", "date", "time(6)", "timestamp(6)", "timestamp(6) with time zone", "uuid");

    /** The types that the dialects name, in this order. */
    private static final List<ScalarType> TYPES = List.of(ScalarType.BOOLEAN, ScalarType.UINT8, ScalarType.INT16, ScalarType.INT32,
        ScalarType.INT64, ScalarType.FLOAT32, ScalarType.FLOAT64, ScalarType.STRING, ScalarType.BINARY, ScalarType.DATE, ScalarType.TIME,
        ScalarType.TIMESTAMP, ScalarType.INSTANT, ScalarType.UUID);

    private final List<String> urls;
    private final String open;
    private final String close;
    private final String decimal;
    private final List<String> names;

    JdbcDialect(List<String> urls, String open, String close, String decimal, String... names) {
        this.urls = urls;
        this.open = open;
        this.close = close;
        this.decimal = decimal;
        this.names = List.of(names);
    }

    static JdbcDialect of(String url) {
        return Arrays.stream(values()).filter(dialect -> dialect.urls.stream().anyMatch(url::startsWith)).findFirst().orElse(OTHER);
    }

    /** A name in the database's quotes. */
    String quoted(String name) {
        return open + name.replace(close, close + close) + close;
    }

    /** The type of a column that holds a field's values; {@code NOT_SUPPORTED} for structures, arrays and maps. */
    String type(Field field) {
        DataType type = field.type();
        return switch (type) {
            case DecimalType number -> decimal + "(" + number.precision() + "," + number.scale() + ")";
            case ScalarType scalar -> names.get(TYPES.indexOf(switch (scalar) {
                case INT8 -> ScalarType.INT16;
                case VARIANT, NULL -> ScalarType.STRING;
                default -> scalar;
            }));
            default -> throw failure(CommonError.NOT_SUPPORTED, "Column '%s' is a %s, for which a table has no type", field.name(), type);
        };
    }
}
