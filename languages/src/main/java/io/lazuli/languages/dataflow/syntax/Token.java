package io.lazuli.languages.dataflow.syntax;

import io.lazuli.foundation.Place;

/**
 * A word of the text.
 *
 * @param text the name without braces, the string without quotes and escapes, the number as written; for {@link Kind#INTERPOLATED} raw
 * @param line from 1
 * @param column from 1
 * @param start offset into the source
 * @param end offset after the token
 */
public record Token(Kind kind, String text, int line, int column, int start, int end) {
    /** What a token is. */
    public enum Kind {
        /** A plain name: {@code movieId}, {@code derive}, {@code true}. */
        WORD,
        /** {@code {Row ID}}. */
        BRACED_NAME,
        /** {@code 'text'} or {@code `raw text`}. */
        STRING,
        /** {@code "text with {expressions}"}. */
        INTERPOLATED,
        NUMBER,
        /** {@code $name}, {@code $$}, {@code $0}; the text is without the first sign. */
        DOLLAR,
        /** {@code #item}, {@code #lookup}; the text is without the sign. */
        HASH,
        SYMBOL,
        END
    }

    public Place at() {
        return Place.at(line, column);
    }

    /** Whether this is that symbol or plain word; words compare with case. */
    public boolean is(String word) {
        return (kind == Kind.WORD || kind == Kind.SYMBOL) && text.equals(word);
    }

    public boolean isName() {
        return kind == Kind.WORD || kind == Kind.BRACED_NAME;
    }
}
