package io.lazuli.datafactory;

import io.lazuli.foundation.ErrorCode;

/** What can be wrong with a workspace, or go wrong in a run. Codes that Azure gives to activities are in {@code ActivityFailure}. */
public enum DataFactoryError implements ErrorCode {
    /** A file of the workspace that is not the JSON that its folder asks for. */
    MALFORMED_ARTIFACT(Category.USER),
    /** A name that no artifact of the workspace has. */
    BROKEN_REFERENCE(Category.USER),
    DUPLICATE_NAME(Category.USER),
    UNKNOWN_ACTIVITY_TYPE(Category.USER),
    UNKNOWN_PROPERTY(Category.USER),
    MISSING_PROPERTY(Category.USER),
    WRONG_TYPE(Category.USER),
    MISSING_PARAMETER(Category.USER),
    UNKNOWN_PARAMETER(Category.USER),
    DEPENDENCY_CYCLE(Category.USER),
    /** Control activities within others, as Azure refuses them. */
    INVALID_NESTING(Category.USER),
    LIMIT_EXCEEDED(Category.USER),
    UNUSED_ARTIFACT(Category.USER),
    INVALID_CONFIGURATION(Category.USER),
    SECRET_NOT_FOUND(Category.USER),
    RUN_NOT_FOUND(Category.USER),
    /** A data flow wrote what it could, and a table refused some rows. */
    ERROR_ROWS_FOUND(Category.USER);

    private final Category category;

    DataFactoryError(Category category) {
        this.category = category;
    }

    @Override
    public Category category() {
        return category;
    }
}
