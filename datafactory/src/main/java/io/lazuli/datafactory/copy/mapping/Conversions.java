package io.lazuli.datafactory.copy.mapping;

import static io.lazuli.datafactory.copy.mapping.Formulas.choose;
import static io.lazuli.datafactory.copy.mapping.Formulas.isNull;
import static io.lazuli.datafactory.copy.mapping.Formulas.nothing;
import static io.lazuli.datafactory.copy.mapping.Formulas.orNull;
import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.AlgebraError;
import io.lazuli.algebra.expression.Call;
import io.lazuli.algebra.expression.Cast;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.operator.ComparisonOperators;
import io.lazuli.algebra.operator.ConversionOperators;
import io.lazuli.algebra.operator.MathOperators;
import io.lazuli.algebra.type.DataType;
import io.lazuli.algebra.type.DecimalType;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.foundation.Place;

/** The matrix of conversions between Data Factory's interim types. */
final class Conversions {
    private final ConversionSettings settings;
    private final Place place;

    Conversions(ConversionSettings settings, Place place) {
        this.settings = settings;
        this.place = place;
    }

    /** The value in the type, or {@code NOT_SUPPORTED} when the matrix has no such conversion. */
    Conversion convert(Expression value, DataType type) {
        DataType from = value.type();
        if (from.equals(type)) {
            return Conversion.sure(value);
        }
        if (from == ScalarType.NULL) {
            return Conversion.sure(nothing(type));
        }
        if (type == ScalarType.STRING) {
            return Conversion.sure(new TextWriting(settings, place).of(value));
        }
        if (from == ScalarType.STRING) {
            return new TextReading(value, settings, place).as(type);
        }
        if (from == ScalarType.VARIANT) {
            return new TextReading(Call.of(ConversionOperators.VARIANT_TEXT, value), settings, place).as(type);
        }
        if (type == ScalarType.VARIANT) {
            return Conversion.sure(Cast.strict(value, type));
        }
        if (numeric(from) && numeric(type)) {
            return number(value, type);
        }
        if (from.isTemporal() && type.isTemporal() && (from == ScalarType.TIME) == (type == ScalarType.TIME)) {
            return date(value, type);
        }
        throw unsupported(from, type, place);
    }

    static RuntimeException unsupported(DataType from, DataType type, Place place) {
        return failure(AlgebraError.TYPE_MISMATCH, place, "A copy does not convert %s to %s", InterimType.of(from), InterimType.of(type));
    }

    private static boolean numeric(DataType type) {
        return type.isNumeric() || type == ScalarType.BOOLEAN;
    }

    private Conversion number(Expression value, DataType type) {
        if (type == ScalarType.BOOLEAN) {
            Expression zero = Cast.strict(Literal.int32(0), value.type());
            return Conversion.sure(Call.of(ComparisonOperators.NOT_EQUAL, value, zero));
        }
        if (value.type() == ScalarType.BOOLEAN) {
            Expression number = choose(value, Literal.int32(1), Literal.int32(0));
            return Conversion.sure(choose(isNull(value), nothing(type), Cast.strict(number, type)));
        }
        boolean cuts = type.isInteger() && !value.type().isInteger();
        Expression whole = cuts ? Call.of(MathOperators.TRUNCATE, value, Literal.int32(0)) : value;
        Expression converted = orNull(whole, type);
        if (cuts && !settings.allowDataTruncation()) {
            Expression exact = Call.of(ComparisonOperators.EQUAL, whole, value);
            return Conversion.checked(value, choose(exact, converted, nothing(type)), "Data truncation is not allowed.");
        }
        String article = type instanceof DecimalType ? "a " : "an ";
        return Conversion.checked(value, converted,
            "Value was either too large or too small for " + article + InterimType.of(type) + ".");
    }

    private Conversion date(Expression value, DataType type) {
        boolean cuts = value.type() == ScalarType.INSTANT && type != ScalarType.INSTANT;
        if (cuts && !settings.allowDataTruncation()) {
            throw failure(AlgebraError.TYPE_MISMATCH, place,
                "Converting %s to %s loses the offset, which 'allowDataTruncation': false forbids",
                InterimType.of(value.type()), InterimType.of(type));
        }
        return Conversion.sure(Cast.strict(value, type));
    }
}
