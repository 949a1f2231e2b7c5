package io.lazuli.operators;

import static io.lazuli.operators.JavaOperator.Kind.BOOLEAN;
import static io.lazuli.operators.JavaOperator.Kind.FLOAT32;
import static io.lazuli.operators.JavaOperator.Kind.FLOAT64;
import static io.lazuli.operators.JavaOperator.Kind.INT32;
import static io.lazuli.operators.JavaOperator.Kind.INT64;
import static io.lazuli.operators.JavaOperator.Kind.STRING;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.text.ParsePosition;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/** Numbers and their texts. */
final class NumberOperators {
    private static final AtomicLong SEQUENCE = new AtomicLong();
    /** Before the point of any number. */
    private static final int MOST_DIGITS = 400;
    private static final Pattern WHOLE = Pattern.compile("[+-]?\\d+(?:\\.\\d*)?|[+-]?\\.\\d+");
    private static final Pattern FLOATING =
        Pattern.compile("[+-]?(?:(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?|NaN|Infinity)");
    private static final Pattern DECIMAL = Pattern.compile("[+-]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d{1,4})?");

    static final List<JavaOperator> ALL = List.of(
        JavaOperator.of("text_to_int64", "The whole number that a text says, a fraction cut; null when it is none.",
            a -> whole((String) a[0]), INT64, STRING),
        JavaOperator.of("text_to_float64", "The number that a text says; null when it is none.",
            a -> FLOATING.matcher(((String) a[0]).strip()).matches() ? Double.valueOf(((String) a[0]).strip()) : null, FLOAT64, STRING),
        JavaOperator.of("text_to_decimal_text", "The number that a text says as plain digits; null when it is none.",
            a -> DECIMAL.matcher(((String) a[0]).strip()).matches() ? new BigDecimal(((String) a[0]).strip()).toPlainString() : null,
            STRING, STRING),
        JavaOperator.of("text_to_boolean", "True for true, t, yes, y, 1, false for false, f, no, n, 0, in any case; null for other texts.",
            a -> truth((String) a[0]), BOOLEAN, STRING),
        JavaOperator.of("float64_text", "The number as Java writes a double.", a -> a[0].toString(), STRING, FLOAT64),
        JavaOperator.of("float32_text", "The number as Java writes a float.", a -> a[0].toString(), STRING, FLOAT32),
        JavaOperator.of("float64_plain_text", "The shortest decimal that is this double, as plain digits; null for no number.",
            a -> plain((double) a[0]), STRING, FLOAT64),
        JavaOperator.of("float64_to_float32", "The nearest float32, infinite for numbers that are too large.", a -> (float) (double) a[0],
            FLOAT32, FLOAT64),
        JavaOperator.of("float64_to_int64", "The number with its fraction cut; the nearest int64 for larger ones, 0 for no number.",
            a -> (long) (double) a[0], INT64, FLOAT64),
        JavaOperator.of("float64_to_int32", "The number with its fraction cut; the nearest int32 for larger ones, 0 for no number.",
            a -> (int) (double) a[0], INT32, FLOAT64),
        JavaOperator.of("round_text",
            "A plain decimal rounded to so many digits by a mode: 1 up, 2 down, 3 ceiling, 4 floor, 5 half up, 6 half down, 7 half even, "
                + "8 null unless exact.",
            a -> round((String) a[0], (int) a[1], (int) a[2]), STRING, STRING, INT32, INT32),
        JavaOperator.of("round_float64", "A double rounded as round_text does with the shortest decimal that is it.",
            a -> round((double) a[0], (int) a[1], (int) a[2]), FLOAT64, FLOAT64, INT32, INT32),
        new JavaOperator("next_sequence", "A number that no row had before, one greater than the last.", false, false, INT64, List.of(),
            a -> SEQUENCE.getAndIncrement()),
        JavaOperator.of("seeded_random", "A random whole number from 0 that the seed and the number of a row determine.",
            a -> mixed(mixed((long) a[0]) + (long) a[1] * 0x9E3779B97F4A7C15L) >>> 1, INT64, INT64, INT64),
        JavaOperator.of("format_number", "A plain decimal in a pattern of Java's DecimalFormat for a language tag.",
            a -> format((String) a[1], (String) a[2]).format(new BigDecimal((String) a[0])), STRING, STRING, STRING, STRING),
        JavaOperator.of("parse_number",
            "The plain decimal of a text in a pattern of Java's DecimalFormat for a language tag; null when it does not fit.",
            a -> parse((String) a[0], (String) a[1], (String) a[2]), STRING, STRING, STRING, STRING),
        JavaOperator.of("add_decimal_text", "The sum of two plain decimals, rounded half up to so many digits.",
            a -> sum(new BigDecimal((String) a[0]), new BigDecimal((String) a[1]), (int) a[2]), STRING, STRING, STRING, INT32),
        JavaOperator.of("subtract_decimal_text", "The difference of two plain decimals, rounded half up to so many digits.",
            a -> sum(new BigDecimal((String) a[0]), new BigDecimal((String) a[1]).negate(), (int) a[2]), STRING, STRING, STRING, INT32),
        JavaOperator.of("multiply_decimal_text", "The product of two plain decimals, rounded half up to so many digits.",
            a -> new BigDecimal((String) a[0]).multiply(new BigDecimal((String) a[1])).setScale((int) a[2], RoundingMode.HALF_UP)
                .toPlainString(), STRING, STRING, STRING, INT32),
        JavaOperator.of("divide_decimal_text",
            "The quotient of two plain decimals, rounded half up to so many digits; null for a division by zero.",
            a -> quotient(new BigDecimal((String) a[0]), new BigDecimal((String) a[1]), (int) a[2]), STRING, STRING, STRING, INT32),
        JavaOperator.of("factorial", "The product of the whole numbers up to this one; null below 0 and above 20.",
            a -> factorial((int) a[0]), INT64, INT32));

