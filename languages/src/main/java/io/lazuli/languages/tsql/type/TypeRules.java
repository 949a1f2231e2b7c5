package io.lazuli.languages.tsql.type;

import io.lazuli.algebra.type.DecimalType;
import io.lazuli.languages.tsql.type.SqlType.Kind;

/** Which type two types give together. */
public final class TypeRules {
    private TypeRules() {
    }

    /** The type that values of both convert to: of a comparison, a CASE, a UNION. */
    public static SqlType common(SqlType left, SqlType right) {
        if (left.kind() == Kind.NULL) {
            return right;
        }
        if (right.kind() == Kind.NULL) {
            return left;
        }
        SqlType higher = left.kind().compareTo(right.kind()) >= 0 ? left : right;
        SqlType lower = higher == left ? right : left;
        return switch (higher.kind()) {
            case CHAR, VARCHAR, NCHAR, NVARCHAR, BINARY, VARBINARY ->
                new SqlType(higher.kind(), longer(higher.textLength(), lower.textLength()), 0, 0);
            case DECIMAL -> lower.isInteger() || lower.isExact() || lower.kind() == Kind.BIT
                ? wider(higher, lower.asDecimal()) : higher;
            case TIME, DATETIME2, DATETIMEOFFSET ->
                new SqlType(higher.kind(), 0, 0, higher.kind() == lower.kind() ? Math.max(higher.scale(), lower.scale()) : higher.scale());
            default -> higher;
        };
    }

    public static int longer(int left, int right) {
        return left == SqlType.MAX || right == SqlType.MAX ? SqlType.MAX : Math.max(left, right);
    }

    private static SqlType wider(SqlType left, SqlType right) {
        int scale = Math.max(left.scale(), right.scale());
        int whole = Math.max(left.precision() - left.scale(), right.precision() - right.scale());
        return reduced(whole + scale, scale);
    }

    /** The type of {@code left operator right} for two decimals, as SQL Server computes it. */
    public static SqlType arithmetic(String operator, SqlType left, SqlType right) {
        int leftWhole = left.precision() - left.scale();
        int rightWhole = right.precision() - right.scale();
        int scale = Math.max(left.scale(), right.scale());
        return switch (operator) {
            case "*" -> reduced(left.precision() + right.precision() + 1, left.scale() + right.scale());
            case "/" -> {
                int digits = Math.max(6, left.scale() + right.precision() + 1);
                yield reduced(leftWhole + right.scale() + digits, digits);
            }
            case "%" -> SqlType.decimal(Math.min(leftWhole, rightWhole) + scale, scale);
            default -> {
                int precision = Math.max(leftWhole, rightWhole) + scale + 1;
                yield precision > DecimalType.MAX_PRECISION
                    ? SqlType.decimal(DecimalType.MAX_PRECISION, Math.max(0, Math.min(scale, DecimalType.MAX_PRECISION
                        - Math.max(leftWhole, rightWhole)))) : SqlType.decimal(precision, scale);
            }
        };
    }

    /** Beyond 38 digits the scale gives way, down to 6. */
    private static SqlType reduced(int precision, int scale) {
        if (precision <= DecimalType.MAX_PRECISION) {
            return SqlType.decimal(precision, scale);
        }
        int whole = precision - scale;
        int kept = Math.max(Math.min(scale, 6), DecimalType.MAX_PRECISION - whole);
        return SqlType.decimal(DecimalType.MAX_PRECISION, Math.clamp(kept, 0, scale));
    }
}
