package io.lazuli.engine.duckdb;

import io.lazuli.algebra.plan.Scan;
import io.lazuli.algebra.source.FileSource;
import io.lazuli.algebra.source.RowSource;
import io.lazuli.algebra.source.TableName;
import io.lazuli.algebra.source.TableSource;
import io.lazuli.algebra.type.Schema;
import io.lazuli.engine.duckdb.file.FileSources;
import io.lazuli.engine.duckdb.file.OpenedFiles;
import io.lazuli.engine.duckdb.render.SourceRenderer;
import io.lazuli.engine.duckdb.render.SqlNames;
import io.lazuli.engine.duckdb.rows.JavaRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What one statement reads; everything that is opened for it is closed with it. */
final class StatementSources implements SourceRenderer, AutoCloseable {
    private final Function<TableName, String> tables;
    private final FileSources files;
    private final FileSources.Way way;
    private final List<JavaRows.Opened> rows = new ArrayList<>();
    private final List<OpenedFiles> opened = new ArrayList<>();

    /**
     * Sources of a statement.
     *
     * @param tables gives a table's full quoted name
     */
    StatementSources(Function<TableName, String> tables, FileSources files, FileSources.Way way) {
        this.tables = tables;
        this.files = files;
        this.way = way;
    }

    @Override
    public String select(Scan scan) {
        return switch (scan.source()) {
            case TableSource table -> table(table.table(), scan.schema());
            case RowSource source -> rows(source, scan.schema());
            case FileSource source -> switch (files.open(source, scan.schema(), way)) {
                case FileSources.ByJava java -> rows(java.rows(), scan.schema());
                case FileSources.ByDuckDb sql -> {
                    opened.add(sql.files());
                    yield sql.select();
                }
            };
        };
    }

    private String table(TableName table, Schema columns) {
        List<String> names = SqlNames.of(columns);
        String list = IntStream.range(0, names.size())
            .mapToObj(i -> SqlNames.quote(columns.fields().get(i).name()) + " AS " + SqlNames.quote(names.get(i)))
            .collect(Collectors.joining(", "));
        return "SELECT " + (list.isEmpty() ? "1 AS \"~0\"" : list) + " FROM " + tables.apply(table);
    }

    private String rows(RowSource source, Schema columns) {
        JavaRows.Opened number = JavaRows.open(source);
        rows.add(number);
        return number.select(columns);
    }

    /** Whether a file was read in a way that takes fewer texts than Azure does, so that a failure calls for another. */
    boolean tookFastWay() {
        return opened.stream().anyMatch(OpenedFiles::fast);
    }

    /** The failure that Java code threw while DuckDB read its rows, which DuckDB knows the text of only. */
    Optional<RuntimeException> failure() {
        return rows.stream().map(JavaRows.Opened::failure).filter(Objects::nonNull).findFirst();
    }

    /** A message with the users' names of files for those that DuckDB read. */
    String named(String message) {
        String text = message;
        for (OpenedFiles file : opened) {
            text = file.named(text);
        }
        return text;
    }

    @Override
    public void close() {
        rows.forEach(JavaRows.Opened::close);
        opened.forEach(OpenedFiles::close);
    }
}