    private NumberOperators() {
    }

    /** The finalizer of the SplitMix64 generator: each bit of the result depends on all of the argument. */
    private static long mixed(long bits) {
        long once = (bits ^ bits >>> 30) * 0xBF58476D1CE4E5B9L;
        long twice = (once ^ once >>> 27) * 0x94D049BB133111EBL;
        return twice ^ twice >>> 31;
    }

    private static Long whole(String text) {
        String digits = text.strip();
        if (!WHOLE.matcher(digits).matches()) {
            return null;
        }
        BigDecimal number = new BigDecimal(digits).setScale(0, RoundingMode.DOWN);
        return number.toBigInteger().bitLength() > 63 ? null : number.longValueExact();
    }

    private static String sum(BigDecimal first, BigDecimal second, int digits) {
        return first.add(second).setScale(digits, RoundingMode.HALF_UP).toPlainString();
    }

    private static String quotient(BigDecimal dividend, BigDecimal divisor, int digits) {
        return divisor.signum() == 0 ? null : dividend.divide(divisor, digits, RoundingMode.HALF_UP).toPlainString();
    }

    private static Boolean truth(String text) {
        String word = text.strip().toLowerCase(Locale.ROOT);
        boolean yes = List.of("true", "t", "yes", "y", "1").contains(word);
        return yes || List.of("false", "f", "no", "n", "0").contains(word) ? yes : null;
    }

    private static String plain(double number) {
        return Double.isFinite(number) ? new BigDecimal(Double.toString(number)).toPlainString() : null;
    }

    private static Double round(double number, int digits, int mode) {
        if (!Double.isFinite(number)) {
            return number;
        }
        String rounded = round(Double.toString(number), digits, mode);
        return rounded == null ? null : Double.valueOf(rounded);
    }

    private static String round(String number, int digits, int mode) {
        RoundingMode[] modes = {RoundingMode.UP, RoundingMode.DOWN, RoundingMode.CEILING, RoundingMode.FLOOR, RoundingMode.HALF_UP,
            RoundingMode.HALF_DOWN, RoundingMode.HALF_EVEN};
        BigDecimal value = new BigDecimal(number);
        // More digits say the same, and would fill the memory.
        int kept = Math.max(-MOST_DIGITS, Math.min(digits, Math.max(0, value.scale())));
        if (mode >= 1 && mode <= modes.length) {
            return value.setScale(kept, modes[mode - 1]).toPlainString();
        }
        BigDecimal cut = value.setScale(kept, RoundingMode.DOWN);
        return mode == 8 && cut.compareTo(value) == 0 ? cut.toPlainString() : null;
    }

    /** A format of its own for each call, for it is not thread-safe. */
    private static DecimalFormat format(String pattern, String language) {
        Locale locale = language.isEmpty() ? Locale.US : Locale.forLanguageTag(language.replace('_', '-'));
        DecimalFormat format = new DecimalFormat(pattern, DecimalFormatSymbols.getInstance(locale));
        format.setParseBigDecimal(true);
        return format;
    }

    /**
     * Service patterns use the language's own separators or the invariant ones: {@code '€###,##'} for {@code de} has a decimal comma.
     */
    private static String parse(String text, String pattern, String language) {
        Locale locale = language.isEmpty() ? Locale.US : Locale.forLanguageTag(language.replace('_', '-'));
        DecimalFormatSymbols symbols = DecimalFormatSymbols.getInstance(locale);
        for (DecimalFormat format : notations(pattern, symbols)) {
            ParsePosition position = new ParsePosition(0);
            Number number = format.parse(text.strip(), position);
            if (number instanceof BigDecimal decimal && position.getIndex() == text.strip().length()) {
                return decimal.toPlainString();
            }
        }
        return null;
    }

    /** What the pattern means with the invariant separators and with the language's own; a pattern that means neither is refused. */
    private static List<DecimalFormat> notations(String pattern, DecimalFormatSymbols symbols) {
        List<DecimalFormat> formats = new ArrayList<>();
        IllegalArgumentException wrong = null;
        for (boolean localized : new boolean[] {false, true}) {
            try {
                DecimalFormat format = new DecimalFormat("0", symbols);
                if (localized) {
                    format.applyLocalizedPattern(pattern);
                } else {
                    format.applyPattern(pattern);
                }
                format.setParseBigDecimal(true);
                formats.add(format);
            } catch (IllegalArgumentException otherNotation) {
                wrong = otherNotation;
            }
        }
        if (formats.isEmpty()) {
            throw wrong;
        }
        return formats;
    }

    private static Long factorial(int number) {
        if (number < 0 || number > 20) {
            return null;
        }
        long product = 1;
        for (int i = 2; i <= number; i++) {
            product *= i;
        }
        return product;
    }
}
