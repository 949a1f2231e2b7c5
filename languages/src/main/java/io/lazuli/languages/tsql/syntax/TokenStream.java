package io.lazuli.languages.tsql.syntax;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.LazuliException;
import io.lazuli.foundation.Place;
import io.lazuli.languages.tsql.syntax.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The tokens of a text, read from front to back with some look-ahead. */
final class TokenStream {
    /** Deeper nesting than this is refused before Java's stack ends. */
    private static final int MAX_DEPTH = 200;
    private final String source;
    private final List<Token> tokens;
    private int index;
    private int depth;

    TokenStream(String source) {
        this.source = source;
        this.tokens = new Lexer(source).tokens();
    }

    Token peek() {
        return peek(0);
    }

    Token peek(int ahead) {
        return tokens.get(Math.min(index + ahead, tokens.size() - 1));
    }

    Token next() {
        Token token = peek();
        index = Math.min(index + 1, tokens.size() - 1);
        return token;
    }

    Place at() {
        return peek().at();
    }

    /** Whether these words or symbols come next. */
    boolean at(String... words) {
        for (int i = 0; i < words.length; i++) {
            if (!peek(i).is(words[i])) {
                return false;
            }
        }
        return true;
    }

    boolean atAny(String... words) {
        for (String word : words) {
            if (peek().is(word)) {
                return true;
            }
        }
        return false;
    }

    boolean at(Kind kind) {
        return peek().kind() == kind;
    }

    /** Takes these words or symbols if they come next. */
    boolean accept(String... words) {
        if (!at(words)) {
            return false;
        }
        for (int i = 0; i < words.length; i++) {
            next();
        }
        return true;
    }

    void expect(String... words) {
        for (String word : words) {
            if (!accept(word)) {
                throw unexpected("expected " + word);
            }
        }
    }

    /** A name, quoted or not. */
    String name() {
        if (!peek().isName()) {
            throw unexpected("expected a name");
        }
        return next().text();
    }

    /** {@code a.b.c}; an omitted schema ({@code a..c}) is an empty part. */
    List<String> qualifiedName() {
        List<String> parts = new ArrayList<>();
        parts.add(name());
        while (accept(".")) {
            parts.add(at(".") ? "" : peek().kind() == Kind.WORD ? next().text() : name());
        }
        return parts;
    }

    String variable() {
        if (!at(Kind.VARIABLE)) {
            throw unexpected("expected a variable");
        }
        return next().text();
    }

    long integer() {
        boolean negative = accept("-");
        if (!at(Kind.INTEGER) || peek().text().length() > 18) {
            throw unexpected("expected an integer");
        }
        long value = Long.parseLong(next().text());
        return negative ? -value : value;
    }

    <T> List<T> commaSeparated(Supplier<T> element) {
        List<T> elements = new ArrayList<>();
        do {
            elements.add(element.get());
        } while (accept(","));
        return elements;
    }

    <T> List<T> inParentheses(Supplier<T> element) {
        expect("(");
        List<T> elements = commaSeparated(element);
        expect(")");
        return elements;
    }

    /** Takes what stands in parentheses, whatever it is. */
    void skipParentheses() {
        expect("(");
        for (int open = 1; open > 0;) {
            if (at(Kind.END) || at(Kind.BATCH_END)) {
                throw unexpected("expected )");
            }
            Token token = next();
            open += token.is("(") ? 1 : token.is(")") ? -1 : 0;
        }
    }

    /** Parses one level deeper. */
    <T> T nested(Supplier<T> part) {
        if (++depth > MAX_DEPTH) {
            throw failure(CommonError.SYNTAX_ERROR, at(),
                "Some part of your SQL statement is nested too deeply. Rewrite the query or break it up.");
        }
        try {
            return part.get();
        } finally {
            depth--;
        }
    }

    int mark() {
        return index;
    }

    void reset(int mark) {
        index = mark;
    }

    /** The source text from a token to the last one taken. */
    String text(Token from) {
        return index == 0 ? "" : source.substring(from.start(), Math.max(from.start(), tokens.get(index - 1).end()));
    }

    LazuliException unexpected(String expectation) {
        Token token = peek();
        if (token.kind() == Kind.END) {
            Token last = tokens.get(Math.max(0, tokens.size() - 2));
            return failure(CommonError.SYNTAX_ERROR, token.at(), "Incorrect syntax near '%s': the statement ends here, %s.",
                last.text(), expectation);
        }
        return failure(CommonError.SYNTAX_ERROR, token.at(), "Incorrect syntax near %s'%s'%s.",
            token.kind() == Kind.WORD && Keywords.isReserved(token.text()) ? "the keyword " : "", token.text(),
            expectation.isEmpty() ? "" : ": " + expectation);
    }

    static LazuliException unsupported(Place at, String construct) {
        return failure(CommonError.NOT_SUPPORTED, at, "%s is not supported", construct);
    }
}
