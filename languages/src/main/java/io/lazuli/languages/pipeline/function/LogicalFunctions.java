package io.lazuli.languages.pipeline.function;

import static io.lazuli.languages.pipeline.function.Kind.ANY;
import static io.lazuli.languages.pipeline.function.Kind.BOOLEAN;
import static io.lazuli.languages.pipeline.function.Kind.COMPARABLE;
import static io.lazuli.languages.pipeline.function.PipelineFunction.function;

import java.util.List;
import java.util.function.IntPredicate;
import tools.jackson.databind.JsonNode;

/** Conditions and comparisons; {@code if}, {@code and} and {@code or} evaluate only what they need. */
final class LogicalFunctions {
    private LogicalFunctions() {
    }

    static List<PipelineFunction> all() {
        return List.of(
            function(Category.LOGICAL, "and", "Tells whether both conditions hold; the second is evaluated only if the first does.")
                .takes("expression1", BOOLEAN).takes("expression2", BOOLEAN).example("@and(true, false)", "false")
                .gives(BOOLEAN, a -> Values.bool(a.bool(0) && a.bool(1))),
            function(Category.LOGICAL, "equals", "Tells whether two values are equal; texts mind case, true equals 1.")
                .takes("object1", ANY).takes("object2", ANY).example("@equals('abc', 'abcd')", "false")
                .gives(BOOLEAN, a -> Values.bool(Values.equal(a.value(0), a.value(1)))),
            comparison("greater", "Tells whether the first value is greater than the second.", "@greater(10, 5)", "true",
                order -> order > 0),
            comparison("greaterOrEquals", "Tells whether the first value is greater than the second or equal to it.",
                "@greaterOrEquals(5, 5)", "true", order -> order >= 0),
            function(Category.LOGICAL, "if", "Gives one of two values; the other is not evaluated.")
                .takes("expression", BOOLEAN).takes("valueIfTrue", ANY).takes("valueIfFalse", ANY)
                .example("@if(equals(1, 1), 'yes', 'no')", "\"yes\"").gives(ANY, a -> a.bool(0) ? a.value(1) : a.value(2)),
            comparison("less", "Tells whether the first value is less than the second.", "@less(5, 10)", "true", order -> order < 0),
            comparison("lessOrEquals", "Tells whether the first value is less than the second or equal to it.",
                "@lessOrEquals(10, 10)", "true", order -> order <= 0),
            function(Category.LOGICAL, "not", "Tells whether a condition does not hold.")
                .takes("expression", BOOLEAN).example("@not(false)", "true").gives(BOOLEAN, a -> Values.bool(!a.bool(0))),
            function(Category.LOGICAL, "or",
                "Tells whether one of two conditions holds; the second is evaluated only if the first does not.")
                .takes("expression1", BOOLEAN).takes("expression2", BOOLEAN).example("@or(true, false)", "true")
                .gives(BOOLEAN, a -> Values.bool(a.bool(0) || a.bool(1))));
    }

    private static PipelineFunction comparison(String name, String documentation, String example, String result, IntPredicate holds) {
        return function(Category.LOGICAL, name, documentation)
            .takes("value", COMPARABLE).takes("compareTo", COMPARABLE).example(example, result)
            .gives(BOOLEAN, a -> Values.bool(holds.test(compare(a))));
    }

    private static int compare(Arguments arguments) {
        JsonNode left = arguments.value(0);
        JsonNode right = arguments.value(1);
        if (left.isString() != right.isString()) {
            throw arguments.failure(1, ExpressionError.WRONG_TYPE, "needs two values of matching types, not %s and %s",
                ValueType.of(left).title(), ValueType.of(right).title());
        }
        return left.isString() ? left.stringValue().compareTo(right.stringValue()) : Values.compareNumbers(left, right);
    }
}
