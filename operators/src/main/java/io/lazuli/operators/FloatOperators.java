package io.lazuli.operators;

import static io.lazuli.operators.JavaOperator.Kind.FLOAT64;

import io.lazuli.operators.JavaOperator.FloatBody;
import io.lazuli.operators.JavaOperator.FloatsBody;
import java.util.List;

/**
 * Functions of floats whose last bits libraries of mathematics round in ways of their own: these are fdlibm's, as {@link StrictMath} has
 * them on every machine.
 */
final class FloatOperators {
    static final List<JavaOperator> ALL = List.of(
        of("exp", "e to the power of the number.", StrictMath::exp),
        of("ln", "The natural logarithm; minus infinity for 0, no number for negative ones.", StrictMath::log),
        of("log10", "The logarithm to base 10; minus infinity for 0, no number for negative ones.", StrictMath::log10),
        of("sin", "The sine of an angle in radians.", StrictMath::sin),
        of("cos", "The cosine of an angle in radians.", StrictMath::cos),
        of("tan", "The tangent of an angle in radians.", StrictMath::tan),
        of("asin", "The arc sine in radians; no number outside -1 to 1.", StrictMath::asin),
        of("acos", "The arc cosine in radians; no number outside -1 to 1.", StrictMath::acos),
        of("atan", "The arc tangent in radians.", StrictMath::atan),
        of("sinh", "The hyperbolic sine.", StrictMath::sinh),
        of("cosh", "The hyperbolic cosine.", StrictMath::cosh),
        of("tanh", "The hyperbolic tangent.", StrictMath::tanh),
        of("cbrt", "The cube root.", StrictMath::cbrt),
        of("atan2",
            "The angle in radians of the point whose height is the first and whose distance to the right is the second number; zeros have "
                + "no sign.",
            (height, distance) -> StrictMath.atan2(height + 0.0, distance + 0.0)),
        of("float64_power", "The first double to the power of the second.", StrictMath::pow));

    private FloatOperators() {
    }

    private static JavaOperator of(String name, String meaning, FloatBody body) {
        return JavaOperator.of(name, meaning, body, FLOAT64, FLOAT64);
    }

    private static JavaOperator of(String name, String meaning, FloatsBody body) {
        return JavaOperator.of(name, meaning, body, FLOAT64, FLOAT64, FLOAT64);
    }
}
