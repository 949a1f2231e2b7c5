package io.lazuli.languages.pipeline.function;

import static io.lazuli.languages.pipeline.function.ExpressionError.INVALID_VALUE;
import static io.lazuli.languages.pipeline.function.Kind.ANY;
import static io.lazuli.languages.pipeline.function.Kind.ARRAY;
import static io.lazuli.languages.pipeline.function.Kind.BOOLEAN;
import static io.lazuli.languages.pipeline.function.Kind.INTEGER;
import static io.lazuli.languages.pipeline.function.Kind.STRING;
import static io.lazuli.languages.pipeline.function.PipelineFunction.function;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.IntUnaryOperator;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;

/** Functions on text: {@code startsWith}, {@code endsWith}, {@code indexOf} and {@code lastIndexOf} ignore case. */
final class StringFunctions {
    private StringFunctions() {
    }

    static List<PipelineFunction> all() {
        return List.of(
            function(Category.STRING, "concat", "Joins values to one text.")
                .takesMany("text", ANY, 1).example("@concat('Hello', 'World')", "\"HelloWorld\"").gives(STRING, StringFunctions::concat),
            function(Category.STRING, "endsWith", "Tells whether a text ends with another, ignoring case.")
                .takes("text", STRING).takes("searchText", STRING).example("@endsWith('hello world', 'WORLD')", "true")
                .gives(BOOLEAN, a -> Values.bool(matchesAt(a.string(0), a.string(0).length() - a.string(1).length(), a.string(1)))),
            function(Category.STRING, "guid", "Makes a new identifier, in one of the formats N, D, B, P and X; D if none is given.")
                .mayTake("format", STRING).example("@guid()", null).gives(STRING, StringFunctions::guid),
            function(Category.STRING, "indexOf",
                "Gives the position of the first occurrence, from 0, ignoring case; -1 when there is none.")
                .takes("text", STRING).takes("searchText", STRING).example("@indexOf('hello world', 'World')", "6")
                .gives(INTEGER, a -> Values.integer(indexOf(a.string(0), a.string(1)))),
            function(Category.STRING, "lastIndexOf",
                "Gives the position of the last occurrence, from 0, ignoring case; -1 when there is none.")
                .takes("text", STRING).takes("searchText", STRING).example("@lastIndexOf('hello world world', 'World')", "12")
                .gives(INTEGER, a -> Values.integer(lastIndexOf(a.string(0), a.string(1)))),
            function(Category.STRING, "replace", "Replaces every occurrence of a text by another, minding case.")
                .takes("text", STRING).takes("oldText", STRING).takes("newText", STRING)
                .example("@replace('the old string', 'old', 'new')", "\"the new string\"").gives(STRING, StringFunctions::replace),
            function(Category.STRING, "split", "Cuts a text at every occurrence of a delimiter.")
                .takes("text", STRING).takes("delimiter", STRING).example("@split('a;b;c', ';')", "[\"a\",\"b\",\"c\"]")
                .gives(ARRAY, StringFunctions::split),
            function(Category.STRING, "startsWith", "Tells whether a text begins with another, ignoring case.")
                .takes("text", STRING).takes("searchText", STRING).example("@startsWith('hello world', 'HELLO')", "true")
                .gives(BOOLEAN, a -> Values.bool(matchesAt(a.string(0), 0, a.string(1)))),
            function(Category.STRING, "substring", "Gives part of a text, from a position counted from 0; beyond the end is an error.")
                .takes("text", STRING).takes("startIndex", INTEGER).mayTake("length", INTEGER)
                .example("@substring('hello world', 6, 5)", "\"world\"").gives(STRING, StringFunctions::substring),
            function(Category.STRING, "toLower", "Gives a text in lower case.")
                .takes("text", STRING).example("@toLower('Hello World')", "\"hello world\"")
                .gives(STRING, a -> Values.string(mapped(a.string(0), Character::toLowerCase))),
            function(Category.STRING, "toUpper", "Gives a text in upper case.")
                .takes("text", STRING).example("@toUpper('Hello World')", "\"HELLO WORLD\"")
                .gives(STRING, a -> Values.string(mapped(a.string(0), Character::toUpperCase))),
            function(Category.STRING, "trim", "Takes white space off both ends of a text.")
                .takes("text", STRING).example("@trim(' Hello World  ')", "\"Hello World\"")
                .gives(STRING, a -> Values.string(trim(a.string(0)))));
    }

