package io.lazuli.languages.dataflow.function;

import static io.lazuli.foundation.LazuliException.failure;
import static io.lazuli.languages.dataflow.function.Operators.call;
import static io.lazuli.languages.dataflow.function.Operators.java;
import static io.lazuli.languages.dataflow.function.Operators.number;
import static io.lazuli.languages.dataflow.function.Operators.text;

import io.lazuli.algebra.AlgebraError;
import io.lazuli.algebra.expression.Call;
import io.lazuli.algebra.expression.Case;
import io.lazuli.algebra.expression.Cast;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.FieldAccess;
import io.lazuli.algebra.expression.Lambda;
import io.lazuli.algebra.expression.LambdaVariable;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.operator.ArrayOperators;
import io.lazuli.algebra.operator.ComparisonOperators;
import io.lazuli.algebra.operator.ConversionOperators;
import io.lazuli.algebra.operator.DateOperators;
import io.lazuli.algebra.operator.MapOperators;
import io.lazuli.algebra.operator.MathOperators;
import io.lazuli.algebra.operator.StringOperators;
import io.lazuli.algebra.type.ArrayType;
import io.lazuli.algebra.type.DataType;
import io.lazuli.algebra.type.DecimalType;
import io.lazuli.algebra.type.Field;
import io.lazuli.algebra.type.MapType;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.algebra.type.StructType;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;

/** Conversions that are asked for, by {@code toInteger} or {@code ? integer}: what does not fit becomes null, never an error. */
public final class Conversions {
    private static final long FIRST_MILLISECOND = -62_135_596_800_000L;
    private static final long LAST_MILLISECOND = 253_402_300_799_999L;
    private static final Literal EPOCH = new Literal(LocalDateTime.of(1970, 1, 1, 0, 0), ScalarType.TIMESTAMP);

    private Conversions() {
    }

    /** The value as that type; a conversion that has no meaning fails with {@code TYPE_MISMATCH}. */
    public static Expression convert(Expression value, DataType type) {
        DataType from = value.type();
        if (from.equals(type) || type == ScalarType.NULL) {
            return value;
        }
        if (from == ScalarType.NULL) {
            return Coercion.widen(value, type);
        }
        if (type == ScalarType.STRING) {
            return toText(value);
        }
        if (isForeign(from)) {
            return from == ScalarType.INSTANT ? convert(Cast.strict(value, ScalarType.TIMESTAMP), type)
                : convert(Cast.strict(value, ScalarType.STRING), type);
        }
        Expression converted = type instanceof ScalarType || type instanceof DecimalType ? scalar(value, type) : nested(value, type);
        if (converted == null) {
            throw failure(AlgebraError.TYPE_MISMATCH, "%s does not convert to %s", FlowTypes.described(from), FlowTypes.described(type));
        }
        return converted;
    }

    /** Types that sources bring and data flows do not have. */
    private static boolean isForeign(DataType type) {
        return type == ScalarType.INSTANT || type == ScalarType.UUID || type == ScalarType.TIME || type == ScalarType.VARIANT;
    }

    private static Expression scalar(Expression value, DataType type) {
        DataType from = value.type();
        if (from == ScalarType.STRING) {
            return fromText(value, type);
        }
        if (type.isNumeric() && from.isNumeric()) {
            return numeric(value, type);
        }
        if (type.isNumeric() && from == ScalarType.BOOLEAN) {
            return Cast.strict(value, type);
        }
        if (type == ScalarType.BOOLEAN && from.isNumeric()) {
            return call(ComparisonOperators.NOT_EQUAL, value, Coercion.widen(Literal.int32(0), from));
        }
        if (FlowTypes.isDateOrTimestamp(from)) {
            return fromTime(value, type);
        }
        if (FlowTypes.isDateOrTimestamp(type) && from.isNumeric()) {
            Expression time = call(DateOperators.DATE_ADD, text("millisecond"), inCalendar(numeric(value, ScalarType.INT64)), EPOCH);
            return Cast.strict(time, type);
        }
        return type == ScalarType.BINARY ? toBinary(value) : null;
    }

    /** Milliseconds of the years 1 to 9999; null for others. */
    private static Expression inCalendar(Expression millis) {
        Expression within = call(ComparisonOperators.AND,
            call(ComparisonOperators.GREATER_OR_EQUAL, millis, Literal.int64(FIRST_MILLISECOND)),
            call(ComparisonOperators.LESS_OR_EQUAL, millis, Literal.int64(LAST_MILLISECOND)));
        return new Case(List.of(new Case.Branch(within, millis)), new Literal(null, ScalarType.INT64));
    }

    private static Expression fromTime(Expression value, DataType type) {
        if (FlowTypes.isDateOrTimestamp(type)) {
            return Coercion.widen(value, type);
        }
        Expression millis =
            call(DateOperators.DATE_DIFFERENCE, text("millisecond"), EPOCH, Coercion.widen(value, ScalarType.TIMESTAMP));
        return type.isNumeric() ? numeric(millis, type) : type == ScalarType.BINARY ? toBinary(millis) : null;
    }

