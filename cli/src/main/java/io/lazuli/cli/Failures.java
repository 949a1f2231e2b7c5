package io.lazuli.cli;

import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.LazuliException;
import io.lazuli.storage.StorageFailures;
import java.io.PrintWriter;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Tells a command's failure to the user: code, place and sentence; a stack trace goes to the log only. */
final class Failures implements IExecutionExceptionHandler {
    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult arguments) {
        PrintWriter error = command.getErr();
        if (StorageFailures.coded(failure) instanceof LazuliException known) {
            String place = known.place().toString();
            error.println(known.code().name() + (place.isEmpty() ? "" : " at " + place) + ": " + known.getMessage());
            return known.code() == CommonError.CANCELLED ? 130 : 3;
        }
        LoggerFactory.getLogger(Failures.class).error("{} failed", command.getCommandName(), failure);
        error.println(CommonError.INTERNAL_ERROR + ": " + failure);
        return 3;
    }
}
