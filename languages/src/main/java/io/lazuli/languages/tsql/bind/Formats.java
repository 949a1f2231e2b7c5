package io.lazuli.languages.tsql.bind;

import io.lazuli.algebra.expression.Call;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.operator.ComparisonOperators;
import io.lazuli.algebra.operator.MathOperators;
import io.lazuli.algebra.operator.StringOperators;
import io.lazuli.foundation.Place;
import io.lazuli.languages.tsql.syntax.SqlExpression.FunctionCall;
import io.lazuli.languages.tsql.type.SqlType;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code FORMAT} with .NET patterns, in English. */
final class Formats {
    private static final Pattern DATE_TOKEN =
        Pattern.compile("yyyy|yyy|yy|MMMM|MMM|MM|M|dddd|ddd|dd|d|HH|H|hh|h|mm|m|ss|s|f{1,7}|tt|'([^']*)'|\"([^\"]*)\"|\\\\(.)|.");
    private static final Map<String, String> DATE_PARTS = Map.ofEntries(Map.entry("yyyy", "%Y"), Map.entry("yy", "%y"),
        Map.entry("MMMM", "%B"), Map.entry("MMM", "%b"), Map.entry("MM", "%m"), Map.entry("M", "%-m"), Map.entry("dddd", "%A"),
        Map.entry("ddd", "%a"), Map.entry("dd", "%d"), Map.entry("d", "%-d"), Map.entry("HH", "%H"), Map.entry("H", "%-H"),
        Map.entry("hh", "%I"), Map.entry("h", "%-I"), Map.entry("mm", "%M"), Map.entry("ss", "%S"), Map.entry("tt", "%p"),
        Map.entry("fff", "%g"), Map.entry("ffffff", "%f"), Map.entry("fffffff", "%f0"));
    private static final Map<String, String> STANDARD_DATES = Map.of("d", "M/d/yyyy", "D", "dddd, MMMM d, yyyy", "t", "h:mm tt",
        "T", "h:mm:ss tt", "g", "M/d/yyyy h:mm tt", "G", "M/d/yyyy h:mm:ss tt", "s", "yyyy-MM-dd'T'HH:mm:ss", "u", "yyyy-MM-dd HH:mm:ss'Z'",
        "y", "MMMM yyyy", "M", "MMMM d");
    private static final Pattern STANDARD_NUMBER = Pattern.compile("([NnFfDdCcPp])(\\d{0,2})");
    private static final Pattern CUSTOM_NUMBER = Pattern.compile("([#,]*)(0*)(?:\\.(0*)(#*))?");

    private Formats() {
    }

    static Typed bind(FunctionCall call, ExpressionBinder binder) {
        Typed value = binder.value(call.arguments().getFirst());
        if (!(binder.text(call.arguments().get(1)).constant() instanceof String pattern)) {
            throw ExpressionBinder.unsupported("FORMAT with a pattern that is not constant", call.at());
        }
        if (call.arguments().size() > 2
            && !String.valueOf(binder.text(call.arguments().get(2)).constant()).equalsIgnoreCase("en-us")) {
            throw ExpressionBinder.unsupported("FORMAT with a culture other than en-US", call.at());
        }
        if (value.type().isTemporal()) {
            return new Typed(Texts.format(Texts.timestamp(value), dates(pattern, call.at())), SqlType.nvarchar(4000));
        }
        if (!value.type().isNumber()) {
            throw ExpressionBinder.unsupported("FORMAT of a " + value.type(), call.at());
        }
        return new Typed(number(value, pattern, call.at()), SqlType.nvarchar(4000));
    }

    private static String dates(String pattern, Place at) {
        Matcher matcher = DATE_TOKEN.matcher(STANDARD_DATES.getOrDefault(pattern, pattern));
        StringBuilder format = new StringBuilder();
        while (matcher.find()) {
            String token = matcher.group();
            String quoted = matcher.group(1) != null ? matcher.group(1) : matcher.group(2) != null ? matcher.group(2) : matcher.group(3);
            if (quoted != null) {
                format.append(quoted.replace("%", "%%"));
            } else if (DATE_PARTS.containsKey(token)) {
                format.append(DATE_PARTS.get(token));
            } else if (token.matches("[A-Za-z]+")) {
                throw ExpressionBinder.unsupported("FORMAT with '" + token + "' in a date pattern", at);
            } else {
                format.append(token.equals("%") ? "%%" : token);
            }
        }
        return format.toString();
    }

    private static Expression number(Typed value, String pattern, Place at) {
        Matcher standard = STANDARD_NUMBER.matcher(pattern);
        if (standard.matches()) {
            char kind = Character.toUpperCase(pattern.charAt(0));
            int digits = standard.group(2).isEmpty() ? kind == 'D' ? 0 : 2 : Integer.parseInt(standard.group(2));
            return switch (kind) {
                case 'D' -> whole(value, digits, at);
                case 'F' -> plain(value, digits, at);
                case 'N' -> grouped(plain(value, digits, at));
                case 'P' -> Expressions.concat(grouped(plain(Arithmetic.binary("*", value, Typed.int32(100), at), digits, at)),
                    Expressions.string("%"));
                default -> currency(value, digits, at);
            };
        }
        Matcher custom = CUSTOM_NUMBER.matcher(pattern);
        if (!custom.matches() || custom.group(4) != null && !custom.group(4).isEmpty()) {
            throw ExpressionBinder.unsupported("FORMAT with the pattern '" + pattern + "'", at);
        }
        int decimals = custom.group(3) == null ? 0 : custom.group(3).length();
        Expression text = decimals == 0 && custom.group(2).length() > 1 ? whole(value, custom.group(2).length(), at)
            : plain(value, decimals, at);
        return pattern.contains(",") ? grouped(text) : text;
    }

    private static Expression plain(Typed value, int digits, Place at) {
        return Texts.of(Conversions.explicit(value, SqlType.decimal(38, Math.min(digits, 20)), false, at), at);
    }

    private static Expression grouped(Expression text) {
        return Call.of(StringOperators.GROUP_THOUSANDS, text);
    }

    private static Expression currency(Typed value, int digits, Place at) {
        Expression absolute = grouped(plain(new Typed(Call.of(MathOperators.ABS, value.expression()), value.type()), digits, at));
        Expression negative = Predicates.compare("<", value, Typed.int32(0), at);
        return Expressions.choose(negative, Expressions.concat(Expressions.string("-$"), absolute),
            Expressions.concat(Expressions.string("$"), absolute));
    }

    /** A whole number with zeros before it to so many digits. */
    private static Expression whole(Typed value, int digits, Place at) {
        Typed absolute = new Typed(Call.of(MathOperators.ABS, value.expression()), value.type());
        Expression text = plain(absolute, 0, at);
        Expression zeros = Call.of(StringOperators.REPEAT, Expressions.string("0"), Expressions.choose(
            Call.of(ComparisonOperators.LESS, Expressions.length(text), Literal.int32(digits)),
            Call.of(MathOperators.SUBTRACT, Literal.int32(digits), Expressions.length(text)), Literal.int32(0)));
        Expression sign = Expressions.choose(Predicates.compare("<", value, Typed.int32(0), at), Expressions.string("-"),
            Expressions.string(""));
        return Expressions.concat(sign, zeros, text);
    }
}
