package io.lazuli.algebra.engine;

import io.lazuli.algebra.source.TableName;

/** Removes a table with its rows. */
public record DropTable(TableName table, boolean ifExists) implements Command {
}
