package io.lazuli.datafactory.copy;

import io.lazuli.algebra.plan.Plan;
import io.lazuli.datafactory.copy.mapping.SourceShape;

/**
 * A source's rows as a plan.
 *
 * @param ownColumns how many of the plan's columns are the source's; the others are additional columns
 */
record SourceRows(Plan plan, int ownColumns, SourceShape shape) {
}
