package io.lazuli.engine.duckdb.file;

import io.lazuli.algebra.source.FileSource;
import io.lazuli.algebra.source.SourceFile;
import io.lazuli.algebra.type.Schema;
import io.lazuli.engine.duckdb.render.SqlNames;
import java.nio.file.Path;
import java.util.List;

/** Parquet by DuckDB's reader; several files are one table by their columns' names. */
record ParquetScan(FileSource source) {
    Schema describe(FileSources.Inspection inspection) {
        return inspection.columns("SELECT * EXCLUDE (\"lazuli~path\") FROM " + function());
    }

    FileSources.ByDuckDb open(Schema columns) {
        List<Path> paths = paths();
        String select = FileFunctions.select(columns, source, paths, function(), field -> "f." + SqlNames.quote(field.name()));
        return new FileSources.ByDuckDb(select, new OpenedFiles(source.files(), paths, List.of(), false));
    }

    private List<Path> paths() {
        return source.files().stream().map(SourceFile::path).toList();
    }

    private String function() {
        return "read_parquet(" + FileFunctions.list(paths()) + ", union_by_name = true, hive_partitioning = false, "
            + FileFunctions.PATH_OPTION + ")";
    }
}
