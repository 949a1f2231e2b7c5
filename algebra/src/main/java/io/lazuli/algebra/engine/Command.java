package io.lazuli.algebra.engine;

/** A change: of a table's rows, of a database's tables, or of files. */
public sealed interface Command permits InsertRows, UpdateRows, DeleteRows, MergeRows, CreateTable, AlterTable, DropTable, TruncateTable,
    WriteFile {
}
