package io.lazuli.operators;

import static io.lazuli.operators.JavaOperator.Kind.BOOLEAN;
import static io.lazuli.operators.JavaOperator.Kind.INT32;
import static io.lazuli.operators.JavaOperator.Kind.STRING;
import static io.lazuli.operators.JavaOperator.Kind.STRINGS;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Regular expressions in Java's syntax; one that is wrong fails. */
final class RegexOperators {
    private static final Cache<String, Pattern> PATTERNS = new Cache<>(Pattern::compile);
    static final List<JavaOperator> ALL = List.of(
        JavaOperator.of("java_regex_find", "Whether a part of the text matches the regular expression.",
            a -> matcher(a).find(), BOOLEAN, STRING, STRING),
        JavaOperator.of("java_regex_group",
            "The group of that number in the first match, 0 for all of it; empty when nothing matches or there is no such group.",
            a -> group(matcher(a), (int) a[2]), STRING, STRING, STRING, INT32),
        JavaOperator.of("java_regex_replace", "The text with every match replaced; $1 is the first group.",
            a -> matcher(a).replaceAll((String) a[2]), STRING, STRING, STRING, STRING),
        JavaOperator.of("java_regex_split", "The parts of the text between matches, empty ones at the end too.",
            a -> Arrays.asList(PATTERNS.get((String) a[1]).split((String) a[0], -1)), STRINGS, STRING, STRING));

    private RegexOperators() {
    }

    private static Matcher matcher(Object[] arguments) {
        return PATTERNS.get((String) arguments[1]).matcher((String) arguments[0]);
    }

    private static String group(Matcher matcher, int group) {
        boolean found = group >= 0 && group <= matcher.groupCount() && matcher.find();
        String text = found ? matcher.group(group) : "";
        return text == null ? "" : text;
    }
}
