package io.lazuli.languages.tsql.bind;

import io.lazuli.algebra.expression.Call;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.operator.ComparisonOperators;
import io.lazuli.algebra.operator.StringOperators;
import io.lazuli.foundation.Place;
import io.lazuli.languages.tsql.type.SqlType;

/** The patterns of LIKE and PATINDEX: {@code %}, {@code _}, {@code [a-z]}, {@code [^a-z]}; cases are not told apart. */
final class LikePattern {
    private static final String SPECIAL = "\\.[]{}()*+-?^$|";

    private LikePattern() {
    }

    static Expression bind(Typed value, Typed pattern, Typed escape, Place at) {
        Expression text = lower(text(value, at));
        if (pattern.isNull() || pattern.constant() instanceof String) {
            return pattern.isNull() ? Call.of(ComparisonOperators.LIKE, text, new io.lazuli.algebra.expression.Literal(null,
                text.type())) : constant(text, (String) pattern.constant(), escapeCharacter(escape, at));
        }
        if (escape != null) {
            throw ExpressionBinder.unsupported("LIKE with ESCAPE and a pattern that is not constant", at);
        }
        return Call.of(ComparisonOperators.LIKE, text, lower(withPlainBackslashes(text(pattern, at))));
    }

    private static Expression text(Typed value, Place at) {
        return value.isString() ? value.expression()
            : Conversions.implicit(value, SqlType.varchar(value.type().textLength()), at).expression();
    }

    private static Expression lower(Expression text) {
        return Call.of(StringOperators.LOWER, text);
    }

    private static Expression withPlainBackslashes(Expression pattern) {
        return Call.of(StringOperators.REPLACE, pattern, Expressions.string("\\"), Expressions.string("\\\\"));
    }

    private static char escapeCharacter(Typed escape, Place at) {
        if (escape == null) {
            return '\0';
        }
        if (escape.constant() instanceof String text && text.length() == 1) {
            return text.charAt(0);
        }
        throw ExpressionBinder.unsupported("An ESCAPE that is not one constant character", at);
    }

    private static Expression constant(Expression text, String pattern, char escape) {
        if (pattern.indexOf('[') < 0) {
            return Call.of(ComparisonOperators.LIKE, text, Expressions.string(plain(pattern, escape).toLowerCase(java.util.Locale.ROOT)));
        }
        return Call.of(StringOperators.MATCHES, text, Expressions.string(regularExpression(pattern.toLowerCase(java.util.Locale.ROOT),
            Character.toLowerCase(escape))));
    }

    /** The same pattern with a backslash as escape character. */
    private static String plain(String pattern, char escape) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c == escape && escape != '\0' && i + 1 < pattern.length()) {
                text.append('\\').append(pattern.charAt(++i));
            } else {
                text.append(c == '\\' ? "\\\\" : String.valueOf(c));
            }
        }
        return text.toString();
    }

    static String regularExpression(String pattern, char escape) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            int close = c == '[' ? pattern.indexOf(']', pattern.startsWith("[^", i) ? i + 3 : i + 2) : -1;
            if (c == escape && escape != '\0' && i + 1 < pattern.length()) {
                regex.append(quoted(pattern.charAt(++i)));
            } else if (close > 0) {
                regex.append(characterClass(pattern.substring(i + 1, close)));
                i = close;
            } else {
                regex.append(c == '%' ? ".*" : c == '_' ? "." : quoted(c));
            }
        }
        return regex.toString();
    }

    private static String characterClass(String content) {
        boolean negated = content.length() > 1 && content.startsWith("^");
        StringBuilder regex = new StringBuilder(negated ? "[^" : "[");
        String members = negated ? content.substring(1) : content;
        for (int i = 0; i < members.length(); i++) {
            char c = members.charAt(i);
            boolean range = c == '-' && i > 0 && i < members.length() - 1 && members.charAt(i - 1) <= members.charAt(i + 1);
            regex.append(range ? "-" : quoted(c));
        }
        return regex.append(']').toString();
    }

    private static String quoted(char c) {
        return SPECIAL.indexOf(c) >= 0 ? "\\" + c : String.valueOf(c);
    }
}
