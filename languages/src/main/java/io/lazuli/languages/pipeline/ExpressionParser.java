package io.lazuli.languages.pipeline;

import static io.lazuli.foundation.CommonError.SYNTAX_ERROR;

import io.lazuli.foundation.LazuliException;
import io.lazuli.languages.pipeline.ExpressionNode.Call;
import io.lazuli.languages.pipeline.ExpressionNode.Element;
import io.lazuli.languages.pipeline.ExpressionNode.Literal;
import io.lazuli.languages.pipeline.ExpressionNode.Property;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Parses what stands behind {@code @} or between {@code @{} and {@code }}: one range of a property's text. */
final class ExpressionParser {
    private static final int DEEPEST = 200;
    private static final String NOT_IN_NAMES = ".,(){}@[]?'";

    private final String text;
    private final int end;
    private int at;
    private int depth;

    ExpressionParser(String text, int start, int end) {
        this.text = text;
        this.at = start;
        this.end = end;
    }

    /** The whole range as one expression. */
    ExpressionNode parse() {
        ExpressionNode node = expression();
        skipSpace();
        if (at < end) {
            throw unexpected("the end of the expression");
        }
        return node;
    }

    private ExpressionNode expression() {
        if (++depth > DEEPEST) {
            throw failure(at, "The expression is nested more than " + DEEPEST + " deep");
        }
        skipSpace();
        ExpressionNode node = at < end ? primary() : null;
        if (node == null) {
            throw unexpected("a function, a string in single quotes, a number, true, false or null");
        }
        depth--;
        return node;
    }

    private ExpressionNode primary() {
        char first = text.charAt(at);
        if (first == '\'') {
            return string();
        }
        if (first == '+' || first == '-' || isDigit(first) || isFraction()) {
            return number();
        }
        if (!isNamePart(first)) {
            return null;
        }
        int start = at;
        String name = name();
        skipSpace();
        if (at < end && text.charAt(at) == '(') {
            return accesses(new Call(name, arguments(), start));
        }
        JsonNode constant = constant(name);
        if (constant == null) {
            throw notACall(name, start);
        }
        return new Literal(constant, start);
    }

    /** {@code .3}, as the documentation of {@code sub} writes it. */
    private boolean isFraction() {
        return text.charAt(at) == '.' && at + 1 < end && isDigit(text.charAt(at + 1));
    }

    private static JsonNode constant(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "true" -> JsonNodeFactory.instance.booleanNode(true);
            case "false" -> JsonNodeFactory.instance.booleanNode(false);
            case "null" -> JsonNodeFactory.instance.nullNode();
            default -> null;
        };
    }

    private LazuliException notACall(String name, int start) {
        return failure(start, name.startsWith("\"")
            ? "Strings stand in single quotes within expressions, not in double quotes"
            : "'" + name + "' is not a function call: '(' expected after the name" + (at < end ? ", found '" + text.charAt(at) + "'" : ""));
    }

    private List<ExpressionNode> arguments() {
        at++;
        List<ExpressionNode> arguments = new ArrayList<>();
        skipSpace();
        if (at < end && text.charAt(at) == ')') {
            at++;
            return arguments;
        }
        arguments.add(expression());
        skipSpace();
        while (at < end && text.charAt(at) == ',') {
            at++;
            arguments.add(expression());
            skipSpace();
        }
        expect(')', "',' or ')'");
        return arguments;
    }

    private ExpressionNode accesses(ExpressionNode target) {
        ExpressionNode node = target;
        while (true) {
            skipSpace();
            boolean safe = at < end && text.charAt(at) == '?';
            if (safe) {
                at++;
                skipSpace();
            }
            char next = at < end ? text.charAt(at) : '\0';
            if (next == '.') {
                node = property(node, safe);
            } else if (next == '[') {
                node = element(node, safe);
            } else if (safe) {
                throw unexpected("'.' or '[' after '?'");
            } else {
                return node;
            }
        }
    }

    private ExpressionNode property(ExpressionNode target, boolean safe) {
        at++;
        skipSpace();
        int start = at;
        String name = name();
        if (name.isEmpty()) {
            throw unexpected("the name of a property after '.'");
        }
        return new Property(target, name, safe, start);
    }

    private ExpressionNode element(ExpressionNode target, boolean safe) {
        at++;
        ExpressionNode index = expression();
        skipSpace();
        expect(']', "']'");
        return new Element(target, index, safe, index.offset());
    }

    private ExpressionNode string() {
        int start = at++;
        StringBuilder value = new StringBuilder();
        while (at < end) {
            char next = text.charAt(at++);
            if (next != '\'') {
                value.append(next);
            } else if (at < end && text.charAt(at) == '\'') {
                value.append('\'');
                at++;
            } else {
                return new Literal(JsonNodeFactory.instance.stringNode(value.toString()), start);
            }
        }
        throw failure(start, "The string that begins here has no closing quote; a quote within a string is written twice");
    }

    private ExpressionNode number() {
        int start = at;
        if (text.charAt(at) == '+' || text.charAt(at) == '-') {
            at++;
        }
        digits();
        boolean integral = true;
        if (at < end && text.charAt(at) == '.') {
            integral = false;
            at++;
            digits();
        }
        if (at < end && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
            integral = false;
            at++;
            if (at < end && (text.charAt(at) == '+' || text.charAt(at) == '-')) {
                at++;
            }
            digits();
        }
        while (at < end && isNamePart(text.charAt(at))) {
            at++;
            integral = false;
        }
        return new Literal(numberValue(text.substring(start, at), integral, start), start);
    }

    private JsonNode numberValue(String digits, boolean integral, int start) {
        try {
            if (integral) {
                return JsonNodeFactory.instance.numberNode(Long.parseLong(digits));
            }
            char last = digits.charAt(digits.length() - 1);
            double value = isDigit(last) || last == '.' ? Double.parseDouble(digits) : Double.NaN;
            if (Double.isFinite(value)) {
                return JsonNodeFactory.instance.numberNode(value);
            }
        } catch (NumberFormatException wrong) {
            throw failure(start, "'" + digits + "' is not a number"
                + (integral && digits.length() > 1 ? " of at most 64 bits" : ""));
        }
        throw failure(start, "'" + digits + "' is not a number");
    }

    private void digits() {
        while (at < end && isDigit(text.charAt(at))) {
            at++;
        }
    }

    private String name() {
        int start = at;
        while (at < end && isNamePart(text.charAt(at))) {
            at++;
        }
        return text.substring(start, at);
    }

    private void skipSpace() {
        while (at < end && isSpace(text.charAt(at))) {
            at++;
        }
    }

    private void expect(char wanted, String description) {
        if (at >= end || text.charAt(at) != wanted) {
            throw unexpected(description);
        }
        at++;
    }

    private LazuliException unexpected(String expected) {
        if (at >= end) {
            return failure(at, "The expression ends where " + expected + " is expected");
        }
        if (text.charAt(at) == '@') {
            return failure(at, "'@' is not expected within an expression: it stands once, before the outermost function");
        }
        return failure(at, "'" + text.charAt(at) + "' found where " + expected + " is expected");
    }

    private LazuliException failure(int offset, String message) {
        return new LazuliException(SYNTAX_ERROR, Caret.place(text, offset), message, null);
    }

    private static boolean isDigit(char character) {
        return character >= '0' && character <= '9';
    }

    private static boolean isSpace(char character) {
        return Character.isWhitespace(character) || Character.isSpaceChar(character) || character == '\uFEFF';
    }

    private static boolean isNamePart(char character) {
        return NOT_IN_NAMES.indexOf(character) < 0 && !isSpace(character);
    }
}
