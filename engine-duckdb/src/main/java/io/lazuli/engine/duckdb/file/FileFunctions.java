package io.lazuli.engine.duckdb.file;

import io.lazuli.algebra.source.FileSource;
import io.lazuli.algebra.type.Field;
import io.lazuli.algebra.type.Schema;
import io.lazuli.engine.duckdb.render.SqlLiterals;
import io.lazuli.engine.duckdb.render.SqlNames;
import io.lazuli.engine.duckdb.render.SqlTypes;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What DuckDB's functions that read files have in common. */
final class FileFunctions {
    /** The name of the column in which a function gives each row's path; no file has a column of that name. */
    static final String PATH_OPTION = "filename = 'lazuli~path'";

    private FileFunctions() {
    }

    /** Paths as a list of patterns, each of which matches one file only. */
    static String list(List<Path> paths) {
        return paths.stream().map(path -> SqlLiterals.string(path.toString().replaceAll("[\\[*?]", "[$0]")))
            .collect(Collectors.joining(", ", "[", "]"));
    }

    /** A {@code SELECT} of columns from a function, each with its type; {@code value} gives what stands for a column of the files. */
    static String select(Schema columns, FileSource source, List<Path> paths, String function, Function<Field, String> value) {
        List<String> names = SqlNames.of(columns);
        String list = IntStream.range(0, names.size()).mapToObj(i -> {
            Field field = columns.fields().get(i);
            boolean path = source.pathColumn().isPresent() && source.pathColumn().get().equals(field.name());
            String text = path ? pathName(source, paths) : "CAST(" + value.apply(field) + " AS " + SqlTypes.of(field.type()) + ")";
            return text + " AS " + SqlNames.quote(names.get(i));
        }).collect(Collectors.joining(", "));
        return "SELECT " + (list.isEmpty() ? "1 AS \"~0\"" : list) + " FROM " + function + " AS f";
    }

    private static String pathName(FileSource source, List<Path> paths) {
        String from = paths.stream().map(path -> SqlLiterals.string(path.toString())).collect(Collectors.joining(", ", "[", "]"));
        String to = source.files().stream().map(file -> SqlLiterals.string(file.name())).collect(Collectors.joining(", ", "[", "]"));
        return "map_extract_value(MAP(" + from + ", " + to + "), f.\"lazuli~path\")";
    }
}