    private static Expression fromText(Expression value, DataType type) {
        return switch (type) {
            case DecimalType decimal -> Cast.orNull(java("text_to_decimal_text", value), decimal);
            case ScalarType.BOOLEAN -> java("text_to_boolean", value);
            case ScalarType.FLOAT64 -> java("text_to_float64", value);
            case ScalarType.FLOAT32 -> java("float64_to_float32", java("text_to_float64", value));
            case ScalarType.DATE -> java("standard_date", value);
            case ScalarType.TIMESTAMP -> java("standard_timestamp", value);
            case ScalarType.BINARY -> call(StringOperators.ENCODE_UTF8, value);
            default -> type.isInteger() ? Cast.orNull(java("text_to_int64", value), type) : null;
        };
    }

    private static Expression numeric(Expression value, DataType type) {
        if (type.isFloating()) {
            return type == ScalarType.FLOAT32 && value.type() != type
                ? java("float64_to_float32", Coercion.widen(value, ScalarType.FLOAT64)) : Coercion.widen(value, type);
        }
        if (type instanceof DecimalType) {
            return Cast.orNull(value.type().isFloating() ? java("float64_plain_text", Coercion.widen(value, ScalarType.FLOAT64)) : value,
                type);
        }
        if (value.type().isFloating()) {
            Expression number = Coercion.widen(value, ScalarType.FLOAT64);
            return type == ScalarType.INT64 ? java("float64_to_int64", number)
                : Coercion.integer(java("float64_to_int32", number), (ScalarType) type);
        }
        if (value.type() instanceof DecimalType) {
            Expression cut = call(MathOperators.TRUNCATE, value, number(0));
            return Coercion.integer(Cast.orNull(cut, ScalarType.INT64), (ScalarType) type);
        }
        return Coercion.integer(value, (ScalarType) type);
    }

    static Expression toBinary(Expression value) {
        if (value.type() instanceof ArrayType array && array.element().isInteger()) {
            LambdaVariable item = new LambdaVariable("byte", array.element());
            return java("bytes_of_numbers", call(ArrayOperators.ARRAY_TRANSFORM, value,
                new Lambda(List.of(item), Cast.strict(item, ScalarType.STRING))));
        }
        if (value.type().isFloating()) {
            return java(value.type() == ScalarType.FLOAT32 ? "float32_binary" : "float64_binary", value);
        }
        if (!value.type().isInteger()) {
            return null;
        }
        int size = value.type() == ScalarType.INT64 ? 8 : value.type() == ScalarType.INT32 ? 4 : value.type() == ScalarType.INT8 ? 1 : 2;
        return java("integer_bytes", Coercion.widen(value, ScalarType.INT64), number(size));
    }

    /** Numbers and times as Java and Spark write them, arrays, maps and structures as JSON. */
    public static Expression toText(Expression value) {
        return switch (value.type()) {
            case ScalarType.STRING -> value;
            case ScalarType.FLOAT64 -> java("float64_text", value);
            case ScalarType.FLOAT32 -> java("float32_text", value);
            case ScalarType.TIMESTAMP -> java("timestamp_text", value);
            default -> Coercion.widen(value, ScalarType.STRING);
        };
    }

    private static Expression nested(Expression value, DataType type) {
        if (type instanceof ArrayType to && value.type() instanceof ArrayType from) {
            LambdaVariable item = new LambdaVariable("converted", from.element());
            return call(ArrayOperators.ARRAY_TRANSFORM, value, new Lambda(List.of(item), convert(item, to.element())));
        }
        if (type instanceof StructType to && value.type() instanceof StructType from) {
            return structure(value, from, to);
        }
        if (type instanceof MapType to && value.type() instanceof MapType from && to.key().equals(from.key())) {
            return map(value, from, to);
        }
        return FlowTypes.common(value.type(), type) == null ? null : Coercion.widen(value, type);
    }

    private static Expression map(Expression value, MapType from, MapType to) {
        StructType type = new StructType(List.of(new Field("key", from.key()), new Field("value", from.value())));
        LambdaVariable entry = new LambdaVariable("entry", type);
        Expression converted = new Call(ConversionOperators.STRUCTURE,
            List.of(FieldAccess.of(entry, "key"), convert(FieldAccess.of(entry, "value"), to.value())),
            new StructType(List.of(new Field("key", to.key()), new Field("value", to.value()))));
        return call(MapOperators.MAP_FROM_ENTRIES, call(ArrayOperators.ARRAY_TRANSFORM, call(MapOperators.MAP_ENTRIES, value),
            new Lambda(List.of(entry), converted)));
    }

    /** The fields that the type names; those that the value has not are null, as all are for no value. */
    private static Expression structure(Expression value, StructType from, StructType to) {
        List<Expression> fields = new ArrayList<>();
        for (Field field : to.fields()) {
            boolean known = from.fields().stream().anyMatch(other -> other.name().equals(field.name()));
            fields.add(known ? convert(FieldAccess.of(value, field.name()), field.type()) : new Literal(null, field.type()));
        }
        return Operators.when(call(ComparisonOperators.IS_NULL, value), new Literal(null, to),
            new Call(ConversionOperators.STRUCTURE, fields, to));
    }
}
