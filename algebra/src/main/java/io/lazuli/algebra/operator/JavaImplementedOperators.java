package io.lazuli.algebra.operator;

import io.lazuli.algebra.type.ArrayType;
import io.lazuli.algebra.type.DataType;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.operators.JavaOperator;
import io.lazuli.operators.JavaOperators;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The operators that have their meaning in Java ({@code io.lazuli.operators}): every engine runs them, by calling that code where it
 * has no form of its own.
 */
public final class JavaImplementedOperators {
    private static final Map<String, JavaOperator> IMPLEMENTATIONS =
        JavaOperators.all().stream().collect(Collectors.toUnmodifiableMap(JavaOperator::name, Function.identity()));
    private static final Map<String, Operator> BY_NAME =
        JavaOperators.all().stream().collect(Collectors.toUnmodifiableMap(JavaOperator::name, JavaImplementedOperators::operator));

    static final List<Operator> ALL = JavaOperators.all().stream().map(java -> BY_NAME.get(java.name())).toList();

    private JavaImplementedOperators() {
    }

    /** The operator of that name, which a language's table refers to; an unknown name is a defect. */
    public static Operator named(String name) {
        Operator operator = BY_NAME.get(name);
        if (operator == null) {
            throw new IllegalArgumentException("No operator '" + name + "' is implemented in Java");
        }
        return operator;
    }

    /** The Java code of an operator, null when it has none. */
    public static JavaOperator implementation(Operator operator) {
        return IMPLEMENTATIONS.get(operator.name());
    }

    /** What the operator of that name gives for values, as engines do that call its code. */
    public static Object evaluate(String name, Object... arguments) {
        return implementation(named(name)).apply(arguments);
    }

    private static Operator operator(JavaOperator java) {
        DataType[] parameters = java.parameters().stream().map(JavaImplementedOperators::type).toArray(DataType[]::new);
        return new Operator(java.name(), Operator.Kind.SCALAR, java.meaning(), TypeRules.exactly(type(java.result()), parameters));
    }

    public static DataType type(JavaOperator.Kind kind) {
        return switch (kind) {
            case BOOLEAN -> ScalarType.BOOLEAN;
            case INT32 -> ScalarType.INT32;
            case INT64 -> ScalarType.INT64;
            case FLOAT32 -> ScalarType.FLOAT32;
            case FLOAT64 -> ScalarType.FLOAT64;
            case STRING -> ScalarType.STRING;
            case DATE -> ScalarType.DATE;
            case TIMESTAMP -> ScalarType.TIMESTAMP;
            case BINARY -> ScalarType.BINARY;
            case STRINGS -> new ArrayType(ScalarType.STRING);
        };
    }
}
