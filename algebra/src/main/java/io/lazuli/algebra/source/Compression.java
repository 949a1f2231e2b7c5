package io.lazuli.algebra.source;

/** How a whole file is compressed. Archives ({@code ZIP}, {@code TAR}, {@code TAR_GZIP}) hold any number of files. */
public enum Compression { NONE, GZIP, DEFLATE, BZIP2, SNAPPY, LZ4, ZSTD, ZIP, TAR, TAR_GZIP }
