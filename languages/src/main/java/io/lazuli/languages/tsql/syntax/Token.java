package io.lazuli.languages.tsql.syntax;

import io.lazuli.foundation.Place;

/** A word of the text. {@code text} is without quotes and brackets; {@code start} and {@code end} are offsets into the source. */
record Token(Kind kind, String text, int line, int column, int start, int end) {
    /** What a token is. */
    enum Kind { WORD, QUOTED_NAME, STRING, NATIONAL_STRING, INTEGER, DECIMAL, FLOAT, MONEY, BINARY, VARIABLE, SYMBOL, BATCH_END, END }

    Place at() {
        return Place.at(line, column);
    }

    boolean is(String word) {
        return (kind == Kind.WORD || kind == Kind.SYMBOL) && text.equalsIgnoreCase(word);
    }

    boolean isName() {
        return kind == Kind.WORD && !Keywords.isReserved(text) || kind == Kind.QUOTED_NAME;
    }
}
