package io.lazuli.foundation;

/** A failure that a user can read: a code, a place and a sentence that says what was expected. */
public final class LazuliException extends RuntimeException {
    private final ErrorCode code;
    private final Place place;

    public LazuliException(ErrorCode code, Place place, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
        this.place = place == null ? Place.UNKNOWN : place;
    }

    /** A failure without a place; {@code arguments} fill {@code format} as {@link String#format} does. */
    public static LazuliException failure(ErrorCode code, String format, Object... arguments) {
        return failure(code, Place.UNKNOWN, format, arguments);
    }

    /** A failure at a place; a {@link Throwable} as last argument becomes the cause. */
    public static LazuliException failure(ErrorCode code, Place place, String format, Object... arguments) {
        Throwable cause = arguments.length > 0 && arguments[arguments.length - 1] instanceof Throwable last ? last : null;
        return new LazuliException(code, place, arguments.length == 0 ? format : String.format(format, arguments), cause);
    }

    public ErrorCode code() {
        return code;
    }

    public Place place() {
        return place;
    }

    /** The same failure at another place, for a caller that knows where the failing text stands. */
    public LazuliException at(Place place) {
        LazuliException moved = new LazuliException(code, place, getMessage(), getCause());
        moved.setStackTrace(getStackTrace());
        return moved;
    }
}
