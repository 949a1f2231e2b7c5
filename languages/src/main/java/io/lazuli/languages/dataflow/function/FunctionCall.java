package io.lazuli.languages.dataflow.function;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.AlgebraError;
import io.lazuli.algebra.expression.Call;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.LambdaVariable;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.operator.JavaImplementedOperators;
import io.lazuli.algebra.operator.StringOperators;
import io.lazuli.algebra.type.ArrayType;
import io.lazuli.algebra.type.DataType;
import io.lazuli.algebra.type.MapType;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.LazuliException;
import io.lazuli.foundation.Place;
import io.lazuli.languages.dataflow.scope.ExpressionScope;
import io.lazuli.languages.dataflow.syntax.FlowExpression;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A call as its function sees it: arguments, counted from 0, are bound when they are asked for. */
public interface FunctionCall {
    /** The function's name, or the operator's sign. */
    String name();

    Place at();

    int count();

    FlowExpression syntax(int argument);

    ExpressionScope scope();

    /** The argument of whatever type. */
    Expression value(int argument);

    /** The argument with names ({@code item} for {@code #item}) for the element that a function of arrays or maps looks at. */
    Expression within(int argument, Map<String, Expression> variables);

    /** A variable of a lambda, distinct from those of lambdas around it. */
    LambdaVariable variable(String name, DataType type);

    /** Parses and binds another text in the same scope. */
    Expression text(String expression, int argument);

    default boolean has(int argument) {
        return argument < count();
    }

    /** The argument as a text. */
    default Expression string(int argument) {
        return Coercion.require(this, argument, ScalarType.STRING);
    }

    /** The argument as a text that the operator in Java understands: one that is written out and wrong fails here, at its place. */
    default Expression understood(int argument, String operator, Function<String, Object[]> trial) {
        Expression value = string(argument);
        if (value instanceof Literal(String text, DataType _)) {
            try {
                JavaImplementedOperators.evaluate(operator, trial.apply(text));
            } catch (IllegalArgumentException wrong) {
                throw failure(CommonError.INVALID_ARGUMENT, syntax(argument).at(), "%s",
                    wrong.getMessage().lines().findFirst().orElseThrow(), wrong);
            }
        }
        return value;
    }

    default Expression regularExpression(int argument) {
        return understood(argument, "java_regex_find", text -> new Object[] {"", text});
    }

    /** A pattern of dates and times. */
    default Expression timePattern(int argument) {
        return understood(argument, "parse_time_pattern", text -> new Object[] {"", text, ""});
    }

    /** A pattern of numbers, for the operator that takes a number, the pattern and a language, which is the next argument. */
    default Expression numberPattern(int argument, String operator) {
        Object language = has(argument + 1) && string(argument + 1) instanceof Literal(String tag, DataType _) ? tag : "";
        return understood(argument, operator, text -> new Object[] {"1", text, language});
    }

    default Expression zone(int argument) {
        return understood(argument, "utc_to_zone", text -> new Object[] {LocalDateTime.of(2000, 1, 1, 0, 0), text});
    }

    default Expression charset(int argument) {
        return understood(argument, "encode_text", text -> new Object[] {"", text});
    }

    default Expression bool(int argument) {
        return Coercion.require(this, argument, ScalarType.BOOLEAN);
    }

    /** Any integer type as int32; a long keeps its low bits. */
    default Expression int32(int argument) {
        return Coercion.integer(integral(argument), ScalarType.INT32);
    }

    default Expression int64(int argument) {
        return Coercion.integer(integral(argument), ScalarType.INT64);
    }

    /** Any number as int32, without its fraction; a larger one keeps its low bits. */
    default Expression whole(int argument) {
        return Conversions.convert(number(argument), ScalarType.INT32);
    }

    /** Any number as a double. */
    default Expression float64(int argument) {
        return Coercion.widen(number(argument), ScalarType.FLOAT64);
    }

