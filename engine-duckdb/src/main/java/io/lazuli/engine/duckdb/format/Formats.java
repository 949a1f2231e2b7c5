package io.lazuli.engine.duckdb.format;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.source.AvroFormat;
import io.lazuli.algebra.source.DelimitedFormat;
import io.lazuli.algebra.source.ExcelFormat;
import io.lazuli.algebra.source.FileFormat;
import io.lazuli.algebra.source.JsonFormat;
import io.lazuli.algebra.source.OrcFormat;
import io.lazuli.algebra.source.ParquetFormat;
import io.lazuli.algebra.source.XmlFormat;
import io.lazuli.foundation.CommonError;
import java.util.Optional;

/** Which formats Java code reads and writes. A format's libraries are loaded when the first file of it is used. */
public final class Formats {
    private Formats() {
    }

    /** The reader of a format, empty when DuckDB itself reads it. */
    public static Optional<FormatReader> reader(FileFormat format) {
        return switch (format) {
            case AvroFormat avro -> Optional.of(new AvroReader());
            case OrcFormat orc -> Optional.of(new OrcReader());
            case ExcelFormat excel -> Optional.of(new ExcelReader());
            case XmlFormat xml -> Optional.of(new XmlReader());
            case DelimitedFormat delimited -> Optional.empty();
            case JsonFormat json -> Optional.empty();
            case ParquetFormat parquet -> Optional.empty();
        };
    }

    /** The writer of a format, empty when DuckDB itself writes it; {@code NOT_SUPPORTED} for a format that is only read. */
    public static Optional<FormatWriter> writer(FileFormat format) {
        return switch (format) {
            case AvroFormat avro -> Optional.of(new AvroWriter());
            case OrcFormat orc -> Optional.of(new OrcWriter());
            case ExcelFormat excel -> throw readOnly("Excel");
            case XmlFormat xml -> throw readOnly("XML");
            case DelimitedFormat delimited -> Optional.empty();
            case JsonFormat json -> Optional.empty();
            case ParquetFormat parquet -> Optional.empty();
        };
    }

    private static RuntimeException readOnly(String format) {
        return failure(CommonError.NOT_SUPPORTED, "%s files can be read but not written, as in Azure", format);
    }
}
