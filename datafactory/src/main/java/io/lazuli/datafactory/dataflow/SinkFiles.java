package io.lazuli.datafactory.dataflow;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.engine.Session;
import io.lazuli.algebra.engine.WriteFile;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.plan.Filter;
import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.plan.Project;
import io.lazuli.algebra.source.DelimitedFormat;
import io.lazuli.algebra.source.FileFormat;
import io.lazuli.algebra.source.JsonFormat;
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
        return byValue(input.written(), columns, "values of " + columns, target);
    }

    /** A file for each partition that has rows, and one when none has; they are numbered from 1. */
    long byPartition(SinkPartitions partitions, IntFunction<String> target) {
        if (partitions.count() == 1) {
            return one(input.written(), LakeNames.path(target.apply(1)));
        }
        Plan marked = partitions.marked(input);
        long rows = byValue(marked, List.of(SinkPartitions.PARTITION), "partitions",
            (values, _) -> target.apply(((Number) values.getFirst()).intValue() + 1));
        return rows > 0 ? rows : one(new Filter(input.written(), Literal.FALSE), LakeNames.path(target.apply(1)));
    }

    private long byValue(Plan rows, List<String> columns, String what, BiFunction<List<Object>, Integer, String> target) {
        long written = 0;
        List<String> others = input.columns().stream().filter(name -> !columns.contains(name)).toList();
        try (GroupedRows groups = GroupedRows.of(rows, columns, input, session)) {
            for (GroupedRows.Group group : groups.groups()) {
                String path = LakeNames.path(target.apply(group.values(), group.number()));
                if (!targets.add(path)) {
                    throw failure(CommonError.INVALID_ARGUMENT, arguments.statement().at(),
                        "Several %s mean the same file '%s' of sink '%s'", what, path, arguments.statement().name());
                }
                written += one(Project.of(groups.rows(group), others), path);
            }
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
}
