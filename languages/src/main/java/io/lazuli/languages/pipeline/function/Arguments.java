package io.lazuli.languages.pipeline.function;

import io.lazuli.foundation.ErrorCode;
import io.lazuli.foundation.LazuliException;
import java.time.Instant;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;

/**
 * The arguments of one call, each evaluated when it is asked for, so that {@code if} evaluates one branch only.
 *
 * <p>The typed accessors fail with {@link ExpressionError#WRONG_TYPE} at the argument's position.
 */
public interface Arguments {
    int count();

    /** The value of an argument, counted from 0, that the parameter's kind accepts. */
    JsonNode value(int index);

    /** A failure at the position of an argument. */
    LazuliException failure(int index, ErrorCode code, String format, Object... details);

    /** The moment that {@code utcNow()} gives. */
    Instant now();

    RandomGenerator random();

    default boolean has(int index) {
        return index < count();
    }

    default String string(int index) {
        return value(index).stringValue();
    }

    /** The text of a string or of a content object. */
    default String text(int index) {
        JsonNode value = value(index);
        if (value.isString()) {
            return value.stringValue();
        }
        return Content.of(value).map(Content::text).orElseThrow(() -> failure(index, ExpressionError.WRONG_TYPE,
            "needs a string or binary content here, not an object without '$content'"));
    }

    default boolean bool(int index) {
        return value(index).booleanValue();
    }

    default long integer(int index) {
        JsonNode value = value(index);
        if (!value.canConvertToLong()) {
            throw failure(index, ExpressionError.OVERFLOW, "needs an integer of at most 64 bits, not %s", value);
        }
        return value.longValue();
    }

    /** An integer that is used as a count or an index. */
    default int size(int index) {
        long value = integer(index);
        if (value < 0 || value > Integer.MAX_VALUE) {
            throw failure(index, ExpressionError.INVALID_VALUE, "needs an integer from 0 to %s here, not %s", Integer.MAX_VALUE, value);
        }
        return (int) value;
    }
}
