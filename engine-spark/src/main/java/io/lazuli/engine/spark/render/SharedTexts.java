package io.lazuli.engine.spark.render;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * What a rendering makes of its arguments' texts. One that is long and that the rendering writes several times is worked out once, for a
 * function of its value: else the text of calls within calls would grow by multiplication, beyond what Spark's parser reads. Short ones
 * are written each time, as Spark compiles them and not such functions.
 */
record SharedTexts(ExpressionSql writer) {
    /** Shorter ones are not counted. */
    private static final int SHORT = 100;
    /** How many characters writing a text again may add. */
    private static final int GROWTH = 2000;

    String of(List<String> texts, Function<List<String>, String> rendering) {
        if (texts.stream().noneMatch(SharedTexts::isLong) || texts.stream().anyMatch(SharedTexts::hasQuery)) {
            return rendering.apply(texts);
        }
        // No text of SQL has the character that marks begin and end with.
        List<String> marks = texts.stream().map(text -> isLong(text) ? "\0" + writer.variable() + "\0" : text).toList();
        String written = rendering.apply(marks);
        String shared = writer.variable();
        List<String> values = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            String text = texts.get(i);
            if (isLong(text) && (long) (count(written, marks.get(i)) - 1) * text.length() > GROWTH) {
                written = written.replace(marks.get(i), shared + ".v" + values.size());
                values.add(text + " AS v" + values.size());
            } else {
                written = written.replace(marks.get(i), text);
            }
        }
        return values.isEmpty() ? written
            : "get(transform(array(struct(" + String.join(", ", values) + ")), " + shared + " -> " + written + "), 0)";
    }

    private static boolean isLong(String text) {
        return text.length() > SHORT;
    }

    /** Spark has no queries in such functions. */
    private static boolean hasQuery(String text) {
        return text.contains("SELECT ");
    }

    private static int count(String text, String part) {
        int count = 0;
        for (int at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length())) {
            count++;
        }
        return count;
    }
}
