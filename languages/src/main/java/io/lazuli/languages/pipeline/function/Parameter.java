package io.lazuli.languages.pipeline.function;

/** One parameter of a function. */
public record Parameter(String name, Kind kind) {
}
