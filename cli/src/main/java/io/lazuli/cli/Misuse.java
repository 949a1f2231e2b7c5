package io.lazuli.cli;

import io.lazuli.foundation.NearestName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Tells what is wrong with a command line, in the words that may be written there, and what is the nearest of them. */
final class Misuse implements IParameterExceptionHandler {
    private final IParameterExceptionHandler usual;

    /** {@code usual} prints the message and how the command is used. */
    Misuse(IParameterExceptionHandler usual) {
        this.usual = usual;
    }

    @Override
    public int handleParseException(ParameterException failure, String[] arguments) throws Exception {
        return usual.handleParseException(explained(failure), arguments);
    }

    private static ParameterException explained(ParameterException failure) {
        CommandLine command = failure.getCommandLine();
        if (failure instanceof UnmatchedArgumentException unmatched && unmatched.isUnknownOption()) {
            String name = unmatched.getUnmatched().getFirst().split("=", 2)[0];
            List<String> known = new ArrayList<>();
            command.getCommandSpec().options().forEach(option -> known.addAll(List.of(option.names())));
            return new ParameterException(command, "There is no option '" + name + "'" + NearestName.hint(name, known), failure);
        }
        ArgSpec argument = failure.getArgSpec();
        String given = failure.getValue();
        if (argument == null || !argument.auxiliaryTypes()[0].isEnum() || given == null) {
            return failure;
        }
        List<String> words = Arrays.stream(argument.auxiliaryTypes()[0].getEnumConstants())
            .map(constant -> constant.toString().toLowerCase(Locale.ROOT)).toList();
        String name = argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
        String hint = NearestName.hint(given, words);
        return new ParameterException(command, "'" + given + "' is no value of " + name
            + (hint.isEmpty() ? "; expected " + String.join(", ", words) : hint), failure, argument, given);
    }
}
