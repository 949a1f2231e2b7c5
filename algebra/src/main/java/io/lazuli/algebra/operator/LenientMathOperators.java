package io.lazuli.algebra.operator;

import static io.lazuli.algebra.operator.Operator.Kind.SCALAR;
import static io.lazuli.algebra.type.ScalarType.BOOLEAN;
import static io.lazuli.algebra.type.ScalarType.FLOAT64;

import io.lazuli.algebra.operator.Operator.TypeRule;
import io.lazuli.algebra.type.DataType;
import java.util.List;

/** Arithmetic that never fails, as Spark does it: integers keep the low bits of a result, a division by zero gives null. */
public final class LenientMathOperators {
    public static final Operator ADD_WRAPPING =
        new Operator("add_wrapping", SCALAR, "The sum of two integers, of which the type's low bits are kept.", integers(2));
    public static final Operator SUBTRACT_WRAPPING =
        new Operator("subtract_wrapping", SCALAR, "The difference of two integers, of which the type's low bits are kept.", integers(2));
    public static final Operator MULTIPLY_WRAPPING =
        new Operator("multiply_wrapping", SCALAR, "The product of two integers, of which the type's low bits are kept.", integers(2));
    public static final Operator DIVIDE_OR_NULL = new Operator("divide_or_null", SCALAR,
        "The quotient: of integers without its fraction, of decimals as divide; null when the second number is zero.",
        arguments -> arguments.stream().allMatch(DataType::isInteger) ? TypeRules.sameNumber(2).resultOf(arguments)
            : MathOperators.DIVIDE.types().resultOf(arguments));
    public static final Operator REMAINDER_OR_NULL = new Operator("remainder_or_null", SCALAR,
        "What a division with its quotient cut leaves, with the first number's sign; null when the second is zero.",
        TypeRules.sameNumber(2));
    public static final Operator NARROW = new Operator("narrow", SCALAR,
        "The integer's low bits as an integer of the call's own type.", arguments -> null);
    public static final Operator LN_OR_NULL = floating("ln_or_null", "The natural logarithm; null for numbers that are not positive.");
    public static final Operator SQRT_OR_NAN = floating("sqrt_or_nan", "The square root; no number for negative ones.");
    public static final Operator ASIN_OR_NAN = floating("asin_or_nan", "The arc sine in radians; no number outside -1 to 1.");
    public static final Operator ACOS_OR_NAN = floating("acos_or_nan", "The arc cosine in radians; no number outside -1 to 1.");
    public static final Operator ATAN2 = JavaImplementedOperators.named("atan2");
    public static final Operator SINH = JavaImplementedOperators.named("sinh");
    public static final Operator COSH = JavaImplementedOperators.named("cosh");
    public static final Operator TANH = JavaImplementedOperators.named("tanh");
    public static final Operator DEGREES = floating("degrees", "Radians in degrees.");
    public static final Operator RADIANS = floating("radians", "Degrees in radians.");
    public static final Operator IS_NAN = new Operator("is_nan", SCALAR, "Whether the double is no number.",
        TypeRules.exactly(BOOLEAN, FLOAT64));
    public static final Operator GREATEST = new Operator("greatest", SCALAR,
        "The greatest value that is not null; null when all are. 0 has no sign.", TypeRules.ordered(TypeRules.sameAsArguments()));
    public static final Operator LEAST = new Operator("least", SCALAR,
        "The least value that is not null; null when all are. 0 has no sign.", TypeRules.ordered(TypeRules.sameAsArguments()));

    static final List<Operator> ALL = List.of(ADD_WRAPPING, SUBTRACT_WRAPPING, MULTIPLY_WRAPPING, DIVIDE_OR_NULL, REMAINDER_OR_NULL, NARROW,
        LN_OR_NULL, SQRT_OR_NAN, ASIN_OR_NAN, ACOS_OR_NAN, DEGREES, RADIANS, IS_NAN, GREATEST, LEAST);

    private LenientMathOperators() {
    }

    private static Operator floating(String name, String meaning) {
        return new Operator(name, SCALAR, meaning, TypeRules.exactly(FLOAT64, FLOAT64));
    }

    private static TypeRule integers(int count) {
        return arguments -> arguments.stream().allMatch(DataType::isInteger) ? TypeRules.sameNumber(count).resultOf(arguments) : null;
    }
}
