package io.lazuli.operators;

import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/**
 * A canonical operator in Java: a pure function of a row's values, for the engines that have no form of their own.
 *
 * @param name the canonical operator's name, lower case with underscores
 * @param meaning one sentence; a null argument makes the result null unless {@code seesNulls}
 * @param steady whether equal arguments always give equal results
 * @param seesNulls whether the body is called with null arguments
 */
public record JavaOperator(
    String name, String meaning, boolean steady, boolean seesNulls, Kind result, List<Kind> parameters, Body body) {
    public JavaOperator {
        parameters = List.copyOf(parameters);
    }

    /** The types that values travel as, each with its Java class. */
    public enum Kind {
        BOOLEAN(Boolean.class),
        INT32(Integer.class),
        INT64(Long.class),
        FLOAT32(Float.class),
        FLOAT64(Double.class),
        STRING(String.class),
        DATE(java.time.LocalDate.class),
        /** Without a zone. */
        TIMESTAMP(java.time.LocalDateTime.class),
        BINARY(byte[].class),
        /** An array of texts, some of which may be null. */
        STRINGS(List.class);

        private final Class<?> javaClass;

        Kind(Class<?> javaClass) {
            this.javaClass = javaClass;
        }

        public Class<?> javaClass() {
            return javaClass;
        }
    }

    /** What the operator does; values are of the kinds' classes; null is null. */
    @FunctionalInterface
    public interface Body {
        Object apply(Object[] arguments);
    }

    /** A body for a double, which is called without an object for it by those who ask. */
    @FunctionalInterface
    public interface FloatBody extends Body, DoubleUnaryOperator {
        @Override
        default Object apply(Object[] arguments) {
            return applyAsDouble((double) arguments[0]);
        }
    }

    /** A body for two doubles, which is called without objects for them by those who ask. */
    @FunctionalInterface
    public interface FloatsBody extends Body, DoubleBinaryOperator {
        @Override
        default Object apply(Object[] arguments) {
            return applyAsDouble((double) arguments[0], (double) arguments[1]);
        }
    }

    static JavaOperator of(String name, String meaning, Body body, Kind result, Kind... parameters) {
        return new JavaOperator(name, meaning, true, false, result, List.of(parameters), body);
    }

    static JavaOperator seeingNulls(String name, String meaning, Body body, Kind result, Kind... parameters) {
        return new JavaOperator(name, meaning, true, true, result, List.of(parameters), body);
    }

    /** The value for these arguments, of the result's class or null. */
    public Object apply(Object[] arguments) {
        if (!seesNulls) {
            for (Object argument : arguments) {
                if (argument == null) {
                    return null;
                }
            }
        }
        return body.apply(arguments);
    }
}
