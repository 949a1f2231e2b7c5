package io.lazuli.languages.pipeline.function;

import io.lazuli.foundation.ErrorCode;

/** What can be wrong with a pipeline expression beside its syntax. */
public enum ExpressionError implements ErrorCode {
    UNKNOWN_FUNCTION,
    WRONG_ARGUMENT_COUNT,
    /** An argument, a condition or the target of a property access has a type that is not accepted there. */
    WRONG_TYPE,
    /** An argument has the right type and a value that cannot be used: text that is no date, a length out of range. */
    INVALID_VALUE,
    DIVISION_BY_ZERO,
    /** A number or a date beyond what the language can hold. */
    OVERFLOW,
    PROPERTY_NOT_FOUND,
    INDEX_OUT_OF_RANGE,
    PARAMETER_NOT_FOUND,
    VARIABLE_NOT_FOUND,
    /** The activity does not exist, or it has not run before this expression is evaluated. */
    ACTIVITY_NOT_FOUND,
    /** A function such as {@code item()} where nothing answers it. */
    NOT_AVAILABLE_HERE;

    @Override
    public Category category() {
        return Category.USER;
    }
}
