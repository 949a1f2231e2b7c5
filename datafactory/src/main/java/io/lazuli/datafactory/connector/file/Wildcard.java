package io.lazuli.datafactory.connector.file;

import java.util.regex.Pattern;

/**
 * A name or path pattern of the copy family: {@code *} is any number of characters, {@code ?} none or one, neither crosses a
 * {@code /}; {@code ^} makes the next character plain. Case-sensitive.
 */
public final class Wildcard {
    private final Pattern regex;

    public Wildcard(String pattern) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c == '*') {
                text.append("[^/]*");
            } else if (c == '?') {
                text.append("[^/]?");
            } else {
                boolean escape = c == '^' && i + 1 < pattern.length();
                text.append(Pattern.quote(String.valueOf(escape ? pattern.charAt(++i) : c)));
            }
        }
        regex = Pattern.compile(text.toString(), Pattern.DOTALL);
    }

    public boolean matches(String name) {
        return regex.matcher(name).matches();
    }

    /** Whether a text has wildcards that are not escaped. */
    public static boolean isPattern(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '*' || c == '?') {
                return true;
            }
            i += c == '^' ? 1 : 0;
        }
        return false;
    }

    /** The text that a pattern without wildcards stands for. */
    public static String plain(String pattern) {
        return pattern.replaceAll("\\^(.)", "$1");
    }
}
