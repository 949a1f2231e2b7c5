package io.lazuli.datafactory.copy.mapping;

/** Where a sink's column or member comes from. */
public record Mapping(Endpoint source, Endpoint sink) {
}
