package io.lazuli.storage;

import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.ErrorCode;
import io.lazuli.foundation.LazuliException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Locale;

/** Tells what the file system said in this program's codes. */
public final class StorageFailures {
    private StorageFailures() {
    }

    /** A full disk is {@code DISK_FULL}, missing permission {@code FORBIDDEN}, a missing file {@code NOT_FOUND}, else {@code IO_ERROR}. */
    public static LazuliException of(String what, IOException failure) {
        return new LazuliException(code(failure), null, what + ": " + reason(failure), failure);
    }

    /** The same for a failure of a file system, also in an unchecked one; every other failure as it is. */
    public static Throwable coded(Throwable failure) {
        return switch (failure) {
            case UncheckedIOException wrapped -> coded(wrapped.getCause());
            case FileSystemException problem when problem.getFile() != null -> of("Cannot use " + problem.getFile(), problem);
            case IOException problem -> of("Cannot read or write", problem);
            default -> failure;
        };
    }

    private static ErrorCode code(IOException failure) {
        if (failure instanceof NoSuchFileException) {
            return CommonError.NOT_FOUND;
        }
        if (failure instanceof AccessDeniedException) {
            return CommonError.FORBIDDEN;
        }
        return isDiskFull(failure) ? CommonError.DISK_FULL : CommonError.IO_ERROR;
    }

    /** Java has no exception of its own for a full disk: the operating system's text tells. */
    private static boolean isDiskFull(IOException failure) {
        String message = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        return message.contains("no space left") || message.contains("quota exceeded") || message.contains("not enough space");
    }

    private static String reason(IOException failure) {
        if (failure instanceof NoSuchFileException) {
            return "there is no such file";
        }
        if (failure instanceof AccessDeniedException) {
            return "permission denied";
        }
        boolean explained = failure instanceof FileSystemException known && known.getReason() != null;
        return explained ? ((FileSystemException) failure).getReason() : String.valueOf(failure.getMessage());
    }
}
