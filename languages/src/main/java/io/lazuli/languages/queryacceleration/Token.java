package io.lazuli.languages.queryacceleration;

import io.lazuli.foundation.Place;

/** A word of the text; {@code text} is without quotes. */
record Token(Kind kind, String text, Place place) {
    /** What a token is. */
    enum Kind { WORD, QUOTED_NAME, STRING, INTEGER, FLOAT, SYMBOL, END }

    boolean is(String word) {
        return (kind == Kind.WORD || kind == Kind.SYMBOL) && text.equalsIgnoreCase(word);
    }
}
