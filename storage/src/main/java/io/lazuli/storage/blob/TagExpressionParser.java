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

    private static final int MAX_LENGTH = 65_536;
    private static final int MAX_NAME = 128;
    private static final int MAX_VALUE = 256;
    private static final Pattern PERMITTED = Pattern.compile("[A-Za-z0-9 +\\-./:=_]*");
    private static final int MAX_DEPTH = 50;
    private static final Pattern TOKEN = Pattern.compile(
        "\\s*(?:(?<name>\"(?:[^\"]++|\"\")*+\"|@?[A-Za-z0-9_]+)|(?<value>'(?:[^']++|'')*+')|(?<sign><>|<=|>=|[=<>()])|$)");

    private static final String CONTAINER = "@container";

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
            throw new Malformed("Error parsing query: it is longer than " + MAX_LENGTH + " characters");
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
            throw at(position, "unexpected sign");
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
        return at(matcher.start(), "expected " + expected);
    }

    private static Malformed at(int index, String reason) {
        return new Malformed("Error parsing query at or near character position " + (index + 1) + ": " + reason);
    }

    private TagExpression alternatives() throws Malformed {
        TagExpression left = conjunction();
        while (isWord("OR")) {
            if (!condition) {
                throw at(matcher.start(), "OR is not allowed here");
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
            throw at(matcher.start(), "the expression is nested too deeply");
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
        int start = matcher.start();
        String tag = name.startsWith("\"") ? unquoted(name, "\"") : name;
        next();
        Comparator comparator = comparator();
        next();
        String value = matcher.group("value");
        if (value == null) {
            throw unexpected("a value in single quotes");
        }
        if (tag.startsWith("@") && (condition || !tag.equals(CONTAINER) || comparator != Comparator.EQUAL)) {
            throw at(start, "unsupported parameter '" + tag + "'");
        }
        String text = unquoted(value, "'");
        if (!tag.equals(CONTAINER)) {
            require(tag, text, start);
        }
        next();
        return new Comparison(tag, comparator, text);
    }

    private void require(String tag, String value, int start) throws Malformed {
        if (!condition && (tag.isEmpty() || tag.length() > MAX_NAME)) {
            throw at(start, "tag must be between 1 and " + MAX_NAME + " characters in length");
        }
        if (!condition && value.length() > MAX_VALUE) {
            throw at(start, "tag value must be between 0 and " + MAX_VALUE + " characters in length");
        }
        if (!PERMITTED.matcher(tag).matches() || !PERMITTED.matcher(value).matches()) {
            throw at(start, "character not permitted in tag name or value");
        }
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
                    throw at(matcher.start(), "<> is not allowed here");
                }
                yield Comparator.NOT_EQUAL;
            }
            case null, default -> throw unexpected("a comparison");
        };
    }
}
