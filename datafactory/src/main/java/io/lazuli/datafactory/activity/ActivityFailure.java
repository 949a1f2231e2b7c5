package io.lazuli.datafactory.activity;

import tools.jackson.databind.node.ObjectNode;

/** An activity's failure as expressions see it: {@code activity('x').error.errorCode}, {@code .message}, {@code .failureType}. */
public final class ActivityFailure extends RuntimeException {
    private final String errorCode;
    private final boolean userError;
    private final ObjectNode output;

    /** A failure with Azure's number, such as {@code 2200}; {@code userError} tells {@code UserError} from {@code SystemError}. */
    public ActivityFailure(String errorCode, boolean userError, String message, ObjectNode output, Throwable cause) {
        super(message, cause);
        this.errorCode = errorCode;
        this.userError = userError;
        this.output = output;
    }

    public ActivityFailure(String errorCode, String message) {
        this(errorCode, true, message, null, null);
    }

    public ActivityFailure(String errorCode, String message, Throwable cause) {
        this(errorCode, true, message, null, cause);
    }

    public String errorCode() {
        return errorCode;
    }

    public String failureType() {
        return userError ? "UserError" : "SystemError";
    }

    /** What the activity gives as output although it failed, null for nothing. */
    public ObjectNode output() {
        return output;
    }
}
