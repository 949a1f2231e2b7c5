package io.lazuli.algebra.operator;

import static io.lazuli.algebra.operator.Operator.Kind.WINDOW;

import io.lazuli.algebra.operator.Operator.TypeRule;
import io.lazuli.algebra.type.DataType;
import io.lazuli.algebra.type.ScalarType;
import java.util.List;

/** Functions of a row's place among its partition's sorted rows. Aggregates may stand in windows too. */
public final class WindowOperators {
    public static final Operator ROW_NUMBER = number("row_number", "The row's number from 1.");
    public static final Operator RANK = number("rank", "The number of the first row with the same sort key; ties leave gaps.");
    public static final Operator DENSE_RANK = number("dense_rank", "The number of the distinct sort key; ties leave no gaps.");
    public static final Operator NTILE = new Operator("ntile", WINDOW,
        "The number of the row's group when the rows are dealt into so many groups of sizes that differ by one at most, larger first.",
        TypeRules.exactly(ScalarType.INT64, ScalarType.INT64));
    public static final Operator PERCENT_RANK = new Operator("percent_rank", WINDOW, "(rank - 1) / (rows - 1), 0 for a single row.",
        arguments -> arguments.isEmpty() ? ScalarType.FLOAT64 : null);
    public static final Operator CUME_DIST = new Operator("cume_dist", WINDOW,
        "The part of the rows whose sort key is not after the row's.", arguments -> arguments.isEmpty() ? ScalarType.FLOAT64 : null);
    public static final Operator LAG =
        new Operator("lag", WINDOW, "The value so many rows earlier, or the third argument when there is no such row.", neighbour());
    public static final Operator LEAD =
        new Operator("lead", WINDOW, "The value so many rows later, or the third argument when there is no such row.", neighbour());
    public static final Operator FIRST_VALUE =
        new Operator("first_value", WINDOW, "The value of the frame's first row.", TypeRules.sameAsArguments());
    public static final Operator LAST_VALUE =
        new Operator("last_value", WINDOW, "The value of the frame's last row.", TypeRules.sameAsArguments());

    static final List<Operator> ALL =
        List.of(ROW_NUMBER, RANK, DENSE_RANK, NTILE, PERCENT_RANK, CUME_DIST, LAG, LEAD, FIRST_VALUE, LAST_VALUE);

    private WindowOperators() {
    }

    private static Operator number(String name, String meaning) {
        return new Operator(name, WINDOW, meaning, arguments -> arguments.isEmpty() ? ScalarType.INT64 : null);
    }

    private static TypeRule neighbour() {
        return arguments -> {
            boolean fits = arguments.size() == 3 && arguments.get(1) == ScalarType.INT64 && arguments.get(2).equals(arguments.get(0));
            DataType value = arguments.isEmpty() ? null : arguments.getFirst();
            return fits ? value : null;
        };
    }
}
