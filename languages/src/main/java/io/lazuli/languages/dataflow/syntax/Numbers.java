package io.lazuli.languages.dataflow.syntax;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.Place;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;

/** The values of number literals. */
final class Numbers {
    private static final BigInteger MAX_INTEGER = BigInteger.valueOf(Integer.MAX_VALUE);

    private Numbers() {
    }

    /**
     * {@code 1} is an integer, or a long or decimal if it is too large for one; {@code 1L} a long, {@code 1.5} a double, {@code 1.5f} a
     * float, {@code 0xff} an integer by its bits.
     */
    static Number parse(String text, Place at) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.startsWith("0x")) {
            return hexadecimal(lower.substring(2), at);
        }
        char suffix = lower.charAt(lower.length() - 1);
        String digits = Character.isDigit(suffix) ? lower : lower.substring(0, lower.length() - 1);
        boolean whole = digits.matches("-?\\d+");
        return switch (suffix) {
            case 'f' -> Float.valueOf(digits);
            case 'd' -> Double.valueOf(digits);
            case 'l', 's', 'b' -> {
                if (!whole) {
                    throw failure(CommonError.SYNTAX_ERROR, at, "'%s' is no whole number", text);
                }
                yield suffix == 'l' ? longValue(new BigInteger(digits), at) : smallValue(digits, suffix, at);
            }
            default -> whole ? wholeNumber(new BigInteger(digits)) : (Number) Double.valueOf(digits);
        };
    }

    private static Number smallValue(String digits, char suffix, Place at) {
        try {
            if (suffix == 's') {
                return Short.valueOf(digits);
            }
            return Byte.valueOf(digits);
        } catch (NumberFormatException tooLarge) {
            throw failure(CommonError.SYNTAX_ERROR, at, "%s is too large for its type", digits, tooLarge);
        }
    }

    private static Number hexadecimal(String digits, Place at) {
        boolean isLong = digits.endsWith("l");
        BigInteger value = new BigInteger(isLong ? digits.substring(0, digits.length() - 1) : digits, 16);
        if (value.bitLength() > 64) {
            throw failure(CommonError.SYNTAX_ERROR, at, "0x%s has more than 64 bits", digits);
        }
        return !isLong && value.bitLength() <= 31 ? (Number) value.intValue() : (Number) value.longValue();
    }

    private static Number longValue(BigInteger value, Place at) {
        if (value.bitLength() > 63) {
            throw failure(CommonError.SYNTAX_ERROR, at, "%s is too large for a long", value);
        }
        return value.longValue();
    }

    private static Number wholeNumber(BigInteger value) {
        if (value.abs().compareTo(MAX_INTEGER) <= 0 || value.equals(BigInteger.valueOf(Integer.MIN_VALUE))) {
            return value.intValue();
        }
        return value.bitLength() <= 63 ? (Number) value.longValue() : new BigDecimal(value);
    }
}
