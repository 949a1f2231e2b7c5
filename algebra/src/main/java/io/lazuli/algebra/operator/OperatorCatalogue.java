package io.lazuli.algebra.operator;

import io.lazuli.operators.JavaOperator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All canonical operators. Engines render each of them, which a test checks by walking this list. */
public final class OperatorCatalogue {
    private static final Map<String, Operator> BY_NAME = Stream.of(
            ComparisonOperators.ALL, MathOperators.ALL, StringOperators.ALL, DateOperators.ALL, AggregateOperators.ALL, WindowOperators.ALL,
            ConversionOperators.ALL, ArrayOperators.ALL, MapOperators.ALL, LenientMathOperators.ALL, TextSliceOperators.ALL,
            CollectingOperators.ALL,
            JavaImplementedOperators.ALL)
        .flatMap(List::stream).collect(Collectors.toUnmodifiableMap(Operator::name, Function.identity()));

    private static final Set<Operator> VARYING = Set.of(MathOperators.RANDOM, StringOperators.NEW_UUID);

    private OperatorCatalogue() {
    }

    public static Optional<Operator> find(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    /** Whether equal arguments always give equal results. */
    public static boolean isSteady(Operator operator) {
        JavaOperator java = JavaImplementedOperators.implementation(operator);
        return java == null ? !VARYING.contains(operator) : java.steady();
    }

    public static List<Operator> all() {
        return BY_NAME.values().stream().sorted((a, b) -> a.name().compareTo(b.name())).toList();
    }
}
