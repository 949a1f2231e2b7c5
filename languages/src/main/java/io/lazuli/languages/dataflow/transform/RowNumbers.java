package io.lazuli.languages.dataflow.transform;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.expression.ColumnReference;
import io.lazuli.algebra.expression.WindowCall;
import io.lazuli.algebra.operator.WindowOperators;
import io.lazuli.algebra.plan.Aggregate;
import io.lazuli.algebra.plan.Apply;
import io.lazuli.algebra.plan.Distinct;
import io.lazuli.algebra.plan.Filter;
import io.lazuli.algebra.plan.Join;
import io.lazuli.algebra.plan.Limit;
import io.lazuli.algebra.plan.NamedExpression;
import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.plan.Project;
import io.lazuli.algebra.plan.Scan;
import io.lazuli.algebra.plan.SetOperation;
import io.lazuli.algebra.plan.Shared;
import io.lazuli.algebra.plan.Sort;
import io.lazuli.algebra.plan.SortKey;
import io.lazuli.algebra.plan.Unnest;
import io.lazuli.algebra.plan.Values;
import io.lazuli.algebra.plan.Window;
import io.lazuli.algebra.type.DecimalType;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.foundation.CommonError;
import io.lazuli.languages.dataflow.script.UserFunction;
import io.lazuli.languages.dataflow.syntax.FlowExpression;
import io.lazuli.languages.dataflow.syntax.FlowExpressions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Numbers rows from 1 so that the same data gets the same numbers again: in the order of the source, of the latest sort, or, behind what
 * mixes rows (joins, aggregates, windows), in the order of the values.
 */
final class RowNumbers {
    /** Transformations whose expressions see a row of each stream. */
    private static final Set<String> OF_PAIRS = Set.of("join", "lookup", "exists");

    private RowNumbers() {
    }

    /** The plan with a column of numbers behind its own. */
    static Plan add(Plan input, String name) {
        WindowCall number = new WindowCall(WindowOperators.ROW_NUMBER, List.of(), List.of(),
            keepsOrder(input) ? List.of() : byValues(input), Optional.empty(), ScalarType.INT64);
        return new Window(input, List.of(new NamedExpression(name, number)));
    }

    /** The stream with {@link FlowColumn#NUMBER} if an expression of the statement is to give the same random numbers again. */
    static FlowStream noted(Arguments arguments, FlowStream stream) {
        if (arguments.statement().arguments().stream().noneMatch(argument -> seeds(argument, arguments.context().services().functions()))) {
            return stream;
        }
        if (OF_PAIRS.contains(arguments.statement().transformation())) {
            throw failure(CommonError.NOT_SUPPORTED, arguments.statement().at(), "random with a seed is not supported in a condition of "
                + "two streams; a derive before '%s' can add its numbers to one", arguments.statement().name());
        }
        String field = FlowStream.freeName("row number", stream.plan());
        FlowStream numbered = stream.over(add(stream.plan(), field));
        return numbered.withHidden(FlowColumn.NUMBER, FlowStream.reference(numbered.plan(), field));
    }

    /** Whether {@code random} is called with a seed, also by functions of libraries. */
    private static boolean seeds(FlowExpression expression, Map<String, UserFunction> functions) {
        boolean[] found = {false};
        FlowExpressions.forEach(expression, part -> {
            if (part instanceof FlowExpression.Call call) {
                UserFunction function = functions.get(call.name());
                found[0] |= call.name().equalsIgnoreCase("random") && !call.arguments().isEmpty()
                    || function != null && seeds(function.body(), without(functions, call.name()));
            }
        });
        return found[0];
    }

    private static Map<String, UserFunction> without(Map<String, UserFunction> functions, String name) {
        Map<String, UserFunction> others = new HashMap<>(functions);
        others.remove(name);
        return others;
    }

    private static List<SortKey> byValues(Plan input) {
        return input.schema().fields().stream().filter(field -> field.type() instanceof ScalarType || field.type() instanceof DecimalType)
            .map(field -> new SortKey(ColumnReference.of(field), true, true)).toList();
    }

    /** Whether an engine gives the rows in an order that the script or the source tells. */
    private static boolean keepsOrder(Plan plan) {
        return switch (plan) {
            case Scan _, Values _, Sort _ -> true;
            case Filter _, Project _, Limit _, Unnest _, Shared _ -> keepsOrder(plan.inputs().getFirst());
            case SetOperation union -> union.all() && union.inputs().stream().allMatch(RowNumbers::keepsOrder);
            case Window window -> keepsOrder(window.input()) && window.columns().stream().allMatch(column ->
                column.expression() instanceof WindowCall call && call.partitionBy().isEmpty() && call.orderBy().isEmpty());
            case Join _, Apply _, Aggregate _, Distinct _ -> false;
        };
    }
}
