package io.lazuli.datafactory.copy.mapping;

import static io.lazuli.datafactory.copy.mapping.Formulas.choose;
import static io.lazuli.datafactory.copy.mapping.Formulas.coalesce;
import static io.lazuli.datafactory.copy.mapping.Formulas.matches;
import static io.lazuli.datafactory.copy.mapping.Formulas.nothing;
import static io.lazuli.datafactory.copy.mapping.Formulas.orNull;
import static io.lazuli.datafactory.copy.mapping.Formulas.replace;
import static io.lazuli.datafactory.copy.mapping.Formulas.text;
import static io.lazuli.datafactory.copy.mapping.Formulas.trim;

import io.lazuli.algebra.expression.Call;
import io.lazuli.algebra.expression.Cast;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.operator.ConversionOperators;
import io.lazuli.algebra.operator.DateOperators;
import io.lazuli.algebra.type.DataType;
import io.lazuli.algebra.type.DecimalType;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.foundation.Place;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Texts read as values of other types, by the rules of .NET's {@code Convert} in a culture. */
final class TextReading {
    private static final String BAD_INPUT = "Input string was not in a correct format.";
    private static final String BAD_DATE = "String was not recognized as a valid DateTime.";
    private static final String OFFSET = ".*[T ]\\d{1,2}:\\d{2}.*(Z|[+-]\\d{2}(:?\\d{2})?)";

    private final Expression source;
    private final ConversionSettings settings;
    private final Place place;

    TextReading(Expression source, ConversionSettings settings, Place place) {
        this.source = source;
        this.settings = settings;
        this.place = place;
    }

    Conversion as(DataType type) {
        return switch (type) {
            case DecimalType decimal -> number(decimal, decimalPattern());
            case ScalarType scalar -> switch (scalar) {
                case STRING -> Conversion.sure(source);
                case BOOLEAN -> truth();
                case INT8, UINT8, INT16, INT32, INT64 -> number(scalar, "[+-]?\\d+");
                case FLOAT32, FLOAT64 -> number(scalar, floatPattern());
                case TIMESTAMP -> Conversion.checked(source, timestamp(), BAD_DATE);
                case DATE -> Conversion.checked(source, orNull(timestamp(), ScalarType.DATE), BAD_DATE);
                case INSTANT -> Conversion.checked(source, instant(), BAD_DATE);
                case TIME -> Conversion.checked(source, time(), BAD_INPUT);
                case UUID -> guid();
                case BINARY -> binary();
                case VARIANT, NULL -> Conversion.sure(Cast.strict(source, scalar));
            };
            default -> throw Conversions.unsupported(ScalarType.STRING, type, place);
        };
    }

    private Conversion truth() {
        Expression value = choose(matches(source, "(?i)\\s*true\\s*"), Literal.TRUE,
            choose(matches(source, "(?i)\\s*false\\s*"), Literal.FALSE, nothing(ScalarType.BOOLEAN)));
        if (settings.treatBooleanAsNumber()) {
            value = choose(matches(source, "\\s*1\\s*"), Literal.TRUE,
                choose(matches(source, "\\s*0\\s*"), Literal.FALSE, value));
        }
        return Conversion.checked(source, value, "String was not recognized as a valid Boolean.");
    }

    private Conversion number(DataType type, String pattern) {
        Expression plain = trim(source);
        Expression fits = matches(plain, pattern);
        Expression value = choose(fits, orNull(plainNumber(plain), type), nothing(type));
        String range = type instanceof DecimalType ? "Value was either too large or too small for a Decimal."
            : "Value was either too large or too small for an " + InterimType.of(type) + ".";
        return Conversion.checked(source, value, choose(fits, text(range), text(BAD_INPUT)));
    }

    /** The number without the culture's group separators, with a point. */
    private Expression plainNumber(Expression value) {
        DecimalFormatSymbols symbols = DecimalFormatSymbols.getInstance(settings.culture());
        Expression ungrouped = replace(value, group(symbols), "");
        return symbols.getDecimalSeparator() == '.' ? ungrouped
            : replace(ungrouped, Pattern.quote(String.valueOf(symbols.getDecimalSeparator())), ".");
    }

