package io.lazuli.engine.duckdb.render;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.operator.Operator;
import io.lazuli.foundation.CommonError;
import io.lazuli.operators.JavaOperators;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The rendering of every canonical operator. A family of operators is a class that fills a part of the table, one line an operator:
 * add it to {@link #FAMILIES}. Operators in Java need none; where DuckDB has a faster form that means the same, it stands in a family.
 */
public final class OperatorTable {
    private static final List<Family> FAMILIES = List.of(ComparisonRenderings::fill, MathRenderings::fill, StringRenderings::fill,
        DateRenderings::fill, AggregateRenderings::fill, WindowRenderings::fill, ConversionRenderings::fill, ArrayRenderings::fill,
        MapRenderings::fill, LenientMathRenderings::fill, TextSliceRenderings::fill, CollectingRenderings::fill);

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

    public static Rendering of(Operator operator) {
        Rendering rendering = RENDERINGS.get(operator.name());
        if (rendering == null) {
            throw failure(CommonError.NOT_SUPPORTED, "The DuckDB engine does not have the operator '%s'", operator.name());
        }
        return rendering;
    }

    /** A scalar operator by its template; see {@link Rendering}. */
    void scalar(Operator operator, String template) {
        scalar(operator, (Rendering.Arguments arguments) -> arguments.fill(template));
    }

    void scalar(Operator operator, Rendering.Scalar rendering) {
        operator.require(Operator.Kind.SCALAR);
        add(operator, rendering);
    }

    /** An aggregate or window function called by its DuckDB name with the operator's arguments. */
    void function(Operator operator, String function) {
        function(operator, function, "{*}", "{call}");
    }

    /** An aggregate or window function with templates of its arguments and of what stands around the call. */
    void function(Operator operator, String function, String arguments, String around) {
        function(operator, new Rendering.Aggregate(function, arguments, around));
    }

    /** An aggregate or window function of a form of its own. */
    void function(Operator operator, Rendering form) {
        operator.require(Operator.Kind.AGGREGATE, Operator.Kind.WINDOW);
        add(operator, form);
    }

    /** The least or greatest value. */
    void extreme(Operator operator, String function, String byKey) {
        operator.require(Operator.Kind.AGGREGATE);
        add(operator, new Rendering.Extreme(function, byKey));
    }

    /** The value of one of the rows. */
    void chosen(Operator operator, String function) {
        operator.require(Operator.Kind.AGGREGATE);
        add(operator, new Rendering.Chosen(function));
    }

    private void add(Operator operator, Rendering rendering) {
        if (renderings.put(operator.name(), rendering) != null) {
            throw new IllegalStateException("Operator '" + operator.name() + "' has two renderings");
        }
    }

    private static Map<String, Rendering> renderings() {
        OperatorTable table = new OperatorTable(new HashMap<>());
        FAMILIES.forEach(family -> family.fill(table));
        JavaOperators.all().forEach(operator -> table.renderings.putIfAbsent(operator.name(), new JavaRendering(operator)));
        return Map.copyOf(table.renderings);
    }
}
