package io.lazuli.languages.tsql.bind;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.type.DecimalType;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.languages.tsql.syntax.SqlExpression.Constant;
import io.lazuli.languages.tsql.type.SqlError;
import io.lazuli.languages.tsql.type.SqlType;
import java.math.BigDecimal;
import java.util.HexFormat;

/** The values and types of constants. */
final class ConstantBinder {
    private ConstantBinder() {
    }

    static Typed bind(Constant constant) {
        String text = constant.text();
        return switch (constant.kind()) {
            case NULL -> Typed.nothing(SqlType.NULL);
            case INTEGER -> integer(constant);
            case DECIMAL -> decimal(text, constant);
            case FLOAT -> new Typed(new Literal(Double.valueOf(text), ScalarType.FLOAT64), SqlType.FLOAT);
            case MONEY -> new Typed(new Literal(new BigDecimal(text.substring(1).replace(",", "")).setScale(4,
                java.math.RoundingMode.HALF_UP),
                SqlType.MONEY.dataType()), SqlType.MONEY);
            case STRING -> Typed.text(text);
            case NATIONAL_STRING -> Typed.nationalText(text);
            case BINARY -> {
                String digits = text.substring(2);
                byte[] bytes = HexFormat.of().parseHex(digits.length() % 2 == 0 ? digits : "0" + digits);
                yield new Typed(new Literal(bytes, ScalarType.BINARY), SqlType.varbinary(bytes.length));
            }
        };
    }

    /** A whole number that no int holds is a decimal, as in SQL Server. */
    private static Typed integer(Constant constant) {
        BigDecimal value = new BigDecimal(constant.text());
        if (value.precision() <= 10 && value.longValueExact() <= Integer.MAX_VALUE) {
            return Typed.int32(value.intValueExact());
        }
        return decimal(constant.text(), constant);
    }

    private static Typed decimal(String text, Constant constant) {
        String digits = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
        BigDecimal value = new BigDecimal(digits);
        int precision = Math.max(Math.max(value.precision(), value.scale()), 1);
        if (precision > DecimalType.MAX_PRECISION) {
            throw failure(SqlError.SYNTAX, constant.at(), "The number '%s' is out of the range for numeric representation "
                + "(maximum precision 38).", text);
        }
        SqlType type = SqlType.decimal(precision, value.scale());
        return new Typed(new Literal(value, type.dataType()), type);
    }
}
