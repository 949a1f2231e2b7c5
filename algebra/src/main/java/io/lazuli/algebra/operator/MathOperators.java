package io.lazuli.algebra.operator;

import static io.lazuli.algebra.operator.Operator.Kind.SCALAR;
import static io.lazuli.algebra.type.ScalarType.FLOAT64;
import static io.lazuli.algebra.type.ScalarType.INT32;

import io.lazuli.algebra.operator.Operator.TypeRule;
import io.lazuli.algebra.type.DataType;
import io.lazuli.algebra.type.DecimalType;
import java.util.List;

/**
 * Arithmetic. Operands have one type, which is the result's; a result that it cannot hold fails with {@code CONVERSION_FAILED}, a
 * division by zero with {@code DIVISION_BY_ZERO}.
 */
public final class MathOperators {
    public static final Operator ADD = new Operator("add", SCALAR, "The sum.", TypeRules.sameNumber(2));
    public static final Operator SUBTRACT = new Operator("subtract", SCALAR, "The difference.", TypeRules.sameNumber(2));
    public static final Operator MULTIPLY = new Operator("multiply", SCALAR,
        "The product; of two decimals, which may differ in type, rounded half away from zero to the scale of the call's type.",
        arguments -> decimals(arguments) ? product(arguments) : TypeRules.sameNumber(2).resultOf(arguments));
    public static final Operator DIVIDE = new Operator("divide", SCALAR,
        "The quotient of floats, or of two decimals, which may differ in type: digits beyond the scale of the call's type are cut.",
        arguments -> decimals(arguments) ? quotient(arguments) : floats(2).resultOf(arguments));
    public static final Operator DIVIDE_INTEGERS = new Operator("divide_integers", SCALAR,
        "The quotient of integers without its fraction: cut, not rounded down.", integers(2));
    public static final Operator REMAINDER = new Operator("remainder", SCALAR,
        "What a division with its quotient cut leaves; it has the first operand's sign.", TypeRules.sameNumber(2));
    public static final Operator NEGATE = new Operator("negate", SCALAR, "The number with the other sign.", TypeRules.sameNumber(1));
    public static final Operator ABS = new Operator("abs", SCALAR, "The number without its sign.", TypeRules.sameNumber(1));
    public static final Operator SIGN = new Operator("sign", SCALAR, "-1, 0 or 1, of the number's type; no number for none.",
        TypeRules.sameNumber(1));
    public static final Operator FLOOR = new Operator("floor", SCALAR,
        "The greatest whole number that is not greater, of the number's type; 0 has no sign.", TypeRules.sameNumber(1));
    public static final Operator CEILING = new Operator("ceiling", SCALAR,
        "The least whole number that is not less, of the number's type; 0 has no sign.", TypeRules.sameNumber(1));
    public static final Operator ROUND = new Operator("round", SCALAR,
        "The number rounded half away from zero to so many digits after the point, before it when negative; of the number's type. 0 has "
            + "no sign.", withDigits());
    public static final Operator TRUNCATE = new Operator("truncate", SCALAR,
        "The number cut to so many digits after the point, before it when negative; of the number's type. 0 has no sign.", withDigits());
    public static final Operator POWER = new Operator("power", SCALAR, "The first number to the power of the second.", floats(2));
    public static final Operator SQRT =
        new Operator("sqrt", SCALAR, "The square root; no number for negative ones.", TypeRules.exactly(FLOAT64, FLOAT64));
    public static final Operator EXP = JavaImplementedOperators.named("exp");
    public static final Operator LN = JavaImplementedOperators.named("ln");
    public static final Operator LOG10 = JavaImplementedOperators.named("log10");
    public static final Operator SIN = JavaImplementedOperators.named("sin");
    public static final Operator COS = JavaImplementedOperators.named("cos");
    public static final Operator TAN = JavaImplementedOperators.named("tan");
    public static final Operator ASIN = JavaImplementedOperators.named("asin");
    public static final Operator ACOS = JavaImplementedOperators.named("acos");
    public static final Operator ATAN = JavaImplementedOperators.named("atan");
    public static final Operator BIT_AND = new Operator("bit_and", SCALAR, "The bits that both integers have.", integers(2));
    public static final Operator BIT_OR = new Operator("bit_or", SCALAR, "The bits that either integer has.", integers(2));
    public static final Operator BIT_XOR = new Operator("bit_xor", SCALAR, "The bits that one of the integers has.", integers(2));
    public static final Operator BIT_NOT = new Operator("bit_not", SCALAR, "The bits that the integer has not.", integers(1));
    public static final Operator RANDOM = new Operator("random", SCALAR, "A random number from 0 to below 1, another for each row.",
        arguments -> arguments.isEmpty() ? FLOAT64 : null);

    static final List<Operator> ALL = List.of(ADD, SUBTRACT, MULTIPLY, DIVIDE, DIVIDE_INTEGERS, REMAINDER, NEGATE, ABS, SIGN, FLOOR,
        CEILING, ROUND, TRUNCATE, POWER, SQRT, BIT_AND, BIT_OR, BIT_XOR, BIT_NOT, RANDOM);

    private MathOperators() {
    }

    private static TypeRule integers(int count) {
        return arguments -> arguments.size() == count && arguments.stream().allMatch(DataType::isInteger)
            ? TypeRules.sameNumber(count).resultOf(arguments) : null;
    }

    private static TypeRule floats(int count) {
        return arguments -> arguments.size() == count && arguments.stream().allMatch(DataType::isFloating)
            ? TypeRules.sameNumber(count).resultOf(arguments) : null;
    }

    private static TypeRule withDigits() {
        return arguments -> arguments.size() == 2 && arguments.get(0).isNumeric() && arguments.get(1) == INT32 ? arguments.get(0) : null;
    }

    private static boolean decimals(List<DataType> arguments) {
        return arguments.size() == 2 && arguments.stream().allMatch(DecimalType.class::isInstance);
    }

    private static DataType product(List<DataType> arguments) {
        DecimalType left = (DecimalType) arguments.get(0);
        DecimalType right = (DecimalType) arguments.get(1);
        int scale = Math.min(DecimalType.MAX_PRECISION, left.scale() + right.scale());
        return new DecimalType(Math.min(DecimalType.MAX_PRECISION, left.precision() + right.precision()), scale);
    }

    private static DataType quotient(List<DataType> arguments) {
        DecimalType left = (DecimalType) arguments.get(0);
        DecimalType right = (DecimalType) arguments.get(1);
        int whole = left.precision() - left.scale() + right.scale();
        int scale = Math.max(6, left.scale() + right.precision() + 1);
        int kept = whole + scale > DecimalType.MAX_PRECISION ? Math.max(Math.min(scale, 6), DecimalType.MAX_PRECISION - whole) : scale;
        return new DecimalType(Math.min(DecimalType.MAX_PRECISION, whole + scale), kept);
    }
}
