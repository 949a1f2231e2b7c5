package io.lazuli.engine.spark.worker;

import io.lazuli.operators.JavaOperator;
import io.lazuli.operators.JavaOperators;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.sql.api.java.UDF0;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.api.java.UDF3;
import org.apache.spark.sql.api.java.UDF4;
import org.apache.spark.sql.catalyst.util.SparkDateTimeUtils$;
import scala.jdk.javaapi.CollectionConverters;

/**
 * An operator in Java as a function of Spark's. What travels to the workers is the operator's name.
 *
 * @param encoded whether dates and arrays are to be of the classes that the functions of a server's clients give
 */
public record OperatorFunction(String name, boolean encoded) implements UDF0<Object>, UDF1<Object, Object>, UDF2<Object, Object, Object>,
        UDF3<Object, Object, Object, Object>, UDF4<Object, Object, Object, Object, Object> {
    private static final Map<String, JavaOperator> OPERATORS =
        JavaOperators.all().stream().collect(Collectors.toUnmodifiableMap(JavaOperator::name, Function.identity()));

    @Override
    public Object call() {
        return apply();
    }

    @Override
    public Object call(Object first) {
        return apply(first);
    }

    @Override
    public Object call(Object first, Object second) {
        return apply(first, second);
    }

    @Override
    public Object call(Object first, Object second, Object third) {
        return apply(first, second, third);
    }

    @Override
    public Object call(Object first, Object second, Object third, Object fourth) {
        return apply(first, second, third, fourth);
    }

    private Object apply(Object... arguments) {
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i] instanceof scala.collection.Seq<?> elements) {
                arguments[i] = list(elements);
            }
        }
        Object result = OPERATORS.get(name).apply(arguments);
        return encoded ? encoded(result) : result;
    }

    private static Object encoded(Object result) {
        if (result instanceof LocalDate date) {
            return SparkDateTimeUtils$.MODULE$.toJavaDate(Math.toIntExact(date.toEpochDay()));
        }
        return result instanceof List<?> list ? CollectionConverters.asScala(list).toSeq() : result;
    }

    private static List<Object> list(scala.collection.Seq<?> elements) {
        return new ArrayList<>(CollectionConverters.asJava(elements));
    }
}
