package io.lazuli.algebra.source;

/** Avro container files; {@code codec} applies to writing: {@code none}, {@code deflate}, {@code snappy}, {@code bzip2}. */
public record AvroFormat(String codec, String recordName, String recordNamespace) implements FileFormat {
}
