package io.lazuli.languages.pipeline.function;

import static io.lazuli.languages.pipeline.function.ExpressionError.DIVISION_BY_ZERO;
import static io.lazuli.languages.pipeline.function.ExpressionError.INVALID_VALUE;
import static io.lazuli.languages.pipeline.function.ExpressionError.OVERFLOW;
import static io.lazuli.languages.pipeline.function.ExpressionError.WRONG_TYPE;
import static io.lazuli.languages.pipeline.function.Kind.ARRAY;
import static io.lazuli.languages.pipeline.function.Kind.INTEGER;
import static io.lazuli.languages.pipeline.function.Kind.NUMBER;
import static io.lazuli.languages.pipeline.function.Kind.NUMBER_OR_ARRAY;
import static io.lazuli.languages.pipeline.function.PipelineFunction.function;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.LongBinaryOperator;
import tools.jackson.databind.JsonNode;

/** Arithmetic: integers of 64 bits stay integers, a decimal number on either side makes the result one. */
final class MathFunctions {
    private static final int LONGEST_RANGE = 1_000_000;

    private MathFunctions() {
    }

    static List<PipelineFunction> all() {
        return List.of(
            arithmetic("add", "summand_1", "summand_2", "Adds two numbers.", "@add(1, 1.5)", "2.5", Math::addExact, Double::sum),
            arithmetic("div", "dividend", "divisor", "Divides; two integers give an integer, cut towards zero.", "@div(11, 5)", "2",
                Math::divideExact, (left, right) -> left / right),
            function(Category.MATH, "max", "Gives the greatest of the numbers, given one by one or in an array.")
                .takesMany("number", NUMBER_OR_ARRAY, 1).example("@max(1, 2, 3)", "3").gives(NUMBER, a -> extreme(a, 1)),
            function(Category.MATH, "min", "Gives the least of the numbers, given one by one or in an array.")
                .takesMany("number", NUMBER_OR_ARRAY, 1).example("@min(createArray(1, 2, 3))", "1").gives(NUMBER, a -> extreme(a, -1)),
            arithmetic("mod", "dividend", "divisor", "Gives the remainder of a division, with the dividend's sign.", "@mod(3, 2)", "1",
                (left, right) -> left % right, (left, right) -> left % right),
            arithmetic("mul", "multiplicand1", "multiplicand2", "Multiplies two numbers.", "@mul(1.5, 2)", "3.0", Math::multiplyExact,
                (left, right) -> left * right),
            function(Category.MATH, "rand", "Gives a random integer, from the first number up to the second, which is not among them.")
                .takes("minValue", INTEGER).takes("maxValue", INTEGER).example("@rand(1, 5)", null).gives(INTEGER, MathFunctions::rand),
            function(Category.MATH, "range",
                "Gives an array of integers that begins with the first number and has as many as the second says.")
                .takes("startIndex", INTEGER).takes("count", INTEGER).example("@range(1, 4)", "[1,2,3,4]")
                .gives(ARRAY, MathFunctions::range),
            arithmetic("sub", "minuend", "subtrahend", "Subtracts the second number from the first.", "@sub(10.3, 0.3)", "10.0",
                Math::subtractExact, (left, right) -> left - right));
    }

    private static PipelineFunction arithmetic(String name, String left, String right, String documentation, String example, String result,
                                               LongBinaryOperator integers, DoubleBinaryOperator decimals) {
        return function(Category.MATH, name, documentation)
            .takes(left, NUMBER).takes(right, NUMBER).example(example, result).gives(NUMBER, a -> compute(a, name, integers, decimals));
    }

    private static JsonNode compute(Arguments arguments, String name, LongBinaryOperator integers, DoubleBinaryOperator decimals) {
        JsonNode left = arguments.value(0);
        JsonNode right = arguments.value(1);
        if ((name.equals("div") || name.equals("mod")) && right.doubleValue() == 0) {
            throw arguments.failure(1, DIVISION_BY_ZERO, "cannot divide by zero");
        }
        if (left.isIntegralNumber() && right.isIntegralNumber()) {
            try {
                return Values.integer(integers.applyAsLong(arguments.integer(0), arguments.integer(1)));
            } catch (ArithmeticException beyond) {
                throw arguments.failure(0, OVERFLOW, "of %s and %s is beyond an integer of 64 bits", left, right);
            }
        }
        double result = decimals.applyAsDouble(left.doubleValue(), right.doubleValue());
        if (!Double.isFinite(result)) {
            throw arguments.failure(0, OVERFLOW, "of %s and %s is beyond a decimal number of 64 bits", left, right);
        }
        return Values.real(result);
    }

    private static JsonNode extreme(Arguments arguments, int direction) {
        List<JsonNode> numbers = new ArrayList<>();
        for (int i = 0; i < arguments.count(); i++) {
            if (arguments.value(i).isArray()) {
                addNumbers(arguments, i, numbers);
            } else {
                numbers.add(arguments.value(i));
            }
        }
        return numbers.stream()
            .reduce((best, next) -> Values.compareNumbers(next, best) * direction > 0 ? next : best)
            .orElseThrow(() -> arguments.failure(0, INVALID_VALUE, "needs at least one number, the array is empty"));
    }

    private static void addNumbers(Arguments arguments, int index, List<JsonNode> numbers) {
        for (JsonNode item : arguments.value(index)) {
            if (!item.isNumber()) {
                throw arguments.failure(index, WRONG_TYPE, "needs numbers in the array, not a value of type %s",
                    ValueType.of(item).title());
            }
            numbers.add(item);
        }
    }

    private static JsonNode rand(Arguments arguments) {
        long least = arguments.integer(0);
        long bound = arguments.integer(1);
        if (least >= bound) {
            throw arguments.failure(1, INVALID_VALUE, "needs a maximum greater than the minimum %s, not %s", least, bound);
        }
        return Values.integer(arguments.random().nextLong(least, bound));
    }

    private static JsonNode range(Arguments arguments) {
        long start = arguments.integer(0);
        int count = arguments.size(1);
        if (count > LONGEST_RANGE) {
            throw arguments.failure(1, INVALID_VALUE, "gives at most %s numbers, not %s", LONGEST_RANGE, count);
        }
        if (start > Integer.MAX_VALUE - (long) count || start < Integer.MIN_VALUE) {
            throw arguments.failure(0, OVERFLOW, "gives integers of 32 bits only, not %s of them from %s", count, start);
        }
        List<JsonNode> numbers = new ArrayList<>(count);
        for (long next = start; next < start + count; next++) {
            numbers.add(Values.integer(next));
        }
        return Values.array(numbers);
    }
}
