package io.lazuli.languages.dataflow.function;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.AlgebraError;
import io.lazuli.algebra.expression.Call;
import io.lazuli.algebra.expression.Cast;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.operator.LenientMathOperators;
import io.lazuli.algebra.type.ArrayType;
import io.lazuli.algebra.type.DataType;
import io.lazuli.algebra.type.DecimalType;
import io.lazuli.algebra.type.MapType;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.algebra.type.StructType;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Conversions that happen without being asked for: to wider types only. */
public final class Coercion {
    private Coercion() {
    }

    /** The value in a type that holds all values of its own. */
    public static Expression widen(Expression value, DataType type) {
        if (value.type().equals(type)) {
            return value;
        }
        if (value instanceof Literal literal) {
            Object constant = constant(literal.value(), type);
            if (constant != null || literal.value() == null) {
                return new Literal(constant, type);
            }
        }
        return holds(type, value.type()) ? Cast.strict(value, type) : Cast.orNull(value, type);
    }

    /** Whether all values of one type are values of another: not those with too many digits, times far away, bytes that are no text. */
    private static boolean holds(DataType type, DataType values) {
        return switch (type) {
            case DecimalType decimal -> values == ScalarType.BOOLEAN || values == ScalarType.NULL || values.isNumeric()
                && FlowTypes.decimal(values).precision() - FlowTypes.decimal(values).scale() <= decimal.precision() - decimal.scale();
            case ScalarType scalar -> (scalar != ScalarType.TIMESTAMP || values != ScalarType.DATE)
                && (scalar != ScalarType.STRING || values != ScalarType.BINARY);
            case ArrayType array -> values instanceof ArrayType other && holds(array.element(), other.element());
            case MapType map -> values instanceof MapType other && holds(map.key(), other.key()) && holds(map.value(), other.value());
            case StructType struct -> values instanceof StructType other && IntStream.range(0, struct.fields().size())
                .allMatch(i -> holds(struct.fields().get(i).type(), other.fields().get(i).type()));
        };
    }

    private static Object constant(Object value, DataType type) {
        if (!(value instanceof Number number)) {
            return null;
        }
        boolean whole = !(number instanceof Float || number instanceof Double || number instanceof BigDecimal);
        return switch (type) {
            case ScalarType.FLOAT64 -> number.doubleValue();
            case ScalarType.FLOAT32 -> whole ? number.floatValue() : null;
            case ScalarType.INT64 -> whole ? number.longValue() : null;
            case ScalarType.INT32 -> whole && number.longValue() == number.intValue() ? number.intValue() : null;
            case DecimalType decimal when whole -> {
                BigDecimal exact = BigDecimal.valueOf(number.longValue()).setScale(decimal.scale());
                yield exact.precision() <= decimal.precision() ? exact : null;
            }
            default -> null;
        };
    }

    /** An integer as one of another type: its low bits where that is narrower. */
    static Expression integer(Expression value, ScalarType type) {
        DataType common = FlowTypes.common(value.type(), type);
        if (type.equals(common)) {
            return widen(value, type);
        }
        return value instanceof Literal literal && constant(literal.value(), type) != null ? widen(value, type)
            : new Call(LenientMathOperators.NARROW, List.of(value), type);
    }

    /** The argument in that type, if it widens to it. */
    static Expression require(FunctionCall call, int argument, DataType type) {
        Expression value = call.value(argument);
        if (!type.equals(FlowTypes.common(value.type(), type))) {
            throw call.mismatch(argument, FlowTypes.described(type));
        }
        return widen(value, type);
    }

    /** These arguments in their common type. */
    static List<Expression> alike(FunctionCall call, int... arguments) {
        DataType common = ScalarType.NULL;
        for (int argument : arguments) {
            DataType next = FlowTypes.common(common, call.value(argument).type());
            if (next == null) {
                throw failure(AlgebraError.TYPE_MISMATCH, call.syntax(argument).at(),
                    "The values of %s have one type; this one is %s, those before it %s", call.name(),
                    FlowTypes.described(call.value(argument).type()), FlowTypes.described(common));
            }
            common = next;
        }
        DataType type = common;
        return Arrays.stream(arguments).mapToObj(argument -> widen(call.value(argument), type)).toList();
    }
}
