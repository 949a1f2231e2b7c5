package io.lazuli.algebra.source;

/** The rows of a table. */
public record TableSource(TableName table) implements Source {
}
