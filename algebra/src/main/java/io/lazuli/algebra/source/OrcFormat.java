package io.lazuli.algebra.source;

/** Apache ORC; {@code codec} applies to writing: {@code none}, {@code zlib}, {@code snappy}, {@code lzo}. */
public record OrcFormat(String codec) implements FileFormat {
}
