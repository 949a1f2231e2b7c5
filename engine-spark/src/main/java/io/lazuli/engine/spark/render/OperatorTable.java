package io.lazuli.engine.spark.render;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.operator.JavaImplementedOperators;
import io.lazuli.algebra.operator.Operator;
import io.lazuli.foundation.CommonError;
import io.lazuli.operators.JavaOperator;
import io.lazuli.operators.JavaOperators;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How Spark writes the calls of operators. A family of operators is a class that fills a part of the table: add it to {@link #FAMILIES}.
 * Operators in Java need no line; those of {@link #REFUSED} are refused by name.
 */
public final class OperatorTable {
    private static final List<Family> FAMILIES = List.of(ComparisonTexts::fill, NumberTexts::fill, CharacterTexts::fill, DateTexts::fill,
        ArrayTexts::fill, DocumentTexts::fill);
    /** What only languages use that Spark does not run: T-SQL, and copies with messages and patterns of their own. */
    private static final Set<String> REFUSED = Set.of("upper", "lower", "collation_key", "replace_ignoring_case", "replace_pattern",
        "match_position", "group_thousands", "float_text", "format_timestamp", "parse_timestamp", "instant_from_text",
        "variant_member", "variant_elements");
    private static final Map<String, Rendering> RENDERINGS = renderings();

    private final Map<String, Rendering> renderings;

    private OperatorTable(Map<String, Rendering> renderings) {
        this.renderings = renderings;
    }

    /** Adds the renderings of its operators. */
    @FunctionalInterface
    interface Family {
        void fill(OperatorTable table);
    }

    /** Writes one call. */
    @FunctionalInterface
    interface Rendering {
        String of(Arguments arguments);
    }

    /** The operators that Spark does not have. */
    public static Set<String> refused() {
        return REFUSED;
    }

    /** Whether Spark has a scalar operator. */
    public static boolean has(Operator operator) {
        return RENDERINGS.containsKey(operator.name());
    }

    /** Fails with {@code NOT_SUPPORTED} when Spark does not have a scalar operator. */
    public static void require(Operator operator) {
        if (!has(operator)) {
            throw refused(operator);
        }
    }

    static Rendering of(Operator operator) {
        require(operator);
        return RENDERINGS.get(operator.name());
    }

    static RuntimeException refused(Operator operator) {
        return failure(CommonError.NOT_SUPPORTED, "The Spark engine does not have the operator '%s'", operator.name());
    }

    void put(Operator operator, String template) {
        put(operator, (Arguments arguments) -> arguments.fill(template));
    }

    void put(Operator operator, Rendering rendering) {
        operator.require(Operator.Kind.SCALAR);
        if (renderings.put(operator.name(), rendering) != null) {
            throw new IllegalStateException("Operator '" + operator.name() + "' has two renderings");
        }
    }

    /** The name of an operator in Java as a function of Spark's. */
    public static String functionName(JavaOperator operator) {
        return "lazuli_" + operator.name();
    }

    private static Map<String, Rendering> renderings() {
        OperatorTable table = new OperatorTable(new HashMap<>());
        FAMILIES.forEach(family -> family.fill(table));
        for (JavaOperator operator : JavaOperators.all()) {
            table.renderings.putIfAbsent(JavaImplementedOperators.named(operator.name()).name(),
                arguments -> arguments.fill(functionName(operator) + "({*})"));
        }
        return Map.copyOf(table.renderings);
    }
}
