package io.lazuli.foundation;

/** Codes that every module uses. */
public enum CommonError implements ErrorCode {
    /** A construct that exists in Azure and that this program does not run; the message names it. */
    NOT_SUPPORTED(Category.USER),
    INVALID_ARGUMENT(Category.USER),
    /** Text that does not follow its grammar: JSON, YAML, an expression, a script. */
    SYNTAX_ERROR(Category.USER),
    NOT_FOUND(Category.USER),
    ALREADY_EXISTS(Category.USER),
    /** Another process holds the data directory or a file in it. */
    IN_USE(Category.USER),
    FORBIDDEN(Category.USER),
    CANCELLED(Category.USER),
    IO_ERROR(Category.EXTERNAL),
    DISK_FULL(Category.RESOURCES),
    OUT_OF_MEMORY(Category.RESOURCES),
    TIMEOUT(Category.RESOURCES),
    INTERNAL_ERROR(Category.INTERNAL);

    private final Category category;

    CommonError(Category category) {
        this.category = category;
    }

    @Override
    public Category category() {
        return category;
    }
}
