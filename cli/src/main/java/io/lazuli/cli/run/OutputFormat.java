package io.lazuli.cli.run;

/** How a command tells its result. */
enum OutputFormat { TEXT, JSON }
