package io.lazuli.cli.sample;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code lazuli sample}: makes input data of any size for the examples. */
@Command(name = "sample", description = "Makes input data for the examples.", mixinStandardHelpOptions = true,
    subcommands = RetailCommand.class)
public final class SampleCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Name the sample to make: " + spec.subcommands().keySet());
    }
}
