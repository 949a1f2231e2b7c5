package io.lazuli.languages.dataflow.syntax;

import io.lazuli.foundation.Place;
import io.lazuli.languages.dataflow.syntax.FlowExpression.Constant;
import io.lazuli.languages.dataflow.syntax.FlowExpression.Interpolation;
import java.util.ArrayList;
import java.util.List;

/** Splits {@code "text {expression} text"} into its parts. */
final class InterpolationParser {
    private final String source;
    private final Place at;
    private final int end;
    private final List<FlowExpression> parts = new ArrayList<>();
    private int offset;
    private int line;
    private int lineStart;

    private InterpolationParser(String source, Token token) {
        this.source = source;
        this.at = token.at();
        this.offset = token.start() + 1;
        this.end = token.end() - 1;
        this.line = token.line();
        this.lineStart = token.start() - token.column() + 1;
    }

    /** A constant when there is no expression in the string. */
    static FlowExpression parse(String source, Token token) {
        InterpolationParser parser = new InterpolationParser(source, token);
        parser.split();
        if (parser.parts.isEmpty()) {
            return new Constant("", token.at());
        }
        boolean constant = parser.parts.size() == 1 && parser.parts.getFirst() instanceof Constant(String _, Place place)
            && place.equals(token.at());
        return constant ? parser.parts.getFirst() : new Interpolation(parser.parts, token.at());
    }

    private void split() {
        while (offset < end) {
            int textEnd = offset;
            while (textEnd < end && source.charAt(textEnd) != '{') {
                textEnd += source.charAt(textEnd) == '\\' ? 2 : 1;
            }
            textEnd = Math.min(textEnd, end);
            if (textEnd > offset) {
                parts.add(new Constant(Quotes.unescape(source.substring(offset, textEnd)), at));
                advance(textEnd);
            }
            if (offset < end) {
                int close = Quotes.endOfBraces(source, offset, end);
                Lexer lexer = new Lexer(source, offset + 1, close, line, lineStart);
                parts.add(ExpressionParser.whole(new TokenStream(source, lexer.tokens())));
                advance(close + 1);
            }
        }
    }

    private void advance(int to) {
        for (; offset < to; offset++) {
            if (source.charAt(offset) == '\n') {
                line++;
                lineStart = offset + 1;
            }
        }
    }
}
