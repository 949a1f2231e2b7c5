package io.lazuli.operators;

import static io.lazuli.operators.JavaOperator.Kind.BOOLEAN;
import static io.lazuli.operators.JavaOperator.Kind.INT64;
import static io.lazuli.operators.JavaOperator.Kind.STRINGS;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Sets of bits as arrays of words of 64 bits, which travel as texts; bit n is bit n % 64 of word n / 64, from 0. */
final class BitSetOperators {
    static final List<JavaOperator> ALL = List.of(
        JavaOperator.of("set_bits", "The words with the bits at these positions set too.",
            a -> set((List<?>) a[0], (List<?>) a[1]), STRINGS, STRINGS, STRINGS),
        JavaOperator.of("has_bit", "Whether the words have the bit at a position.",
            a -> (long) a[1] >= 0 && (long) a[1] <= Integer.MAX_VALUE && bits((List<?>) a[0]).get((int) (long) a[1]), BOOLEAN, STRINGS,
            INT64));

    private BitSetOperators() {
    }

    private static BitSet bits(List<?> words) {
        return BitSet.valueOf(words.stream().mapToLong(word -> word == null ? 0 : Long.parseLong((String) word)).toArray());
    }

    private static List<String> set(List<?> words, List<?> positions) {
        BitSet bits = bits(words);
        for (Object position : positions) {
            if (position != null) {
                bits.set(Integer.parseInt((String) position));
            }
        }
        List<String> result = new ArrayList<>();
        for (long word : bits.toLongArray()) {
            result.add(Long.toString(word));
        }
        return result;
    }
}