    /** A number of its own type. */
    default Expression number(int argument) {
        Expression value = nullAs(argument, ScalarType.FLOAT64);
        if (!value.type().isNumeric()) {
            throw mismatch(argument, "a number");
        }
        return value;
    }

    /** An integer of its own type. */
    default Expression integral(int argument) {
        Expression value = nullAs(argument, ScalarType.INT32);
        if (!value.type().isInteger()) {
            throw mismatch(argument, "an integer");
        }
        return value;
    }

    /** A date or timestamp as a timestamp. */
    default Expression timestamp(int argument) {
        return Coercion.widen(temporal(argument), ScalarType.TIMESTAMP);
    }

    /** A date or timestamp of its own type. */
    default Expression temporal(int argument) {
        Expression value = nullAs(argument, ScalarType.TIMESTAMP);
        if (value.type() != ScalarType.DATE && value.type() != ScalarType.TIMESTAMP) {
            throw mismatch(argument, "a date or timestamp");
        }
        return value;
    }

    default Expression array(int argument) {
        Expression value = nullAs(argument, new ArrayType(ScalarType.STRING));
        if (!(value.type() instanceof ArrayType)) {
            throw mismatch(argument, "an array");
        }
        return value;
    }

    default Expression map(int argument) {
        Expression value = nullAs(argument, new MapType(ScalarType.STRING, ScalarType.STRING));
        if (!(value.type() instanceof MapType)) {
            throw mismatch(argument, "a map");
        }
        return value;
    }

    /** A bare null gets the type that the function would take. */
    private Expression nullAs(int argument, DataType type) {
        Expression value = value(argument);
        return value.type() == ScalarType.NULL ? Coercion.widen(value, type) : value;
    }

    /** A text that is known before the flow runs: written out, or a parameter's value. */
    default String constantString(int argument) {
        return constantText(value(argument), argument);
    }

    private String constantText(Expression value, int argument) {
        if (value instanceof Literal(String text, DataType _)) {
            return text;
        }
        if (value instanceof Call call && call.operator().equals(StringOperators.CONCAT)) {
            return call.arguments().stream().map(part -> constantText(part, argument)).collect(Collectors.joining());
        }
        throw failure(CommonError.INVALID_ARGUMENT, syntax(argument).at(),
            "%s takes a text written out or a parameter as its %s argument, not a computed one", name(), ordinal(argument));
    }

    /** An integer that is known before the flow runs. */
    default int constantInteger(int argument) {
        if (value(argument) instanceof Literal(Number number, DataType type) && type.isInteger()) {
            if (number.longValue() == number.intValue()) {
                return number.intValue();
            }
            throw failure(CommonError.INVALID_ARGUMENT, syntax(argument).at(),
                "%s takes an integer as its %s argument, and %s is too large", name(), ordinal(argument), number);
        }
        throw failure(CommonError.INVALID_ARGUMENT, syntax(argument).at(), "%s takes an integer written out as its %s argument", name(),
            ordinal(argument));
    }

    default boolean constantBoolean(int argument) {
        if (value(argument) instanceof Literal(Boolean truth, DataType _)) {
            return truth;
        }
        throw failure(CommonError.INVALID_ARGUMENT, syntax(argument).at(), "%s takes true() or false() as its %s argument", name(),
            ordinal(argument));
    }

    /** All arguments from one on, in their common type. */
    default List<Expression> alike(int from) {
        return Coercion.alike(this, IntStream.range(from, count()).toArray());
    }

    default LazuliException mismatch(int argument, String wanted) {
        return failure(AlgebraError.TYPE_MISMATCH, syntax(argument).at(), "%s takes %s as its %s argument, not %s", name(), wanted,
            ordinal(argument), FlowTypes.described(value(argument).type()));
    }

    private static String ordinal(int argument) {
        String[] names = {"first", "second", "third", "fourth", "fifth", "sixth"};
        return argument < names.length ? names[argument] : argument + 1 + "th";
    }
}
