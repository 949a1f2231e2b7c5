package io.lazuli.languages.queryacceleration;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts a query into tokens: names in double quotes, texts in single quotes, each quote doubled within. */
final class Lexer {
    private static final Pattern TOKEN = Pattern.compile("(?<word>[\\p{L}_][\\p{L}\\p{N}_]*)"
        + "|\"(?<name>(?:[^\"]++|\"\")*+)\"|'(?<string>(?:[^']++|'')*+)'"
        + "|(?<float>\\d+\\.\\d*(?:[eE][+-]?\\d+)?|\\.\\d+(?:[eE][+-]?\\d+)?|\\d+[eE][+-]?\\d+)|(?<integer>\\d+)"
        + "|(?<symbol><>|!=|<=|>=|\\|\\||[-+*/%=<>(),.;\\[\\]])");

    private Lexer() {
    }

    static List<Token> tokens(String text) {
        List<Token> tokens = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(text);
        int position = skipSpace(text, 0);
        while (position < text.length()) {
            matcher.region(position, text.length());
            if (!matcher.lookingAt()) {
                throw failure(CommonError.SYNTAX_ERROR, place(text, position), "Unexpected '%s'", text.charAt(position));
            }
            tokens.add(token(matcher, place(text, position)));
            position = skipSpace(text, matcher.end());
        }
        tokens.add(new Token(Token.Kind.END, "the end", place(text, position)));
        return tokens;
    }

    private static int skipSpace(String text, int from) {
        int position = from;
        while (position < text.length() && Character.isWhitespace(text.charAt(position))) {
            position++;
        }
        return position;
    }

    private static Place place(String text, int position) {
        int line = 1;
        int start = 0;
        for (int i = text.indexOf('\n'); i >= 0 && i < position; i = text.indexOf('\n', i + 1)) {
            line++;
            start = i + 1;
        }
        return Place.at(line, position - start + 1);
    }

    private static Token token(Matcher matcher, Place place) {
        if (matcher.group("word") != null) {
            return new Token(Token.Kind.WORD, matcher.group(), place);
        }
        if (matcher.group("name") != null) {
            return new Token(Token.Kind.QUOTED_NAME, matcher.group("name").replace("\"\"", "\""), place);
        }
        if (matcher.group("string") != null) {
            return new Token(Token.Kind.STRING, matcher.group("string").replace("''", "'"), place);
        }
        Token.Kind kind = matcher.group("float") != null ? Token.Kind.FLOAT
            : matcher.group("integer") != null ? Token.Kind.INTEGER : Token.Kind.SYMBOL;
        return new Token(kind, matcher.group(), place);
    }
}
