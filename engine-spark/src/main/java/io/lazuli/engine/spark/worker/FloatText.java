package io.lazuli.engine.spark.worker;

import java.math.BigDecimal;
import org.apache.spark.sql.api.java.UDF1;

/** Writes floats with as few digits as name them: plainly from 1e-4 to below 1e16, else with an exponent of two digits or more. */
public record FloatText() implements UDF1<Object, Object> {
    private static final int LEAST_EXPONENT = -4;
    private static final int MOST_EXPONENT = 16;

    @Override
    public Object call(Object value) {
        return value == null ? null : of((Number) value);
    }

    static String of(Number value) {
        double number = value.doubleValue();
        if (!Double.isFinite(number)) {
            return Double.isNaN(number) ? "nan" : number > 0 ? "inf" : "-inf";
        }
        if (number == 0) {
            return 1 / number < 0 ? "-0.0" : "0.0";
        }
        BigDecimal shortest = new BigDecimal(value.toString()).stripTrailingZeros();
        String digits = shortest.unscaledValue().abs().toString();
        int exponent = digits.length() - 1 - shortest.scale();
        String sign = number < 0 ? "-" : "";
        if (exponent >= LEAST_EXPONENT && exponent < MOST_EXPONENT) {
            String plain = shortest.abs().toPlainString();
            return sign + (plain.contains(".") ? plain : plain + ".0");
        }
        String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
        return sign + digits.charAt(0) + fraction + String.format("e%s%02d", exponent < 0 ? "-" : "+", Math.abs(exponent));
    }
}
