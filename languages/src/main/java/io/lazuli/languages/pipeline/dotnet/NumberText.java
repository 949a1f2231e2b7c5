package io.lazuli.languages.pipeline.dotnet;

import java.math.BigDecimal;

/** Floating-point numbers as text, as .NET writes them: shortest digits, {@code E+15} and beyond or {@code E-05} and below. */
public final class NumberText {
    private static final int FIRST_SCIENTIFIC_EXPONENT = 15;
    private static final int LAST_PLAIN_NEGATIVE_EXPONENT = -5;

    private NumberText() {
    }

    public static String of(double value) {
        if (Double.isNaN(value)) {
            return "NaN";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "Infinity" : "-Infinity";
        }
        if (value == 0) {
            return 1 / value < 0 ? "-0" : "0";
        }
        BigDecimal digits = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        int exponent = digits.precision() - digits.scale() - 1;
        if (exponent < FIRST_SCIENTIFIC_EXPONENT && exponent >= LAST_PLAIN_NEGATIVE_EXPONENT + 1) {
            return digits.toPlainString();
        }
        String unscaled = digits.unscaledValue().abs().toString();
        String mantissa = unscaled.length() == 1 ? unscaled : unscaled.charAt(0) + "." + unscaled.substring(1);
        return (value < 0 ? "-" : "") + mantissa + "E" + (exponent < 0 ? "-" : "+") + String.format("%02d", Math.abs(exponent));
    }
}
