package io.lazuli.languages.tsql.type;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.type.DataType;
import io.lazuli.algebra.type.DecimalType;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.foundation.NearestName;
import io.lazuli.languages.tsql.syntax.TypeName;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A type of T-SQL.
 *
 * @param length of texts and binaries in characters or bytes, {@link #MAX} for {@code max}; 0 for other kinds
 * @param precision of decimals
 * @param scale of decimals, or the digits after the second of times
 */
public record SqlType(Kind kind, int length, int precision, int scale) {
    public static final int MAX = -1;

    /** In the order of precedence, lowest first: where two meet, the lower is converted to the higher. */
    public enum Kind {
        NULL, BINARY, VARBINARY, CHAR, VARCHAR, NCHAR, NVARCHAR, UNIQUEIDENTIFIER, BIT, TINYINT, SMALLINT, INT, BIGINT, SMALLMONEY, MONEY,
        DECIMAL, REAL, FLOAT, TIME, DATE, SMALLDATETIME, DATETIME, DATETIME2, DATETIMEOFFSET
    }

    public static final SqlType NULL = simple(Kind.NULL);
    public static final SqlType BIT = simple(Kind.BIT);
    public static final SqlType TINYINT = simple(Kind.TINYINT);
    public static final SqlType SMALLINT = simple(Kind.SMALLINT);
    public static final SqlType INT = simple(Kind.INT);
    public static final SqlType BIGINT = simple(Kind.BIGINT);
    public static final SqlType REAL = simple(Kind.REAL);
    public static final SqlType FLOAT = simple(Kind.FLOAT);
    public static final SqlType MONEY = new SqlType(Kind.MONEY, 0, 19, 4);
    public static final SqlType DATE = simple(Kind.DATE);
    public static final SqlType DATETIME = new SqlType(Kind.DATETIME, 0, 0, 3);
    public static final SqlType DATETIME2 = new SqlType(Kind.DATETIME2, 0, 0, 7);
    public static final SqlType DATETIMEOFFSET = new SqlType(Kind.DATETIMEOFFSET, 0, 0, 7);
    public static final SqlType UNIQUEIDENTIFIER = simple(Kind.UNIQUEIDENTIFIER);

    private static SqlType simple(Kind kind) {
        return new SqlType(kind, 0, 0, 0);
    }

    public static SqlType varchar(int length) {
        return new SqlType(Kind.VARCHAR, length < 0 || length > 8000 ? MAX : Math.max(1, length), 0, 0);
    }

    public static SqlType nvarchar(int length) {
        return new SqlType(Kind.NVARCHAR, length < 0 || length > 4000 ? MAX : Math.max(1, length), 0, 0);
    }

    public static SqlType varbinary(int length) {
        return new SqlType(Kind.VARBINARY, length < 0 || length > 8000 ? MAX : Math.max(1, length), 0, 0);
    }

    public static SqlType decimal(int precision, int scale) {
        return new SqlType(Kind.DECIMAL, 0, precision, scale);
    }

    /** The type of that name; {@code defaultLength} is for texts without a length: 1 in declarations, 30 in CAST. */
    public static SqlType of(TypeName name, int defaultLength) {
        Integer first = argument(name, 0);
        int length = first == null ? defaultLength : first;
        return switch (name.name().toLowerCase(Locale.ROOT)) {
            case "int", "integer" -> INT;
            case "bigint" -> BIGINT;
            case "smallint" -> SMALLINT;
            case "tinyint" -> TINYINT;
            case "bit" -> BIT;
            case "real" -> REAL;
            case "float" -> first != null && first <= 24 ? REAL : FLOAT;
            case "decimal", "numeric", "dec" -> decimalOf(name);
            case "money" -> MONEY;
            case "smallmoney" -> new SqlType(Kind.SMALLMONEY, 0, 10, 4);
            case "varchar", "sql_variant" -> varchar(length);
            case "char", "character" -> new SqlType(Kind.CHAR, length, 0, 0);
            case "nvarchar" -> nvarchar(length);
            case "nchar" -> new SqlType(Kind.NCHAR, length, 0, 0);
            case "sysname" -> nvarchar(128);
            case "text" -> varchar(MAX);
            case "ntext", "xml", "json" -> nvarchar(MAX);
            case "varbinary" -> varbinary(length);
            case "binary" -> new SqlType(Kind.BINARY, length, 0, 0);
            case "image" -> varbinary(MAX);
            case "date" -> DATE;
            case "datetime" -> DATETIME;
            case "smalldatetime" -> simple(Kind.SMALLDATETIME);
            case "datetime2" -> new SqlType(Kind.DATETIME2, 0, 0, first == null ? 7 : first);
            case "datetimeoffset" -> new SqlType(Kind.DATETIMEOFFSET, 0, 0, first == null ? 7 : first);
            case "time" -> new SqlType(Kind.TIME, 0, 0, first == null ? 7 : first);
            case "uniqueidentifier" -> UNIQUEIDENTIFIER;
            default -> throw failure(SqlError.UNKNOWN_TYPE, name.at(), "Cannot find data type %s.%s", name.name(),
                NearestName.hint(name.name(), Arrays.stream(Kind.values()).map(kind -> kind.name().toLowerCase(Locale.ROOT)).toList()));
        };
    }

    private static Integer argument(TypeName name, int index) {
        if (name.arguments().size() <= index) {
            return null;
        }
        String text = name.arguments().get(index);
        return text.equals("max") ? MAX : Integer.valueOf(text);
    }

    private static SqlType decimalOf(TypeName name) {
        int precision = name.arguments().isEmpty() ? 18 : argument(name, 0);
        int scale = name.arguments().size() < 2 ? 0 : argument(name, 1);
        if (precision < 1 || precision > DecimalType.MAX_PRECISION || scale > precision) {
            throw failure(SqlError.UNKNOWN_TYPE, name.at(), "The precision and scale of %s are not valid.", name);
        }
        return decimal(precision, scale);
    }

    /** The type whose values an algebra type holds, for columns that another language made. */
    public static SqlType of(DataType type) {
        return switch (type) {
            case DecimalType decimal -> decimal(decimal.precision(), decimal.scale());
            case ScalarType scalar -> switch (scalar) {
                case BOOLEAN -> BIT;
                case UINT8 -> TINYINT;
                case INT8, INT16 -> SMALLINT;
                case INT32 -> INT;
                case INT64 -> BIGINT;
                case FLOAT32 -> REAL;
                case FLOAT64 -> FLOAT;
                case BINARY -> varbinary(MAX);
                case DATE -> DATE;
                case TIME -> new SqlType(Kind.TIME, 0, 0, 7);
                case TIMESTAMP -> DATETIME2;
                case INSTANT -> DATETIMEOFFSET;
                case UUID -> UNIQUEIDENTIFIER;
                case NULL -> NULL;
                case STRING, VARIANT -> nvarchar(MAX);
            };
            default -> nvarchar(MAX);
        };
    }

    /** The algebra's type that carries the values. */
    public DataType dataType() {
        return switch (kind) {
            case NULL -> ScalarType.NULL;
            case BINARY, VARBINARY -> ScalarType.BINARY;
            case CHAR, VARCHAR, NCHAR, NVARCHAR -> ScalarType.STRING;
            case UNIQUEIDENTIFIER -> ScalarType.UUID;
            case BIT -> ScalarType.BOOLEAN;
            case TINYINT -> ScalarType.UINT8;
            case SMALLINT -> ScalarType.INT16;
            case INT -> ScalarType.INT32;
            case BIGINT -> ScalarType.INT64;
            case SMALLMONEY, MONEY, DECIMAL -> new DecimalType(precision, scale);
            case REAL -> ScalarType.FLOAT32;
            case FLOAT -> ScalarType.FLOAT64;
            case TIME -> ScalarType.TIME;
            case DATE -> ScalarType.DATE;
            case SMALLDATETIME, DATETIME, DATETIME2 -> ScalarType.TIMESTAMP;
            case DATETIMEOFFSET -> ScalarType.INSTANT;
        };
    }

    public boolean is(Kind... kinds) {
        return List.of(kinds).contains(kind);
    }

    public boolean isString() {
        return is(Kind.CHAR, Kind.VARCHAR, Kind.NCHAR, Kind.NVARCHAR);
    }

    public boolean isNational() {
        return is(Kind.NCHAR, Kind.NVARCHAR);
    }

    public boolean isBinary() {
        return is(Kind.BINARY, Kind.VARBINARY);
    }

    public boolean isInteger() {
        return is(Kind.TINYINT, Kind.SMALLINT, Kind.INT, Kind.BIGINT);
    }

    /** Exact with a fraction: decimal and money. */
    public boolean isExact() {
        return is(Kind.DECIMAL, Kind.MONEY, Kind.SMALLMONEY);
    }

    public boolean isFloat() {
        return is(Kind.REAL, Kind.FLOAT);
    }

    public boolean isNumber() {
        return isInteger() || isExact() || isFloat();
    }

    /** Carried as a timestamp. */
    public boolean isDateTime() {
        return is(Kind.SMALLDATETIME, Kind.DATETIME, Kind.DATETIME2);
    }

    public boolean isTemporal() {
        return isDateTime() || is(Kind.DATE, Kind.TIME, Kind.DATETIMEOFFSET);
    }

    /** This type as decimal: what an integer becomes beside one. */
    public SqlType asDecimal() {
        return switch (kind) {
            case BIT -> decimal(1, 0);
            case TINYINT -> decimal(3, 0);
            case SMALLINT -> decimal(5, 0);
            case INT -> decimal(10, 0);
            case BIGINT -> decimal(19, 0);
            case MONEY, SMALLMONEY -> decimal(precision, scale);
            default -> this;
        };
    }

    /** How many characters the values' texts have at most, {@link #MAX} for no bound. */
    public int textLength() {
        return switch (kind) {
            case CHAR, VARCHAR, NCHAR, NVARCHAR, BINARY, VARBINARY -> length;
            case UNIQUEIDENTIFIER -> 36;
            case DECIMAL -> precision + 3;
            default -> 40;
        };
    }

    /** As catalogs show it. */
    @Override
    public String toString() {
        String name = kind.name().toLowerCase(Locale.ROOT);
        return switch (kind) {
            case CHAR, VARCHAR, NCHAR, NVARCHAR, BINARY, VARBINARY -> name + "(" + (length == MAX ? "max" : length) + ")";
            case DECIMAL -> name + "(" + precision + "," + scale + ")";
            case TIME, DATETIME2, DATETIMEOFFSET -> scale == 7 ? name : name + "(" + scale + ")";
            default -> name;
        };
    }
}
