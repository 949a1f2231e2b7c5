package io.lazuli.cli.server;

import picocli.CommandLine.Command;

/** {@code lazuli logs}: what the services have noted down. */
@Command(name = "logs", description = "Shows what the services have noted down.", mixinStandardHelpOptions = true,
    subcommands = StorageLogs.class)
public final class LogsCommand {
}