    private static JsonNode concat(Arguments arguments) {
        StringBuilder result = new StringBuilder();
        for (int i = 0; i < arguments.count(); i++) {
            result.append(Values.text(arguments.value(i)));
        }
        return Values.string(result.toString());
    }

    private static boolean matchesAt(String text, int position, String part) {
        return text.regionMatches(true, position, part, 0, part.length());
    }

    private static int indexOf(String text, String part) {
        for (int i = 0; i <= text.length() - part.length(); i++) {
            if (matchesAt(text, i, part)) {
                return i;
            }
        }
        return -1;
    }

    private static int lastIndexOf(String text, String part) {
        for (int i = text.length() - part.length(); i >= 0; i--) {
            if (matchesAt(text, i, part)) {
                return i;
            }
        }
        return -1;
    }

    private static JsonNode replace(Arguments arguments) {
        String old = arguments.string(1);
        if (old.isEmpty()) {
            throw arguments.failure(1, INVALID_VALUE, "needs a text to replace, not an empty one");
        }
        return Values.string(arguments.string(0).replace(old, arguments.string(2)));
    }

    private static JsonNode split(Arguments arguments) {
        String text = arguments.string(0);
        String delimiter = arguments.string(1);
        List<JsonNode> parts = new ArrayList<>();
        int start = 0;
        if (!delimiter.isEmpty()) {
            for (int at = text.indexOf(delimiter); at >= 0; at = text.indexOf(delimiter, start)) {
                parts.add(Values.string(text.substring(start, at)));
                start = at + delimiter.length();
            }
        }
        parts.add(Values.string(text.substring(start)));
        return Values.array(parts);
    }

    private static JsonNode substring(Arguments arguments) {
        String text = arguments.string(0);
        int start = arguments.size(1);
        if (start > text.length()) {
            throw arguments.failure(1, INVALID_VALUE, "cannot begin at %s in a text of length %s", start, text.length());
        }
        int length = arguments.has(2) ? arguments.size(2) : text.length() - start;
        if (length > text.length() - start) {
            throw arguments.failure(2, INVALID_VALUE, "cannot take %s characters from position %s of a text of length %s", length, start,
                text.length());
        }
        return Values.string(text.substring(start, start + length));
    }

    /** .NET trims the characters of Unicode's white space, the no-break space among them. */
    private static String trim(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isSpace(text.charAt(start))) {
            start++;
        }
        while (end > start && isSpace(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    private static boolean isSpace(char character) {
        return Character.isSpaceChar(character) || character >= '\t' && character <= '\r' || character == '\u0085';
    }

    private static JsonNode guid(Arguments arguments) {
        RandomGenerator random = arguments.random();
        long high = random.nextLong() & 0xFFFFFFFFFFFF0FFFL | 0x4000L;
        long low = random.nextLong() & 0x3FFFFFFFFFFFFFFFL | 0x8000000000000000L;
        String dashed = new UUID(high, low).toString();
        String format = arguments.has(0) ? arguments.string(0) : "D";
        return Values.string(switch (format.toUpperCase(Locale.ROOT)) {
            case "D", "" -> dashed;
            case "N" -> dashed.replace("-", "");
            case "B" -> "{" + dashed + "}";
            case "P" -> "(" + dashed + ")";
            case "X" -> hexadecimalFields(dashed.replace("-", ""));
            default -> throw arguments.failure(0, INVALID_VALUE, "needs one of the formats N, D, B, P and X, not '%s'", format);
        });
    }

    private static String hexadecimalFields(String digits) {
        StringBuilder text = new StringBuilder("{0x").append(digits, 0, 8).append(",0x").append(digits, 8, 12).append(",0x")
            .append(digits, 12, 16).append(",{");
        for (int i = 16; i < digits.length(); i += 2) {
            text.append(i == 16 ? "0x" : ",0x").append(digits, i, i + 2);
        }
        return text.append("}}").toString();
    }

    /** Changes each character by itself, as .NET does: 'ß' stays when upper case is asked for. */
    private static String mapped(String text, IntUnaryOperator change) {
        return text.codePoints().map(change).collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
    }
}
