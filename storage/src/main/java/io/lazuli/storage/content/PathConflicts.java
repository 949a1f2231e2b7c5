package io.lazuli.storage.content;

import io.lazuli.foundation.LazuliException;
import io.lazuli.storage.StorageError;
import io.lazuli.storage.http.ServiceFailure;
import java.util.function.Supplier;

/** A file where a folder should be, or a folder where a file should be, told as clients expect it. */
public final class PathConflicts {
    private PathConflicts() {
    }

    static <T> T told(Supplier<T> action) {
        try {
            return action.get();
        } catch (LazuliException failure) {
            if (failure.code() == StorageError.PATH_CONFLICT) {
                throw failure();
            }
            throw failure;
        }
    }

    public static ServiceFailure failure() {
        return new ServiceFailure(409, "PathConflict",
            "The specified path, or an element of the path, exists and its resource type is invalid for this operation.");
    }
}
