package io.lazuli.storage.blob;

import io.lazuli.storage.blob.TagExpression.And;
import io.lazuli.storage.blob.TagExpression.Comparator;
import io.lazuli.storage.blob.TagExpression.Comparison;
import io.lazuli.storage.blob.TagExpression.Or;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads {@code "Project" = 'Contoso' AND "Priority" >= '05'}: names in double quotes or bare, values in single quotes, quotes doubled
 * within. See "Manage and find Azure Blob data with blob index tags".
 */
final class TagExpressionParser {
    /** The text is no such expression. */
    static final class Malformed extends Exception {
        Malformed(String reason) {
            super(reason);
        }
    }

    private static final int MAX_LENGTH = 8192;
    private static final int MAX_DEPTH = 50;
    private static final Pattern TOKEN = Pattern.compile(
        "\\s*(?:(?<name>\"(?:[^\"]++|\"\")*+\"|@?[A-Za-z_][A-Za-z0-9_.\\-]*)|(?<value>'(?:[^']++|'')*+')|(?<sign><>|<=|>=|[=<>()])|$)");

    private final boolean condition;
    private final Matcher matcher;
    private int position;
    private int depth;

    private TagExpressionParser(String text, boolean condition) {
        this.condition = condition;
        this.matcher = TOKEN.matcher(text);
    }

    /**
     * Reads an expression.
     *
     * @param condition whether it is a condition of a request, which knows {@code OR} and {@code <>} but no {@code @container}
     */
    static TagExpression parse(String text, boolean condition) throws Malformed {
        if (text.length() > MAX_LENGTH) {
            throw new Malformed("The expression is longer than " + MAX_LENGTH + " characters.");
        }
        TagExpressionParser parser = new TagExpressionParser(text, condition);
        parser.next();
        TagExpression expression = parser.alternatives();
        if (!parser.atEnd()) {
            throw parser.unexpected("the end");
        }
        return expression;
    }

    private void next() throws Malformed {
        matcher.region(position, matcher.regionEnd());
        if (!matcher.lookingAt()) {
            throw new Malformed("Unexpected sign at position " + (position + 1) + ".");
        }
        position = matcher.end();
    }

    private boolean atEnd() {
        return matcher.group("name") == null && matcher.group("value") == null && matcher.group("sign") == null;
    }

    private boolean isWord(String word) {
        return matcher.group("name") != null && matcher.group("name").toUpperCase(Locale.ROOT).equals(word);
    }

    private Malformed unexpected(String expected) {
        return new Malformed("Expected " + expected + " at position " + (matcher.start() + 1) + ".");
    }

    private TagExpression alternatives() throws Malformed {
        TagExpression left = conjunction();
        while (isWord("OR")) {
            if (!condition) {
                throw new Malformed("OR is not allowed here.");
            }
            next();
            left = new Or(left, conjunction());
        }
        return left;
    }

    private TagExpression conjunction() throws Malformed {
        TagExpression left = operand();
        while (isWord("AND")) {
            next();
            left = new And(left, operand());
        }
        return left;
    }

    private TagExpression operand() throws Malformed {
        if (!"(".equals(matcher.group("sign"))) {
            return comparison();
        }
        if (++depth > MAX_DEPTH) {
            throw new Malformed("The expression is nested too deeply.");
        }
        next();
        TagExpression inner = alternatives();
        if (!")".equals(matcher.group("sign"))) {
            throw unexpected("')'");
        }
        depth--;
        next();
        return inner;
    }

    private TagExpression comparison() throws Malformed {
        String name = matcher.group("name");
        if (name == null) {
            throw unexpected("the name of a tag");
        }
        String tag = name.startsWith("\"") ? unquoted(name, "\"") : name;
        next();
        Comparator comparator = comparator();
        next();
        String value = matcher.group("value");
        if (value == null) {
            throw unexpected("a value in single quotes");
        }
        if (tag.startsWith("@") && (condition || !tag.equals("@container") || comparator != Comparator.EQUAL)) {
            throw new Malformed("'" + tag + "' is not allowed here.");
        }
        next();
        return new Comparison(tag, comparator, unquoted(value, "'"));
    }

    private static String unquoted(String text, String quote) {
        return text.substring(1, text.length() - 1).replace(quote + quote, quote);
    }

    private Comparator comparator() throws Malformed {
        return switch (matcher.group("sign")) {
            case "=" -> Comparator.EQUAL;
            case "<" -> Comparator.LESS;
            case "<=" -> Comparator.LESS_OR_EQUAL;
            case ">" -> Comparator.GREATER;
            case ">=" -> Comparator.GREATER_OR_EQUAL;
            case "<>" -> {
                if (!condition) {
                    throw new Malformed("<> is not allowed here.");
                }
                yield Comparator.NOT_EQUAL;
            }
            case null, default -> throw unexpected("a comparison");
        };
    }
}
