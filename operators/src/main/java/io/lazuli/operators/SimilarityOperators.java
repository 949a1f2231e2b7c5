package io.lazuli.operators;

import static io.lazuli.operators.JavaOperator.Kind.FLOAT64;
import static io.lazuli.operators.JavaOperator.Kind.INT32;
import static io.lazuli.operators.JavaOperator.Kind.STRING;

import java.util.Arrays;
import java.util.List;

/** How alike texts are. */
final class SimilarityOperators {
    private static final String SOUNDS = "01230127022455012623017202";

    static final List<JavaOperator> ALL = List.of(
        JavaOperator.of("edit_distance", "How many characters must be inserted, removed or replaced to make one text the other.",
            a -> distance(((String) a[0]).codePoints().toArray(), ((String) a[1]).codePoints().toArray()), INT32, STRING, STRING),
        JavaOperator.of("jaro_winkler", "The Jaro-Winkler similarity, 1 for equal texts, 0 for those without anything in common.",
            a -> jaroWinkler(((String) a[0]).codePoints().toArray(), ((String) a[1]).codePoints().toArray()), FLOAT64, STRING, STRING),
        JavaOperator.of("bigram_similarity", "The Jaccard similarity of the texts' pairs of neighbouring characters, counted as often as "
            + "they occur, those with the beginning and the end among them; 1 for equal texts, 0 for those without a pair in common.",
            a -> bigrams(((String) a[0]).codePoints().toArray(), ((String) a[1]).codePoints().toArray()), FLOAT64, STRING, STRING),
        JavaOperator.of("soundex", "The Soundex code of an English word; the text itself when it does not begin with a letter.",
            a -> soundex((String) a[0]), STRING, STRING));

    private SimilarityOperators() {
    }

    private static int distance(int[] from, int[] to) {
        int[] row = new int[to.length + 1];
        for (int j = 0; j <= to.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length; i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length; j++) {
                int replaced = diagonal + (from[i - 1] == to[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[to.length];
    }

    private static double jaroWinkler(int[] left, int[] right) {
        if (left.length == 0 && right.length == 0) {
            return 1;
        }
        int range = Math.max(0, Math.max(left.length, right.length) / 2 - 1);
        boolean[] leftMatched = new boolean[left.length];
        boolean[] rightMatched = new boolean[right.length];
        double matches = 0;
        for (int i = 0; i < left.length; i++) {
            for (int j = Math.max(0, i - range); j < Math.min(right.length, i + range + 1); j++) {
                if (!rightMatched[j] && left[i] == right[j]) {
                    leftMatched[i] = true;
                    rightMatched[j] = true;
                    matches++;
                    break;
                }
            }
        }
        if (matches == 0) {
            return 0;
        }
        double swapped = swapped(left, leftMatched, right, rightMatched) / 2.0;
        double jaro = (matches / left.length + matches / right.length + (matches - swapped) / matches) / 3;
        int prefix = 0;
        while (prefix < Math.min(4, Math.min(left.length, right.length)) && left[prefix] == right[prefix]) {
            prefix++;
        }
        return jaro > 0.7 ? jaro + prefix * 0.1 * (1 - jaro) : jaro;
    }

    private static int swapped(int[] left, boolean[] leftMatched, int[] right, boolean[] rightMatched) {
        int count = 0;
        int j = 0;
        for (int i = 0; i < left.length; i++) {
            if (leftMatched[i]) {
                while (!rightMatched[j]) {
                    j++;
                }
                count += left[i] == right[j++] ? 0 : 1;
            }
        }
        return count;
    }

    /** Pairs in common, sorted on both sides, out of all pairs. */
    private static double bigrams(int[] left, int[] right) {
        long[] first = pairs(left);
        long[] second = pairs(right);
        int common = 0;
        for (int i = 0, j = 0; i < first.length && j < second.length;) {
            int order = Long.compare(first[i], second[j]);
            common += order == 0 ? 1 : 0;
            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
        }
        return (double) common / (first.length + second.length - common);
    }

    private static long[] pairs(int[] text) {
        long[] pairs = new long[text.length + 1];
        for (int i = 0; i <= text.length; i++) {
            pairs[i] = (i == 0 ? -1L << 32 : (long) text[i - 1] << 32) | (i == text.length ? 0xFFFFFFFFL : text[i]);
        }
        Arrays.sort(pairs);
        return pairs;
    }

    /** H and W do not part equal sounds, vowels do. */
    private static String soundex(String text) {
        if (text.isEmpty() || !isLetter(text.charAt(0))) {
            return text;
        }
        StringBuilder code = new StringBuilder(4).append(Character.toUpperCase(text.charAt(0)));
        char last = sound(text.charAt(0));
        for (int i = 1; i < text.length() && code.length() < 4; i++) {
            if (isLetter(text.charAt(i))) {
                char sound = sound(text.charAt(i));
                if (sound != '7') {
                    if (sound != '0' && sound != last) {
                        code.append(sound);
                    }
                    last = sound;
                }
            } else {
                last = '0';
            }
        }
        while (code.length() < 4) {
            code.append('0');
        }
        return code.toString();
    }

    private static char sound(char letter) {
        return SOUNDS.charAt(Character.toUpperCase(letter) - 'A');
    }

    private static boolean isLetter(char c) {
        return c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z';
    }
}
