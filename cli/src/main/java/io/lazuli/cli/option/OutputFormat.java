package io.lazuli.cli.option;

/** How a command tells its result. */
public enum OutputFormat { TEXT, JSON }
