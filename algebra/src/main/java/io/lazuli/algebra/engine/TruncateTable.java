package io.lazuli.algebra.engine;

import io.lazuli.algebra.source.TableName;

/** Removes all rows and starts identity columns anew. */
public record TruncateTable(TableName table) implements Command {
}
