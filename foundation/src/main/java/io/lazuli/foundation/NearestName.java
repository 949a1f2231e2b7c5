package io.lazuli.foundation;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the known name that a mistyped one most likely meant. */
public final class NearestName {
    private NearestName() {
    }

    /** The nearest of {@code known} within a third of the name's length (case ignored), if there is one. */
    public static Optional<String> of(String name, Collection<String> known) {
        int limit = Math.max(1, name.length() / 3);
        return known.stream()
            .filter(candidate -> distance(name, candidate) <= limit)
            .min(Comparator.comparingInt((String candidate) -> distance(name, candidate)).thenComparing(Comparator.naturalOrder()));
    }

    /** {@code "; did you mean 'x'?"} or the empty string, to end a message with. */
    public static String hint(String name, Collection<String> known) {
        return of(name, known).map(nearest -> "; did you mean '" + nearest + "'?").orElse("");
    }

    /** Edits (insert, delete, replace, swap of neighbours) between two names, case ignored. */
    static int distance(String left, String right) {
        String a = left.toLowerCase(Locale.ROOT);
        String b = right.toLowerCase(Locale.ROOT);
        int[][] edits = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                edits[i][j] = i == 0 || j == 0 ? i + j : cheapest(edits, a, b, i, j);
            }
        }
        return edits[a.length()][b.length()];
    }

    private static int cheapest(int[][] edits, String a, String b, int i, int j) {
        int replace = edits[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int best = Math.min(replace, 1 + Math.min(edits[i - 1][j], edits[i][j - 1]));
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(best, edits[i - 2][j - 2] + 1) : best;
    }
}
