package io.lazuli.engine.duckdb.render;

import io.lazuli.algebra.plan.Scan;

/** Turns scans into SQL; what it opens for them lives as long as the statement. */
@FunctionalInterface
public interface SourceRenderer {
    /** A complete {@code SELECT} whose columns are those of the scan's schema under {@link SqlNames#of(io.lazuli.algebra.type.Schema)}. */
    String select(Scan scan);
}
