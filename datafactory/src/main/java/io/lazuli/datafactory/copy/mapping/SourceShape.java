package io.lazuli.datafactory.copy.mapping;

/** What a source's rows look like to a mapping. */
public enum SourceShape {
    /** Columns with names: tables, queries, text with a header, Parquet, Avro, ORC, Excel. */
    NAMED_COLUMNS,
    /** Columns that only their order tells apart: text without a header. */
    NUMBERED_COLUMNS,
    /** Nested values: JSON, XML, REST. */
    DOCUMENTS
}
