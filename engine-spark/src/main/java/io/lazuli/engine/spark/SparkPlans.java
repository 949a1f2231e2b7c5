package io.lazuli.engine.spark;

import io.lazuli.algebra.engine.AlterTable;
import io.lazuli.algebra.engine.Catalog;
import io.lazuli.algebra.engine.Command;
import io.lazuli.algebra.engine.CreateTable;
import io.lazuli.algebra.engine.DeleteRows;
import io.lazuli.algebra.engine.DropTable;
import io.lazuli.algebra.engine.Execution;
import io.lazuli.algebra.engine.InsertRows;
import io.lazuli.algebra.engine.MergeRows;
import io.lazuli.algebra.engine.Session;
import io.lazuli.algebra.engine.TruncateTable;
import io.lazuli.algebra.engine.UpdateRows;
import io.lazuli.algebra.engine.WriteFile;
import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.source.RowCursor;
import java.util.function.Function;

/** Queries run on Spark; commands run at home, those that add rows on rows that Spark makes. */
record SparkPlans(SparkInstance spark, Session home, SparkSettings settings) implements Session {
    @Override
    public Catalog catalog(String database) {
        return home.catalog(database);
    }

    @Override
    public RowCursor query(Plan plan, Execution execution) {
        return RunningQuery.of(plan, spark, home, settings, execution).cursor();
    }

    @Override
    public long execute(Command command, Execution execution) {
        return switch (command) {
            case InsertRows insert ->
                withRows(insert.rows(), execution, rows -> new InsertRows(insert.table(), insert.columns(), rows));
            case MergeRows merge ->
                withRows(merge.rows(), execution, rows ->
                    new MergeRows(merge.table(), merge.columns(), merge.keys(), rows, merge.found()));
            case WriteFile write ->
                withRows(write.rows(), execution, rows -> new WriteFile(rows, write.format(), write.file(), write.head()));
            case UpdateRows _, DeleteRows _, CreateTable _, AlterTable _, DropTable _, TruncateTable _ -> home.execute(command, execution);
        };
    }

    private long withRows(Plan plan, Execution execution, Function<Plan, Command> command) {
        try (RunningQuery query = RunningQuery.of(plan, spark, home, settings, execution);
            HandedRows handed = HandedRows.in(settings.temporaryDirectory())) {
            return home.execute(command.apply(handed.fromSpark(query.rows(), plan.schema())), execution);
        }
    }

    @Override
    public void begin() {
        home.begin();
    }

    @Override
    public void commit() {
        home.commit();
    }

    @Override
    public void rollback() {
        home.rollback();
    }

    @Override
    public void close() {
        home.close();
    }
}
