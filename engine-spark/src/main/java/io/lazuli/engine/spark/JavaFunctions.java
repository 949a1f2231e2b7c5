package io.lazuli.engine.spark;

import io.lazuli.algebra.operator.JavaImplementedOperators;
import io.lazuli.operators.JavaOperator;
import io.lazuli.operators.JavaOperators;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.api.java.UDF3;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;

/** Registers the operators that are Java code. What travels to Spark's workers is an operator's name. */
final class JavaFunctions {
    private static final Map<String, JavaOperator> OPERATORS =
        JavaOperators.all().stream().collect(Collectors.toUnmodifiableMap(JavaOperator::name, Function.identity()));

    private JavaFunctions() {
    }

    static String name(String operator) {
        return "lazuli_" + operator;
    }

    static void register(SparkSession spark) {
        for (JavaOperator operator : JavaOperators.all()) {
            boolean arrays = operator.parameters().contains(JavaOperator.Kind.STRINGS) || operator.result() == JavaOperator.Kind.STRINGS;
            if (!arrays && !operator.parameters().isEmpty() && operator.parameters().size() <= 3) {
                UserDefinedFunction function = function(operator);
                spark.udf().register(name(operator.name()), operator.steady() ? function : function.asNondeterministic());
            }
        }
    }

    private static UserDefinedFunction function(JavaOperator operator) {
        String name = operator.name();
        DataType type = DataType.fromDDL(SparkTypes.of(JavaImplementedOperators.type(operator.result())));
        return switch (operator.parameters().size()) {
            case 1 -> functions.udf((UDF1<Object, Object>) a -> apply(name, a), type);
            case 2 -> functions.udf((UDF2<Object, Object, Object>) (a, b) -> apply(name, a, b), type);
            default -> functions.udf((UDF3<Object, Object, Object, Object>) (a, b, c) -> apply(name, a, b, c), type);
        };
    }

    private static Object apply(String name, Object... arguments) {
        return OPERATORS.get(name).apply(arguments);
    }
}
