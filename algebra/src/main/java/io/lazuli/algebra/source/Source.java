package io.lazuli.algebra.source;

/** Where rows come from. */
public sealed interface Source permits TableSource, FileSource, RowSource {
}
