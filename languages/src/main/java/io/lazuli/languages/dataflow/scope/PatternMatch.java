package io.lazuli.languages.dataflow.scope;

import io.lazuli.algebra.expression.Expression;

/**
 * The column that a pattern, {@code each(match(condition), ...)}, is looking at.
 *
 * @param position from 1
 * @param value what {@code $$} stands for: the column's value, or its name where a name is made
 * @param levelName what {@code $0} stands for: the name at the pattern's level
 * @param inCondition whether the expression is the condition, where {@code name}, {@code type}, {@code stream}, {@code position} and
 *     {@code origin} are the column's properties
 */
public record PatternMatch(InputColumn column, int position, Expression value, Expression levelName, boolean inCondition) {
}
