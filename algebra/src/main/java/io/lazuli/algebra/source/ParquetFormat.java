package io.lazuli.algebra.source;

/** Apache Parquet; {@code codec} applies to writing: {@code none}, {@code snappy}, {@code gzip}, {@code lz4}, {@code zstd}. */
public record ParquetFormat(String codec) implements FileFormat {
}
