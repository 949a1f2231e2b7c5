package io.lazuli.algebra.source;

/** How the bytes of a file are rows. Every option is stated; defaults belong to the languages and services that build a format. */
public sealed interface FileFormat permits DelimitedFormat, JsonFormat, ParquetFormat, AvroFormat, OrcFormat, ExcelFormat, XmlFormat {
}
