package io.lazuli.datafactory.dataflow;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.engine.Engine;
import io.lazuli.algebra.engine.Session;
import io.lazuli.algebra.engine.WriteFile;
import io.lazuli.algebra.expression.Call;
import io.lazuli.algebra.expression.ColumnReference;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.operator.ComparisonOperators;
import io.lazuli.algebra.plan.Distinct;
import io.lazuli.algebra.plan.Filter;
import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.plan.Project;
import io.lazuli.algebra.plan.Sort;
import io.lazuli.algebra.plan.SortKey;
import io.lazuli.algebra.source.DelimitedFormat;
import io.lazuli.algebra.source.FileFormat;
import io.lazuli.algebra.source.JsonFormat;
import io.lazuli.algebra.source.RowCursor;
import io.lazuli.algebra.type.Field;
import io.lazuli.foundation.CommonError;
import io.lazuli.languages.dataflow.transform.Arguments;
import io.lazuli.storage.FileCommit;
import io.lazuli.storage.LakeNames;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.IntFunction;

/** Writes the rows of a sink into the files of a commit, each under a name of its own; a name that comes twice is an error. */
final class SinkFiles {
    private static final int MOST_EMPTY_LINES = 1_000_000;

    private final Arguments arguments;
    private final FileFormat format;
    private final SinkInput input;
    private final Session session;
    private final FileCommit commit;
    private final Set<String> targets = new HashSet<>();

    SinkFiles(Arguments arguments, FileFormat format, SinkInput input, Session session, FileCommit commit) {
        this.arguments = arguments;
        this.format = format;
        this.input = input;
        this.session = session;
        this.commit = commit;
    }

    /** A file for each combination of values, numbered from 1; it does not have their columns. */
    long byValue(List<String> columns, BiFunction<List<Object>, Integer, String> target) {
        try (Engine.Kept kept = input.engine().keep(input.written(), input.execution())) {
            return byValue(kept.plan(), columns, "values of " + columns, target);
        }
    }

    /** A file for each partition that has rows, and one when none has; they are numbered from 1. */
    long byPartition(SinkPartitions partitions, IntFunction<String> target) {
        if (partitions.count() == 1) {
            return one(input.written(), LakeNames.path(target.apply(1)));
        }
        try (Engine.Kept kept = input.engine().keep(partitions.marked(input), input.execution())) {
            return kept.count() == 0 ? one(Project.of(kept.plan(), input.columns()), LakeNames.path(target.apply(1)))
                : byValue(kept.plan(), List.of(SinkPartitions.PARTITION), "partitions",
                    (values, _) -> target.apply(((Number) values.getFirst()).intValue() + 1));
        }
    }

    private long byValue(Plan rows, List<String> columns, String what, BiFunction<List<Object>, Integer, String> target) {
        long written = 0;
        int number = 1;
        List<String> others = input.columns().stream().filter(name -> !columns.contains(name)).toList();
        for (List<Object> values : values(rows, columns)) {
            String path = LakeNames.path(target.apply(values, number++));
            if (!targets.add(path)) {
                throw failure(CommonError.INVALID_ARGUMENT, arguments.statement().at(), "Several %s mean the same file '%s' of sink '%s'",
                    what, path, arguments.statement().name());
            }
            written += one(Project.of(new Filter(rows, same(rows, columns, values)), others), path);
        }
        return written;
    }

    private long one(Plan rows, String target) {
        if (rows.schema().size() == 0) {
            throw failure(CommonError.INVALID_ARGUMENT, arguments.statement().at(), "Sink '%s' gets no columns",
                arguments.statement().name());
        }
        Plan written = switch (format) {
            case DelimitedFormat _ -> WrittenValues.delimited(rows);
            case JsonFormat _ -> WrittenValues.json(rows);
            default -> rows;
        };
        return session.execute(new WriteFile(written, format, commit.stage(target), head()), input.execution());
    }

    /** Empty lines, and lines that the script gives, before the names of the columns. */
    private List<String> head() {
        long empty = arguments.number("emptyLinesAsHeader").orElse(0L);
        if (empty < 0 || empty > MOST_EMPTY_LINES) {
            throw failure(CommonError.INVALID_ARGUMENT, arguments.statement().at(),
                "emptyLinesAsHeader of sink '%s' is %d; expected 0 to %d", arguments.statement().name(), empty, MOST_EMPTY_LINES);
        }
        List<String> lines = new ArrayList<>(Collections.nCopies((int) empty, ""));
        lines.addAll(arguments.texts("header"));
        if (!lines.isEmpty() && !(format instanceof DelimitedFormat)) {
            throw failure(CommonError.NOT_SUPPORTED, arguments.statement().at(),
                "header and emptyLinesAsHeader of sink '%s' are not supported: they are for delimited text", arguments.statement().name());
        }
        return lines;
    }

    private static Expression same(Plan plan, List<String> columns, List<Object> values) {
        Expression all = null;
        for (int i = 0; i < columns.size(); i++) {
            Field field = plan.schema().field(columns.get(i));
            Expression one = Call.of(ComparisonOperators.NOT_DISTINCT, ColumnReference.of(field), new Literal(values.get(i), field.type()));
            all = all == null ? one : Call.of(ComparisonOperators.AND, all, one);
        }
        return all;
    }

    private List<List<Object>> values(Plan rows, List<String> columns) {
        Plan distinct = new Distinct(Project.of(rows, columns));
        Sort sorted = new Sort(distinct, distinct.schema().fields().stream()
            .map(field -> new SortKey(ColumnReference.of(field), true, true)).toList());
        List<List<Object>> values = new ArrayList<>();
        try (RowCursor cursor = session.query(sorted, input.execution())) {
            while (cursor.next()) {
                List<Object> row = new ArrayList<>();
                for (int i = 0; i < columns.size(); i++) {
                    row.add(cursor.value(i));
                }
                values.add(row);
            }
        }
        return values;
    }
}
