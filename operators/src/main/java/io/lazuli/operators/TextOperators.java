package io.lazuli.operators;

import static io.lazuli.operators.JavaOperator.Kind.INT32;
import static io.lazuli.operators.JavaOperator.Kind.STRING;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;

/** Texts. Characters are Unicode code points, counted from 1. */
final class TextOperators {
    static final List<JavaOperator> ALL = List.of(
        JavaOperator.of("upper_case", "The text in upper case by Unicode's full rules: ß becomes SS.",
            a -> ((String) a[0]).toUpperCase(Locale.ROOT), STRING, STRING),
        JavaOperator.of("lower_case", "The text in lower case by Unicode's full rules.",
            a -> ((String) a[0]).toLowerCase(Locale.ROOT), STRING, STRING),
        JavaOperator.of("capitalize_words",
            "The text as lower_case gives it, with the first character of each word in title case; white space parts words.",
            a -> capitalize((String) a[0]), STRING, STRING),
        JavaOperator.of("substring_before_count",
            "What stands before so many occurrences of the second text, from the end and after them when the number is negative.",
            a -> beforeCount((String) a[0], (String) a[1], (int) a[2]), STRING, STRING, STRING, INT32),
        JavaOperator.of("substring_from",
            "So many characters from a position, which counts from the end when it is negative; 0 is the first.",
            a -> substring((String) a[0], (int) a[1], (int) a[2]), STRING, STRING, INT32, INT32),
        JavaOperator.of("pad_start", "The text filled up before to so many characters with the third text, or cut to them.",
            a -> pad((String) a[0], (int) a[1], (String) a[2], true), STRING, STRING, INT32, STRING),
        JavaOperator.of("pad_end", "The text filled up behind to so many characters with the third text, or cut to them.",
            a -> pad((String) a[0], (int) a[1], (String) a[2], false), STRING, STRING, INT32, STRING),
        JavaOperator.of("separate_accents", "The text in Unicode's form NFD, in which accents are characters of their own.",
            a -> Normalizer.normalize((String) a[0], Normalizer.Form.NFD), STRING, STRING),
        JavaOperator.of("position_from", "Where the first text occurs in the second from a position on, 0 when it does not.",
            a -> position((String) a[0], (String) a[1], (int) a[2]), INT32, STRING, STRING, INT32));

    /** Longer texts would take all memory before they take all that is allowed. */
    private static final int LONGEST = 100_000_000;

    private TextOperators() {
    }

    private static String capitalize(String text) {
        StringBuilder result = new StringBuilder(text.length());
        boolean first = true;
        for (int character : text.toLowerCase(Locale.ROOT).codePoints().toArray()) {
            result.appendCodePoint(first ? Character.toTitleCase(character) : character);
            first = Character.isWhitespace(character);
        }
        return result.toString();
    }

    private static String beforeCount(String text, String delimiter, int count) {
        if (count == 0 || delimiter.isEmpty()) {
            return "";
        }
        int at = count > 0 ? -1 : text.length();
        for (int i = 0; i < Math.abs((long) count); i++) {
            at = count > 0 ? text.indexOf(delimiter, at + (i == 0 ? 1 : delimiter.length())) : text.lastIndexOf(delimiter, at - 1);
            if (at < 0) {
                return text;
            }
        }
        return count > 0 ? text.substring(0, at) : text.substring(at + delimiter.length());
    }

    private static String substring(String text, int from, int count) {
        int length = text.codePointCount(0, text.length());
        long start = from > 0 ? from - 1L : from < 0 ? length + (long) from : 0;
        int begin = (int) Math.max(0, Math.min(start, length));
        int end = (int) Math.max(begin, Math.min(start + count, length));
        return text.substring(text.offsetByCodePoints(0, begin), text.offsetByCodePoints(0, end));
    }

    private static String pad(String text, int length, String padding, boolean before) {
        if (length > LONGEST) {
            throw new IllegalArgumentException("A text of " + length + " characters is too long; " + LONGEST + " are the most");
        }
        int missing = Math.max(length, 0) - text.codePointCount(0, text.length());
        if (missing <= 0) {
            return text.substring(0, text.offsetByCodePoints(0, Math.max(length, 0)));
        }
        if (padding.isEmpty()) {
            return text;
        }
        int[] characters = padding.codePoints().toArray();
        StringBuilder fill = new StringBuilder(missing);
        for (int i = 0; i < missing; i++) {
            fill.appendCodePoint(characters[i % characters.length]);
        }
        return before ? fill + text : text + fill;
    }

    private static int position(String search, String text, int from) {
        if (from < 1 || from > text.codePointCount(0, text.length()) + 1) {
            return 0;
        }
        int found = text.indexOf(search, text.offsetByCodePoints(0, from - 1));
        return found < 0 ? 0 : text.codePointCount(0, found) + 1;
    }
}
