package io.lazuli.languages.dataflow.syntax;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.LazuliException;
import io.lazuli.foundation.Place;
import io.lazuli.languages.dataflow.syntax.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The tokens of a script or expression, read from front to back with look-ahead. */
public final class TokenStream {
    /** Deeper nesting than this is refused before Java's stack ends. */
    private static final int MAX_DEPTH = 200;
    private final String source;
    private final List<Token> tokens;
    private int index;
    private int depth;

    public TokenStream(String source) {
        this(source, new Lexer(source).tokens());
    }

    TokenStream(String source, List<Token> tokens) {
        this.source = source;
        this.tokens = tokens;
    }

    public String source() {
        return source;
    }

    public Token peek() {
        return peek(0);
    }

    public Token peek(int ahead) {
        return tokens.get(Math.min(index + ahead, tokens.size() - 1));
    }

    public Token next() {
        Token token = peek();
        index = Math.min(index + 1, tokens.size() - 1);
        return token;
    }

    public Place at() {
        return peek().at();
    }

    /** Whether these words or symbols come next. */
    public boolean at(String... words) {
        for (int i = 0; i < words.length; i++) {
            if (!peek(i).is(words[i])) {
                return false;
            }
        }
        return true;
    }

    public boolean at(Kind kind) {
        return peek().kind() == kind;
    }

    /** Takes these words or symbols if they come next. */
    public boolean accept(String... words) {
        if (!at(words)) {
            return false;
        }
        for (int i = 0; i < words.length; i++) {
            next();
        }
        return true;
    }

    public void expect(String word) {
        if (!accept(word)) {
            throw unexpected("'" + word + "'");
        }
    }

    /** A name, in braces or not. */
    public String name() {
        if (!peek().isName()) {
            throw unexpected("a name");
        }
        return next().text();
    }

    public int mark() {
        return index;
    }

    public void reset(int mark) {
        index = mark;
    }

    /** The source text from a token to the last one taken. */
    public String text(Token from) {
        return index == 0 ? "" : source.substring(from.start(), Math.max(from.start(), tokens.get(index - 1).end()));
    }

    /** {@code (element, element, ...)}, possibly empty. */
    public <T> List<T> inParentheses(Supplier<T> element) {
        return enclosed("(", element, ")");
    }

    <T> List<T> enclosed(String open, Supplier<T> element, String close) {
        expect(open);
        List<T> elements = new ArrayList<>();
        if (accept(close)) {
            return elements;
        }
        do {
            elements.add(element.get());
        } while (accept(","));
        if (!accept(close)) {
            throw unexpected("',' or '" + close + "'");
        }
        return elements;
    }

    /** Parses one level deeper. */
    <T> T nested(Supplier<T> part) {
        if (++depth > MAX_DEPTH) {
            throw failure(CommonError.SYNTAX_ERROR, at(), "This is nested more than %d levels deep", MAX_DEPTH);
        }
        try {
            return part.get();
        } finally {
            depth--;
        }
    }

    public LazuliException unexpected(String expectation) {
        Token token = peek();
        String found = token.kind() == Kind.END ? "the end of the text"
            : "'" + source.substring(token.start(), Math.min(token.end(), token.start() + 40)) + "'";
        return failure(CommonError.SYNTAX_ERROR, token.at(), "Expected %s, found %s", expectation, found);
    }
}
