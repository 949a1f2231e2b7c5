package io.lazuli.datafactory.copy.mapping;

import static io.lazuli.datafactory.copy.mapping.Formulas.join;
import static io.lazuli.datafactory.copy.mapping.Formulas.text;

import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.type.DataType;
import io.lazuli.algebra.type.DecimalType;
import io.lazuli.datafactory.copy.failure.CopyFailure;

/** The wording of a value that could not be converted, as an expression over the row. */
final class FailureMessages {
    private FailureMessages() {
    }

    static Expression of(String column, Expression value, DataType target, Conversion conversion, ConversionSettings settings) {
        return settings.enabled() ? today(column, value, target, conversion) : older(column, value, target, settings);
    }

    private static Expression today(String column, Expression value, DataType target, Conversion conversion) {
        return join(text("ErrorCode=TypeConversionFailure,Exception occurred when converting value "), MappedColumn.quoted(value),
            text(" for column name '" + column + "' from type '" + InterimType.of(value.type()) + "' (precision:, scale:) to type '"
                + InterimType.of(target) + "' " + precision(target) + ". Additional info: "), conversion.reason());
    }

    private static Expression older(String column, Expression value, DataType target, ConversionSettings settings) {
        String format = settings.dateTimeFormat() != null && target.isTemporal() ? " with format '" + settings.dateTimeFormat() + "'" : "";
        String message = CopyFailure.text("UserErrorInvalidDataValue", "\0");
        int middle = message.indexOf('\0');
        return join(text(message.substring(0, middle) + "Column '" + column + "' contains an invalid value "), MappedColumn.quoted(value),
            text(". Cannot convert "), MappedColumn.quoted(value),
            text(" to type '" + InterimType.of(target) + "'" + format + "." + message.substring(middle + 1)));
    }

    private static String precision(DataType type) {
        if (type instanceof DecimalType decimal) {
            return "(precision:" + decimal.precision() + ", scale:" + decimal.scale() + ")";
        }
        String precision = switch (InterimType.of(type)) {
            case BYTE, SBYTE -> "3";
            case INT16 -> "5";
            case INT32 -> "10";
            case INT64 -> "19";
            case SINGLE -> "7";
            case DOUBLE -> "15";
            default -> "255";
        };
        return "(precision:" + precision + ", scale:255)";
    }
}
