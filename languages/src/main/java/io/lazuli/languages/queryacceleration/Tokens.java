package io.lazuli.languages.queryacceleration;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.LazuliException;
import java.util.List;

/** The tokens of a query, one after another. */
final class Tokens {
    private final List<Token> list;
    private int position;

    Tokens(List<Token> list) {
        this.list = list;
    }

    Token peek() {
        return peek(0);
    }

    Token peek(int ahead) {
        return list.get(Math.min(position + ahead, list.size() - 1));
    }

    Token next() {
        Token token = peek();
        position++;
        return token;
    }

    boolean accept(String word) {
        boolean found = peek().is(word);
        if (found) {
            position++;
        }
        return found;
    }

    Token expect(String word) {
        if (!peek().is(word)) {
            throw unexpected(word);
        }
        return next();
    }

    String name() {
        Token token = next();
        if (token.kind() != Token.Kind.WORD && token.kind() != Token.Kind.QUOTED_NAME) {
            position--;
            throw unexpected("a name");
        }
        return token.text();
    }

    long integer() {
        if (peek().kind() != Token.Kind.INTEGER || peek().text().length() > 18) {
            throw unexpected("a whole number");
        }
        return Long.parseLong(next().text());
    }

    LazuliException unexpected(String expected) {
        return failure(CommonError.SYNTAX_ERROR, peek().place(), "Expected %s instead of '%s'", expected, peek().text());
    }
}
