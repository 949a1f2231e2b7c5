package io.lazuli.algebra;

import io.lazuli.foundation.ErrorCode;

/** What can be wrong with a plan, or go wrong when it runs. */
public enum AlgebraError implements ErrorCode {
    TYPE_MISMATCH(Category.USER),
    COLUMN_NOT_FOUND(Category.USER),
    DUPLICATE_COLUMN(Category.USER),
    TABLE_NOT_FOUND(Category.USER),
    TABLE_EXISTS(Category.USER),
    /** A value that its target type cannot hold: a failed strict cast, an overflow, a text that is too long. */
    CONVERSION_FAILED(Category.USER),
    DIVISION_BY_ZERO(Category.USER),
    CONSTRAINT_VIOLATED(Category.USER),
    /** A file whose content is not what its format says; the message has the file and, where known, the line. */
    MALFORMED_DATA(Category.USER),
    ENGINE_FAILED(Category.INTERNAL);

    private final Category category;

    AlgebraError(Category category) {
        this.category = category;
    }

    @Override
    public Category category() {
        return category;
    }
}
