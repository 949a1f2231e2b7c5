package io.lazuli.languages.queryacceleration;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.expression.Call;
import io.lazuli.algebra.expression.Cast;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.operator.DateOperators;
import io.lazuli.algebra.operator.StringOperators;
import io.lazuli.algebra.operator.TextSliceOperators;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.foundation.CommonError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code TO_STRING(timestamp, format)}: the format is a constant of the documented letters; times are in UTC. */
final class TimeText {
    private static final Pattern PART = Pattern.compile("([yMdahHmsSXx])\\1*|'([^']*)'|[^A-Za-z']+");
    private static final Map<String, String> PATTERNS = Map.ofEntries(Map.entry("yy", "%y"), Map.entry("y", "%Y"), Map.entry("yyyy", "%Y"),
        Map.entry("M", "%-m"), Map.entry("MM", "%m"), Map.entry("MMM", "%b"), Map.entry("MMMM", "%B"), Map.entry("d", "%-d"),
        Map.entry("dd", "%d"), Map.entry("a", "%p"), Map.entry("h", "%-I"), Map.entry("hh", "%I"), Map.entry("H", "%-H"),
        Map.entry("HH", "%H"), Map.entry("mm", "%M"), Map.entry("ss", "%S"), Map.entry("SSS", "%g"));
    private static final Map<String, String> OFFSETS = Map.of("X", "Z", "XX", "Z", "XXX", "Z", "XXXX", "Z", "XXXXX", "Z",
        "x", "+00", "xx", "+0000", "xxx", "+00:00", "xxxx", "+0000", "xxxxx", "+00:00");

    private TimeText() {
    }

    static Expression of(Node.Call call, List<Expression> arguments) {
        Functions.requireArguments(call, arguments, 2);
        Expression time = Values.convert(arguments.getFirst(), ScalarType.TIMESTAMP);
        if (!(arguments.get(1) instanceof Literal literal) || !(literal.value() instanceof String format)) {
            throw failure(CommonError.NOT_SUPPORTED, call.place(), "The format of TO_STRING is a constant");
        }
        List<Expression> parts = new ArrayList<>(List.of(Literal.string("")));
        Matcher matcher = PART.matcher(format);
        int position = 0;
        while (position < format.length()) {
            matcher.region(position, format.length());
            if (!matcher.lookingAt()) {
                throw failure(CommonError.NOT_SUPPORTED, call.place(), "'%s' is no format of TO_STRING", format.substring(position));
            }
            parts.add(part(call, matcher, time));
            position = matcher.end();
        }
        return Call.of(StringOperators.CONCAT, parts);
    }

    private static Expression part(Node.Call call, Matcher matcher, Expression time) {
        String letters = matcher.group();
        if (matcher.group(1) == null) {
            return Literal.string(matcher.group(2) == null ? letters : matcher.group(2));
        }
        if (PATTERNS.containsKey(letters)) {
            return Call.of(DateOperators.FORMAT_TIMESTAMP, time, Literal.string(PATTERNS.get(letters)));
        }
        if (OFFSETS.containsKey(letters)) {
            return Literal.string(OFFSETS.get(letters));
        }
        return switch (letters) {
            case "m" -> number("minute", time);
            case "s" -> number("second", time);
            case "S", "SS" -> Call.of(TextSliceOperators.TAKE_LEFT,
                Call.of(DateOperators.FORMAT_TIMESTAMP, time, Literal.string("%f")), Literal.int32(letters.length()));
            default -> throw failure(CommonError.NOT_SUPPORTED, call.place(), "'%s' is no format of TO_STRING", letters);
        };
    }

    private static Expression number(String unit, Expression time) {
        return Cast.strict(Call.of(DateOperators.DATE_PART, Literal.string(unit), time), ScalarType.STRING);
    }
}
