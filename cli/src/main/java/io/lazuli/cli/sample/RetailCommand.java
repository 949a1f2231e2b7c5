package io.lazuli.cli.sample;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.foundation.CommonError;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lazuli sample retail}: customers, products, orders and clicks of a retailer, with the dirt that real files have. */
@Command(
    name = "retail",
    description = "Makes a retailer's landing files: customers, products, orders and clicks by day. The same options give the same files.",
    mixinStandardHelpOptions = true)
final class RetailCommand implements Callable<Integer> {
    @Option(names = "--orders", defaultValue = "2000", description = "How many orders, spread over the days (default: ${DEFAULT-VALUE}).")
    private int orders;

    @Option(names = "--days", defaultValue = "5", description = "How many days, one file each (default: ${DEFAULT-VALUE}).")
    private int days;

    @Option(names = "--from", defaultValue = "2024-03-01", description = "The first day (default: ${DEFAULT-VALUE}).")
    private LocalDate from;

    @Option(names = "--seed", defaultValue = "1", description = "Another seed gives other files (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--out", required = true, description = "The landing folder to fill; existing files are replaced.")
    private Path folder;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (orders < 1 || days < 1) {
            throw failure(CommonError.INVALID_ARGUMENT, "--orders and --days must be at least 1, not %d and %d", orders, days);
        }
        try {
            RetailSample sample = new RetailSample(orders, days, from, seed);
            sample.write(folder);
            spec.commandLine().getOut().printf("%,d orders of %,d customers for %,d products in %,d files under %s%n",
                orders, sample.customers(), RetailSample.PRODUCTS, 2 * days + 2, folder);
            return 0;
        } catch (IOException exception) {
            throw failure(CommonError.IO_ERROR, "Could not write under %s: %s", folder, exception.getMessage(), exception);
        }
    }
}
