package io.lazuli.datafactory.connector.delta;

import static io.lazuli.foundation.LazuliException.failure;

import io.delta.kernel.exceptions.InvalidTableException;
import io.delta.kernel.exceptions.KernelException;
import io.lazuli.algebra.AlgebraError;
import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.ErrorCode;
import io.lazuli.foundation.LazuliException;

/** Failures of Delta Kernel in this program's words. */
final class KernelFailures {
    private KernelFailures() {
    }

    /** A failure with the table's name; what this program itself has thrown below Delta Kernel stays what it is. */
    static RuntimeException of(String table, RuntimeException problem) {
        for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
            if (cause instanceof LazuliException own) {
                return own;
            }
        }
        String reason = String.valueOf(problem.getMessage()).lines().findFirst().orElse("");
        return failure(code(problem, reason), "Delta table '%s': %s", table, reason, problem);
    }

    private static ErrorCode code(RuntimeException problem, String reason) {
        if (reason.contains("nsupported")) {
            return CommonError.NOT_SUPPORTED;
        }
        return problem instanceof KernelException && !(problem instanceof InvalidTableException) ? CommonError.INVALID_ARGUMENT
            : AlgebraError.MALFORMED_DATA;
    }
}
