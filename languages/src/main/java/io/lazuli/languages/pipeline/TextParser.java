package io.lazuli.languages.pipeline;

import static io.lazuli.foundation.CommonError.SYNTAX_ERROR;

import io.lazuli.foundation.LazuliException;
import io.lazuli.languages.pipeline.ExpressionNode.Interpolation;
import io.lazuli.languages.pipeline.ExpressionNode.Literal;
import io.lazuli.languages.pipeline.function.Values;
import java.util.ArrayList;
import java.util.List;

/**
 * Parses a property's text: plain text, {@code @expression}, {@code @@text}, or text with {@code @{expression}} in it.
 *
 * <p>A text that begins with {@code @@} is literal to its end. Within other text {@code @@{} writes {@code @{}.
 */
final class TextParser {
    private final String text;
    private final List<ExpressionNode> parts = new ArrayList<>();
    private int literalStart;

    private TextParser(String text) {
        this.text = text;
    }

    static ExpressionNode parse(String text) {
        if (text.startsWith("@") && !text.startsWith("@{")) {
            return text.startsWith("@@")
                ? new Literal(Values.string(text.substring(1)), 0)
                : new ExpressionParser(text, 1, text.length()).parse();
        }
        if (!text.contains("@{")) {
            return new Literal(Values.string(text), 0);
        }
        return new TextParser(text).interpolation();
    }

    private ExpressionNode interpolation() {
        int at = text.indexOf("@{");
        while (at >= 0) {
            addLiteral(at);
            if (at > 0 && text.charAt(at - 1) == '@') {
                literalStart = at + 1;
                at = text.indexOf("@{", at + 1);
            } else {
                int close = closingBrace(at);
                parts.add(new ExpressionParser(text, at + 2, close).parse());
                literalStart = close + 1;
                at = text.indexOf("@{", close);
            }
        }
        addLiteral(text.length());
        return new Interpolation(parts, 0);
    }

    private void addLiteral(int end) {
        if (literalStart < end) {
            parts.add(new Literal(Values.string(text.substring(literalStart, end)), literalStart));
        }
    }

    private int closingBrace(int open) {
        boolean quoted = false;
        for (int at = open + 2; at < text.length(); at++) {
            char next = text.charAt(at);
            if (next == '\'') {
                quoted = !quoted;
            } else if (next == '}' && !quoted) {
                return at;
            }
        }
        throw new LazuliException(SYNTAX_ERROR, Caret.place(text, open),
            "The '@{' that begins here has no closing '}'" + (quoted ? "; a string within it has no closing quote" : ""), null);
    }
}
