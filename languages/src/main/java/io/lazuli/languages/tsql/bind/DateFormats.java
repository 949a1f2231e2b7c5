package io.lazuli.languages.tsql.bind;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.expression.Call;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.operator.MathOperators;
import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.Place;
import io.lazuli.languages.tsql.type.SqlType;
import java.util.ArrayList;
import java.util.List;

/** The styles of CONVERT, and the texts that are read as dates. */
final class DateFormats {
    /** Patterns, in the notation of {@code format_timestamp}, that a text is tried with; month before day, as in {@code us_english}. */
    static final List<String> PARSED = parsed();

    private DateFormats() {
    }

    private static List<String> parsed() {
        List<String> patterns = new ArrayList<>();
        for (String date : List.of("%Y-%m-%d", "%Y%m%d", "%m/%d/%Y", "%Y/%m/%d", "%m-%d-%Y", "%b %d %Y", "%d %b %Y", "%B %d, %Y",
            "%b %d, %Y", "%d %B %Y", "%m.%d.%Y", "%Y.%m.%d")) {
            patterns.add(date);
            for (String time : List.of(" %H:%M:%S.%f", " %H:%M:%S", " %H:%M", " %I:%M%p", " %I:%M:%S %p", " %I:%M %p")) {
                patterns.add(date + time);
            }
        }
        patterns.addAll(List.of("%Y-%m-%dT%H:%M:%S.%f", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M:%S.%fZ", "%Y-%m-%dT%H:%M:%SZ",
            "%Y-%m-%dT%H:%M"));
        return List.copyOf(patterns);
    }

    /** A time as text in a style of CONVERT. */
    static Expression style(int style, Expression time, SqlType type, Place at) {
        int digits = type.is(SqlType.Kind.DATETIME2, SqlType.Kind.DATETIMEOFFSET, SqlType.Kind.TIME) ? type.scale() : 3;
        return switch (style) {
            case 0, 100 -> Expressions.concat(Texts.format(time, "%b "), padded(time, "%-d"), Texts.format(time, " %Y "),
                padded(time, "%-I"), Texts.format(time, ":%M%p"));
            case 9, 109 -> Expressions.concat(Texts.format(time, "%b "), padded(time, "%-d"), Texts.format(time, " %Y "),
                padded(time, "%-I"), Texts.format(time, digits <= 3 ? ":%M:%S:%g%p" : ":%M:%S.%f%p"));
            case 13, 113 -> Texts.format(time, digits <= 3 ? "%d %b %Y %H:%M:%S:%g" : "%d %b %Y %H:%M:%S.%f");
            case 20, 120 -> Texts.format(time, "%Y-%m-%d %H:%M:%S");
            case 21, 25, 121 -> Texts.fraction(time, "%Y-%m-%d %H:%M:%S", digits);
            case 126 -> iso(time, type, digits);
            case 127 -> Expressions.concat(iso(time, type, digits), Expressions.string("Z"));
            default -> Texts.format(time, pattern(style, at));
        };
    }

    /** ISO 8601; a datetime without milliseconds has no fraction. */
    private static Expression iso(Expression time, SqlType type, int digits) {
        Expression full = Texts.fraction(time, "%Y-%m-%dT%H:%M:%S", digits);
        if (!type.is(SqlType.Kind.DATETIME, SqlType.Kind.SMALLDATETIME)) {
            return full;
        }
        return Expressions.choose(Expressions.equal(Texts.format(time, "%g"), Expressions.string("000")),
            Texts.format(time, "%Y-%m-%dT%H:%M:%S"), full);
    }

    /** A number padded with a space to two places. */
    private static Expression padded(Expression time, String part) {
        Expression text = Expressions.concat(Expressions.string(" "), Texts.format(time, part));
        Expression start = Call.of(MathOperators.SUBTRACT,
            Expressions.length(text), Literal.int32(1));
        return Expressions.substring(text, start, Literal.int32(2));
    }

    /** The patterns of the styles that are the same for all types. */
    static String pattern(int style, Place at) {
        return switch (style) {
            case 1 -> "%m/%d/%y";
            case 2 -> "%y.%m.%d";
            case 3 -> "%d/%m/%y";
            case 4 -> "%d.%m.%y";
            case 5 -> "%d-%m-%y";
            case 6 -> "%d %b %y";
            case 7 -> "%b %d, %y";
            case 8, 24, 108 -> "%H:%M:%S";
            case 10 -> "%m-%d-%y";
            case 11 -> "%y/%m/%d";
            case 12 -> "%y%m%d";
            case 14, 114 -> "%H:%M:%S:%g";
            case 22 -> "%m/%d/%y %-I:%M:%S %p";
            case 23 -> "%Y-%m-%d";
            case 101 -> "%m/%d/%Y";
            case 102 -> "%Y.%m.%d";
            case 103 -> "%d/%m/%Y";
            case 104 -> "%d.%m.%Y";
            case 105 -> "%d-%m-%Y";
            case 106 -> "%d %b %Y";
            case 107 -> "%b %d, %Y";
            case 110 -> "%m-%d-%Y";
            case 111 -> "%Y/%m/%d";
            case 112 -> "%Y%m%d";
            default -> throw failure(CommonError.NOT_SUPPORTED, at, "CONVERT with style %d is not supported", style);
        };
    }
}
