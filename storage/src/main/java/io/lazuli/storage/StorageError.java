package io.lazuli.storage;

import io.lazuli.foundation.ErrorCode;

/** What can be wrong with a name or a path of the lake. */
public enum StorageError implements ErrorCode {
    /** A name that Azure refuses, or that the file system of this machine cannot hold. */
    INVALID_NAME(Category.USER),
    /** A file where a folder is needed, or a folder where a file is. */
    PATH_CONFLICT(Category.USER);

    private final Category category;

    StorageError(Category category) {
        this.category = category;
    }

    @Override
    public Category category() {
        return category;
    }
}
