package io.lazuli.datafactory.connector.file;

import io.lazuli.foundation.ErrorCode;

/** What can be wrong with the files of a dataset. Messages are Azure's where it has one. */
public enum FileError implements ErrorCode {
    /** A file or folder that a dataset or a list names and that is not there. */
    FILE_NOT_FOUND(Category.USER),
    /** A value of a dataset, a location or settings that is none of those allowed. */
    INVALID_SETTING(Category.USER),
    /** A copy whose bytes are not the source's. */
    INCONSISTENT(Category.EXTERNAL);

    private final Category category;

    FileError(Category category) {
        this.category = category;
    }

    @Override
    public Category category() {
        return category;
    }
}
