package io.lazuli.languages.pipeline;

import io.lazuli.foundation.Place;

/** Positions within an expression's text, and how they are shown. */
public final class Caret {
    private Caret() {
    }

    /** Line and column, both from 1, of an offset from 0. */
    public static Place place(String text, int offset) {
        int line = 1;
        int lineStart = 0;
        for (int i = text.indexOf('\n'); i >= 0 && i < offset; i = text.indexOf('\n', i + 1)) {
            line++;
            lineStart = i + 1;
        }
        return Place.at(line, offset - lineStart + 1);
    }

    /**
     * The line of the text at a place, and below it a caret under the column.
     *
     * <p>The text alone when the place has no line and column, or none that this text has.
     */
    public static String show(String text, Place place) {
        String[] lines = text.split("\n", -1);
        if (place.line() < 1 || place.line() > lines.length) {
            return text;
        }
        String line = lines[place.line() - 1].replace("\r", "").replace('\t', ' ');
        int column = Math.max(1, Math.min(place.column(), line.length() + 1));
        return line + "\n" + " ".repeat(column - 1) + "^";
    }
}
