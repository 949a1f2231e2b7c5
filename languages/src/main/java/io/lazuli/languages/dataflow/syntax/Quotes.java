package io.lazuli.languages.dataflow.syntax;

/** Where quoted texts end, and what their escapes stand for. */
final class Quotes {
    private Quotes() {
    }

    /** The offset of the quote that closes the one at {@code start}, -1 when there is none before {@code end}. */
    static int endOfString(String source, int start, int end) {
        char quote = source.charAt(start);
        for (int i = start + 1; i < end; i++) {
            char c = source.charAt(i);
            if (c == '\\' && quote != '`') {
                i++;
            } else if (c == quote) {
                return i;
            }
        }
        return -1;
    }

    /** The same for a string with expressions in braces, which may hold strings of their own. */
    static int endOfInterpolated(String source, int start, int end) {
        for (int i = start + 1; i < end; i++) {
            char c = source.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '"') {
                return i;
            } else if (c == '{') {
                i = endOfBraces(source, i, end);
                if (i < 0) {
                    return -1;
                }
            }
        }
        return -1;
    }

    /** The offset of the brace that closes the one at {@code start}, -1 when there is none before {@code end}. */
    static int endOfBraces(String source, int start, int end) {
        for (int i = start + 1; i < end; i++) {
            char c = source.charAt(i);
            if (c == '}') {
                return i;
            }
            if (c == '{') {
                i = endOfBraces(source, i, end);
            } else if (c == '\'' || c == '`') {
                i = endOfString(source, i, end);
            } else if (c == '"') {
                i = endOfInterpolated(source, i, end);
            }
            if (i < 0) {
                return -1;
            }
        }
        return -1;
    }

    /** Replaces the escapes; a backslash before any other character stays, so that {@code '\d'} is what its writer meant. */
    static String unescape(String text) {
        if (text.indexOf('\\') < 0) {
            return text;
        }
        StringBuilder result = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '\\' || i + 1 == text.length()) {
                result.append(c);
                continue;
            }
            char escaped = text.charAt(++i);
            switch (escaped) {
                case 'n' -> result.append('\n');
                case 't' -> result.append('\t');
                case 'r' -> result.append('\r');
                case 'b' -> result.append('\b');
                case 'f' -> result.append('\f');
                case '\\', '\'', '"', '`', '{', '}' -> result.append(escaped);
                case 'u' -> i = unicode(text, i, result);
                default -> result.append('\\').append(escaped);
            }
        }
        return result.toString();
    }

    private static int unicode(String text, int at, StringBuilder result) {
        String digits = text.substring(at + 1, Math.min(at + 5, text.length()));
        if (!digits.matches("[0-9a-fA-F]{4}")) {
            result.append("\\u");
            return at;
        }
        result.append((char) Integer.parseInt(digits, 16));
        return at + 4;
    }
}
