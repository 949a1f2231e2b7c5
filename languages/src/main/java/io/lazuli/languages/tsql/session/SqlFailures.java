package io.lazuli.languages.tsql.session;

import io.lazuli.algebra.AlgebraError;
import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.LazuliException;
import io.lazuli.foundation.Place;
import io.lazuli.languages.tsql.type.SqlError;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Failures of the engine as SQL Server words and numbers them. */
public final class SqlFailures {
    private static final Pattern CONVERSION = Pattern.compile("(?s)'(.*)' is no (\\w+).*");
    private static final Set<String> FATAL = Set.of(CommonError.NOT_SUPPORTED.name(), CommonError.CANCELLED.name(),
        CommonError.INTERNAL_ERROR.name(), CommonError.OUT_OF_MEMORY.name(), CommonError.DISK_FULL.name(), CommonError.IN_USE.name(),
        CommonError.IO_ERROR.name(), AlgebraError.ENGINE_FAILED.name());

    private SqlFailures() {
    }

    /** Whether a CATCH block sees it. What is refused or broken ends the script whatever it says. */
    static boolean isCatchable(LazuliException failure) {
        return !FATAL.contains(failure.code().name());
    }

    /** SQL Server's number, severity and state of a failure. */
    public static SqlError error(LazuliException failure) {
        return failure.code() instanceof SqlError known ? known : new SqlError(failure.code().name(), number(failure), 16, 1);
    }

    private static int number(LazuliException failure) {
        return switch (failure.code()) {
            case AlgebraError.DIVISION_BY_ZERO -> 8134;
            case AlgebraError.TABLE_NOT_FOUND -> 208;
            case AlgebraError.COLUMN_NOT_FOUND -> 207;
            case AlgebraError.TABLE_EXISTS -> 2714;
            case AlgebraError.CONVERSION_FAILED -> 245;
            case AlgebraError.CONSTRAINT_VIOLATED -> 2627;
            case AlgebraError.TYPE_MISMATCH -> 206;
            case CommonError.SYNTAX_ERROR -> 102;
            default -> 50000;
        };
    }

    /** The failure in SQL Server's words, at the place of the statement that failed. */
    static LazuliException translated(LazuliException failure, Place at) {
        Place place = failure.place().line() > 0 ? failure.place() : at;
        if (failure.code() == AlgebraError.DIVISION_BY_ZERO) {
            return of("DIVISION_BY_ZERO", 8134, place, "Divide by zero error encountered.", failure);
        }
        if (failure.getMessage().contains(SqlError.INVALID_FLOAT)) {
            return of("SqlError.INVALID_FLOATING_POINT", 3623, place, SqlError.INVALID_FLOAT, failure);
        }
        if (failure.code() == AlgebraError.CONVERSION_FAILED) {
            return conversion(failure, place);
        }
        if (failure.code() == AlgebraError.CONSTRAINT_VIOLATED) {
            return constraint(failure, place);
        }
        if (failure.code() == CommonError.INVALID_ARGUMENT && failure.getMessage().contains("more than one row")) {
            return of("SUBQUERY_ROWS", 512, place, "Subquery returned more than 1 value. This is not permitted when the subquery follows "
                + "=, !=, <, <= , >, >= or when the subquery is used as an expression.", failure);
        }
        return failure.place().line() > 0 ? failure : failure.at(at);
    }

    private static LazuliException of(String name, int number, Place place, String message, Throwable cause) {
        return new LazuliException(new SqlError(name, number, 16, 1), place, message, cause);
    }

    private static LazuliException conversion(LazuliException failure, Place place) {
        Matcher matcher = CONVERSION.matcher(failure.getMessage());
        String code = AlgebraError.CONVERSION_FAILED.name();
        if (!matcher.matches()) {
            boolean text = failure.getMessage().startsWith("String or binary data would be truncated");
            boolean overflow = failure.getMessage().matches("(?is).*(overflow|out of range).*");
            return text ? of(code, 2628, place, failure.getMessage(), failure)
                : overflow ? of(code, 8115, place, overflow(failure.getMessage()), failure)
                : of(code, 245, place, failure.getMessage(), failure);
        }
        String value = matcher.group(1);
        String type = matcher.group(2).toUpperCase(java.util.Locale.ROOT);
        return switch (type) {
            case "DATE", "TIME", "TIMESTAMP" ->
                of(code, 241, place, "Conversion failed when converting date and/or time from character string.", failure);
            case "UUID" -> of(code, 8169, place, "Conversion failed when converting from a character string to uniqueidentifier.", failure);
            case "DECIMAL", "DOUBLE", "FLOAT" -> of(code, 8114, place, "Error converting data type varchar to "
                + (type.equals("DECIMAL") ? "numeric" : type.equals("DOUBLE") ? "float" : "real") + ".", failure);
            default -> of(code, 245, place, "Conversion failed when converting the varchar value '" + value + "' to data type "
                + integerName(type) + ".", failure);
        };
    }

    private static String overflow(String message) {
        Matcher type = Pattern.compile("\\b(U?INT\\d+|DECIMAL\\(\\d+,\\d+\\))").matcher(message);
        return type.find() ? "Arithmetic overflow error converting expression to data type " + integerName(type.group(1)) + "."
            : "Arithmetic overflow error: " + message;
    }

    private static String integerName(String type) {
        return switch (type) {
            case "INTEGER", "INT32" -> "int";
            case "BIGINT", "INT64" -> "bigint";
            case "SMALLINT", "INT16" -> "smallint";
            case "UTINYINT", "UINT8" -> "tinyint";
            case "BOOLEAN" -> "bit";
            default -> type.toLowerCase(java.util.Locale.ROOT);
        };
    }

    private static LazuliException constraint(LazuliException failure, Place place) {
        Matcher nulls = Pattern.compile("Column (\\S+?)\\.?([^.\\s]+) does not take null").matcher(failure.getMessage());
        String code = AlgebraError.CONSTRAINT_VIOLATED.name();
        if (nulls.find()) {
            return of(code, 515, place, "Cannot insert the value NULL into column '" + plain(nulls.group(2)) + "', table '"
                + plain(nulls.group(1))
                + "'; column does not allow nulls.", failure);
        }
        Matcher key = Pattern.compile("The key \\((.*)\\) occurs twice").matcher(failure.getMessage());
        return of(code, 2627, place, key.find()
            ? "Violation of PRIMARY KEY constraint. Cannot insert duplicate key. The duplicate key value "
            + "is (" + key.group(1).replaceAll("(^|, )[^:,]+: ", "$1") + ")." : failure.getMessage(), failure);
    }

    private static String plain(String name) {
        return name.replace("\"", "");
    }
}