    private static String group(DecimalFormatSymbols symbols) {
        char separator = symbols.getGroupingSeparator();
        return Character.isSpaceChar(separator) ? "[\\x{00A0}\\x{202F} ]" : "[" + separator + "]";
    }

    private String decimalPattern() {
        DecimalFormatSymbols symbols = DecimalFormatSymbols.getInstance(settings.culture());
        String digits = "(\\d|" + group(symbols) + ")*";
        String point = "[" + symbols.getDecimalSeparator() + "]";
        return "[+-]?(\\d" + digits + "(" + point + "\\d*)?|" + point + "\\d+)";
    }

    private String floatPattern() {
        return decimalPattern() + "([eE][+-]?\\d+)?|NaN|-?Infinity";
    }

    private Expression timestamp() {
        Expression plain = trim(source);
        if (settings.dateTimeFormat() != null) {
            return read(plain, List.of(DatePattern.toRead(settings.dateTimeFormat(), place)));
        }
        Expression iso = choose(matches(plain, OFFSET), orNull(orNull(plain, ScalarType.INSTANT), ScalarType.TIMESTAMP),
            orNull(plain, ScalarType.TIMESTAMP));
        return choose(matches(plain, "\\d{4}-\\d{1,2}-\\d{1,2}.*"), iso, read(plain, CultureDates.patterns(settings.culture())));
    }

    private static Expression read(Expression value, List<String> patterns) {
        List<Expression> arguments = new ArrayList<>(List.of(value));
        patterns.forEach(pattern -> arguments.add(text(pattern)));
        return Call.of(DateOperators.PARSE_TIMESTAMP, arguments);
    }

    private Expression instant() {
        Expression plain = trim(source);
        String format = settings.dateTimeOffsetFormat();
        if (format == null) {
            return choose(matches(plain, OFFSET), orNull(plain, ScalarType.INSTANT), orNull(timestamp(), ScalarType.INSTANT));
        }
        String pattern = DatePattern.toRead(format, place);
        return pattern.contains("%z") ? Call.of(ConversionOperators.INSTANT_FROM_TEXT, plain, text(pattern))
            : orNull(read(plain, List.of(pattern)), ScalarType.INSTANT);
    }

    private Expression time() {
        Expression plain = trim(source);
        if (settings.timeSpanFormat() != null && !settings.timeSpanFormat().matches("[cgGtT]")) {
            String format = settings.timeSpanFormat().replace('h', 'H').replaceAll("^d+\\\\?\\.", "");
            return orNull(read(plain, List.of(DatePattern.toRead(format, place))), ScalarType.TIME);
        }
        return choose(matches(plain, "\\d{1,2}:\\d{1,2}(:\\d{1,2}(\\.\\d{1,7})?)?"),
            coalesce(orNull(plain, ScalarType.TIME), orNull(read(plain, List.of("%H:%M")), ScalarType.TIME)), nothing(ScalarType.TIME));
    }

    private Conversion guid() {
        String digits = "[0-9a-fA-F]";
        String pattern = "\\{?" + digits + "{8}-?" + digits + "{4}-?" + digits + "{4}-?" + digits + "{4}-?" + digits + "{12}\\}?";
        Expression plain = trim(source);
        Expression value = choose(matches(plain, pattern), orNull(replace(plain, "[{}]", ""), ScalarType.UUID), nothing(ScalarType.UUID));
        return Conversion.checked(source, value, "Unrecognized Guid format.");
    }

    private Conversion binary() {
        Expression plain = replace(source, "\\s", "");
        Expression value = choose(matches(plain, "([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?"),
            Call.of(ConversionOperators.BINARY_FROM_BASE64, plain), nothing(ScalarType.BINARY));
        return Conversion.checked(source, value, "The input is not a valid Base-64 string.");
    }
}
