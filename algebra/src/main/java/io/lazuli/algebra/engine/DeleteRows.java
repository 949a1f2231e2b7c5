package io.lazuli.algebra.engine;

import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.source.TableName;

/** Removes the rows for which the condition is true. */
public record DeleteRows(TableName table, Expression condition) implements Command {
}
