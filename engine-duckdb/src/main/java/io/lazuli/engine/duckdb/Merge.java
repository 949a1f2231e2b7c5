package io.lazuli.engine.duckdb;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.AlgebraError;
import io.lazuli.algebra.engine.Execution;
import io.lazuli.algebra.engine.MergeRows;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.engine.duckdb.file.FileSources;
import io.lazuli.engine.duckdb.render.PlanRenderer;
import io.lazuli.engine.duckdb.render.SqlNames;
import io.lazuli.foundation.CommonError;
import java.util.List;
import java.util.stream.Collectors;

/** Updates and inserts rows by their keys: the rows go to a temporary table, which tells of keys that occur twice. */
record Merge(DuckDbSession session, MergeRows merge) {
    private static final String ROWS = "temp.main.\"lazuli~merge\"";

    long run(Execution execution) {
        if (merge.keys().isEmpty()) {
            throw failure(CommonError.INVALID_ARGUMENT, "Rows cannot be merged into table '%s' without key columns", merge.table());
        }
        String table = session.tableText(merge.table());
        try (StatementSources sources = session.sources(FileSources.Way.EXACT)) {
            PlanRenderer renderer = new PlanRenderer(sources);
            String query = renderer.query(merge.rows());
            String names = merge.columns().stream().map(SqlNames::quote).collect(Collectors.joining(", ", "(", ")"));
            session.run("CREATE OR REPLACE TEMP TABLE \"lazuli~merge\" AS " + renderer.with()
                + "SELECT * FROM (" + query + ") AS r" + names, sources, execution);
        }
        requireDistinctKeys();
        long rows = Commands.statement(session, execution, (renderer, _) -> {
            String text = text(table, found(renderer));
            return renderer.with() + text;
        });
        session.run("DROP TABLE " + ROWS, null, Execution.UNWATCHED);
        return rows;
    }

    private void requireDistinctKeys() {
        String keys = quoted(merge.keys(), "");
        String shown = merge.keys().stream().map(key -> "coalesce(CAST(" + SqlNames.quote(key) + " AS VARCHAR), 'null')")
            .collect(Collectors.joining(" || ', ' || "));
        String twice = session.inspection().value("SELECT " + shown + " FROM " + ROWS + " GROUP BY " + keys
            + " HAVING count(*) > 1 LIMIT 1");
        if (twice != null) {
            throw failure(AlgebraError.CONSTRAINT_VIOLATED,
                "The rows to merge into table '%s' have the key (%s) = (%s) more than once", merge.table(), String.join(", ", merge.keys()),
                twice);
        }
    }

    /** Which rows of the table are found by their keys. */
    private String found(PlanRenderer renderer) {
        return merge.found() == Literal.TRUE ? ""
            : " AND " + renderer.expression(merge.found(), "t", Commands.schema(session.requireTable(merge.table())));
    }

    private String text(String table, String found) {
        List<String> others = merge.columns().stream().filter(column -> merge.keys().stream().noneMatch(column::equalsIgnoreCase)).toList();
        String matches = merge.keys().stream().map(SqlNames::quote).map(key -> "t." + key + " = s." + key)
            .collect(Collectors.joining(" AND "));
        String update = others.isEmpty() ? "" : others.stream().map(SqlNames::quote).map(column -> column + " = s." + column)
            .collect(Collectors.joining(", ", " WHEN MATCHED THEN UPDATE SET ", ""));
        return "MERGE INTO " + table + " AS t USING " + ROWS + " AS s ON " + matches + found + update
            + " WHEN NOT MATCHED THEN INSERT (" + quoted(merge.columns(), "") + ") VALUES (" + quoted(merge.columns(), "s.") + ")";
    }

    private static String quoted(List<String> names, String prefix) {
        return names.stream().map(name -> prefix + SqlNames.quote(name)).collect(Collectors.joining(", "));
    }
}
