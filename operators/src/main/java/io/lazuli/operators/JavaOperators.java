package io.lazuli.operators;

import java.util.List;
import java.util.stream.Stream;

/** All operators that are implemented in Java. A family is a class with a list; add it here. */
public final class JavaOperators {
    private static final List<JavaOperator> ALL = Stream.of(TextOperators.ALL, RegexOperators.ALL, NumberOperators.ALL, FloatOperators.ALL,
            DateTextOperators.ALL, TimeZoneOperators.ALL, HashOperators.ALL, EncodingOperators.ALL,
            SimilarityOperators.ALL, BitSetOperators.ALL, DocumentOperators.ALL)
        .flatMap(List::stream).toList();

    private JavaOperators() {
    }

    public static List<JavaOperator> all() {
        return ALL;
    }
}
