package io.lazuli.languages.dataflow.transform;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.type.DataType;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.NearestName;
import io.lazuli.languages.dataflow.script.OptionKind;
import io.lazuli.languages.dataflow.syntax.FlowExpression;
import io.lazuli.languages.dataflow.syntax.FlowExpression.Constant;
import io.lazuli.languages.dataflow.syntax.FlowExpression.Option;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** Whether the values of a statement's options are of the kinds that these take, as far as that is known before anything runs. */
final class OptionValues {
    private OptionValues() {
    }

    /** Fails with the place of the first value that does not fit. */
    static void check(Arguments arguments) {
        for (FlowExpression argument : arguments.statement().arguments()) {
            if (argument instanceof Option option) {
                OptionKind.of(option.name()).ifPresent(kind -> check(kind, option, arguments.context()));
            }
        }
    }

    private static void check(OptionKind kind, Option option, FlowContext context) {
        boolean fits = option.value() instanceof Constant(Object value, var _) ? fits(kind, value)
            : fits(kind, Scope.withoutColumns(context).bind(option.value()).type());
        if (!fits) {
            throw failure(CommonError.INVALID_ARGUMENT, option.value().at(), "Option '%s' is %s, not %s", option.name(), switch (kind) {
                case FLAG -> "true or false";
                case WHOLE_NUMBER -> "a whole number";
                case NUMBER -> "a number";
                case TEXT -> "a text";
            }, option.value());
        }
        List<String> choices = OptionKind.choices(option.name());
        if (!choices.isEmpty() && option.value() instanceof Constant(String word, var _) && !choices.contains(word)) {
            throw failure(CommonError.INVALID_ARGUMENT, option.value().at(), "Option '%s' is one of %s, not '%s'%s", option.name(), choices,
                word, NearestName.hint(word, choices));
        }
    }

    private static boolean fits(OptionKind kind, Object value) {
        return value == null || switch (kind) {
            case FLAG -> value instanceof Boolean || value.equals("true") || value.equals("false");
            case WHOLE_NUMBER -> number(value).filter(number -> number.stripTrailingZeros().scale() <= 0).isPresent();
            case NUMBER -> number(value).isPresent();
            case TEXT -> value instanceof String;
        };
    }

    /** The number that a value is, or that its text says. */
    static Optional<BigDecimal> number(Object value) {
        try {
            return value instanceof Number || value instanceof String ? Optional.of(new BigDecimal(value.toString().strip()))
                : Optional.empty();
        } catch (NumberFormatException none) {
            return Optional.empty();
        }
    }

    /** A text may say what a flag or number is, and numbers and dates may stand where texts are put together. */
    private static boolean fits(OptionKind kind, DataType type) {
        return type == ScalarType.NULL || switch (kind) {
            case FLAG -> type == ScalarType.BOOLEAN || isAnyText(type);
            case WHOLE_NUMBER, NUMBER -> type.isNumeric() || isAnyText(type);
            case TEXT -> type instanceof ScalarType && type != ScalarType.BOOLEAN;
        };
    }

    private static boolean isAnyText(DataType type) {
        return type == ScalarType.STRING || type == ScalarType.VARIANT;
    }
}
