package io.lazuli.algebra.operator;

import static io.lazuli.algebra.operator.Operator.Kind.SCALAR;
import static io.lazuli.algebra.type.ScalarType.BOOLEAN;
import static io.lazuli.algebra.type.ScalarType.STRING;

import java.util.List;

/**
 * Comparison and logic. Strings compare by code point; languages with a collation compare {@link #COLLATION_KEY}s. Arrays and structures
 * compare part by part, a null part is less than any other; maps do not compare.
 */
public final class ComparisonOperators {
    public static final Operator EQUAL = comparison("equal", "Whether both values are the same.");
    public static final Operator NOT_EQUAL = comparison("not_equal", "Whether the values differ.");
    public static final Operator LESS = comparison("less", "Whether the first value comes before the second.");
    public static final Operator LESS_OR_EQUAL =
        comparison("less_or_equal", "Whether the first value does not come after the second.");
    public static final Operator GREATER = comparison("greater", "Whether the first value comes after the second.");
    public static final Operator GREATER_OR_EQUAL =
        comparison("greater_or_equal", "Whether the first value does not come before the second.");
    public static final Operator NOT_DISTINCT =
        comparison("not_distinct", "Whether both values are the same or both null; never null itself.");
    public static final Operator IS_NULL =
        new Operator("is_null", SCALAR, "Whether the value is null; never null itself.", TypeRules.any(BOOLEAN));
    public static final Operator NOT =
        new Operator("not", SCALAR, "The opposite truth value.", TypeRules.exactly(BOOLEAN, BOOLEAN));
    public static final Operator AND =
        new Operator("and", SCALAR, "True when all are; false when any is, else null.", TypeRules.exactly(BOOLEAN, BOOLEAN, BOOLEAN));
    public static final Operator OR =
        new Operator("or", SCALAR, "True when any is; false when none is, else null.",
            TypeRules.exactly(BOOLEAN, BOOLEAN, BOOLEAN));
    public static final Operator COALESCE =
        new Operator("coalesce", SCALAR, "The first value that is not null; null when all are.", TypeRules.sameAsArguments());
    public static final Operator COLLATION_KEY = new Operator("collation_key", SCALAR,
        "Equal for texts that SQL Server's default collation holds equal, and sorting like them: case folded, trailing spaces cut.",
        TypeRules.exactly(STRING, STRING));
    public static final Operator LIKE = new Operator("like", SCALAR,
        "Whether the text matches the pattern, in which % is any text, _ any character and \\ makes the next one plain.",
        TypeRules.exactly(BOOLEAN, STRING, STRING));

    static final List<Operator> ALL = List.of(EQUAL, NOT_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL, NOT_DISTINCT, IS_NULL, NOT,
        AND, OR, COALESCE, COLLATION_KEY, LIKE);

    private ComparisonOperators() {
    }

    private static Operator comparison(String name, String meaning) {
        return new Operator(name, SCALAR, meaning, TypeRules.ordered(TypeRules.alike(BOOLEAN, 2)));
    }
}
