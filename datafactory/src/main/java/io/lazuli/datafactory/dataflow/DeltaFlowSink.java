package io.lazuli.datafactory.dataflow;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.engine.Engine;
import io.lazuli.algebra.expression.ColumnReference;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.plan.NamedExpression;
import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.plan.Project;
import io.lazuli.datafactory.connector.delta.DeltaMerge;
import io.lazuli.datafactory.connector.delta.DeltaTable;
import io.lazuli.datafactory.connector.delta.DeltaWrite;
import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.LazuliException;
import io.lazuli.languages.dataflow.transform.Arguments;
import io.lazuli.languages.dataflow.transform.FlowColumn;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slf4j.LoggerFactory;

/**
 * A sink {@code format: 'delta'}: rows that are added to a table or replace its rows, or with {@code updateable}, {@code upsertable} or
 * {@code deletable} a merge by {@code keys}. A table that is not there is made, of all rows whatever their policies.
 */
final class DeltaFlowSink implements FlowSink {
    private static final int INSERT = 1;
    private static final int UPSERT = 4;

    private final Arguments arguments;
    private final DeltaTable table;

    DeltaFlowSink(Arguments arguments, DeltaTable table) {
        this.arguments = arguments;
        this.table = table;
        if (merges() && arguments.texts("keys").isEmpty()) {
            throw failure(CommonError.INVALID_ARGUMENT, arguments.statement().at(),
                "Sink '%s' updates, upserts or deletes rows and needs their keys: keys: ['id']", arguments.statement().name());
        }
    }

    private boolean merges() {
        return arguments.flag("updateable", false) || arguments.flag("upsertable", false) || arguments.flag("deletable", false);
    }

    @Override
    public long write(SinkInput input) {
        if (input.columns().isEmpty()) {
            throw failure(CommonError.INVALID_ARGUMENT, arguments.statement().at(), "Sink '%s' gets no columns",
                arguments.statement().name());
        }
        try (Engine.Kept kept = input.engine().keep(withPolicy(input), input.execution())) {
            String codec = arguments.text("compressionType").orElse("snappy").toLowerCase(Locale.ROOT);
            DeltaWrite write = new DeltaWrite(mode(), arguments.flag("mergeSchema", false), PartitionKeys.of(arguments), codec,
                merges() ? Optional.of(merge()) : Optional.empty());
            DeltaWrite.Result written = table.write(kept.plan(), input.columns(), write, input.execution());
            if (arguments.flag("autoCompact", false)) {
                afterwards(written, "autoCompact", () -> table.compact(codec, input.execution()));
            }
            arguments.number("vacuum").filter(hours -> hours > 0).ifPresent(hours ->
                afterwards(written, "vacuum", () -> table.vacuum(Duration.ofHours(hours))));
            return written.rows();
        }
    }

    /** The rows are in the table, where a sink that failed would bring them again: tidying up may succeed the next time. */
    private void afterwards(DeltaWrite.Result written, String what, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            if (e instanceof LazuliException failure && failure.code() == CommonError.CANCELLED) {
                throw e;
            }
            LoggerFactory.getLogger(DeltaFlowSink.class).warn("No {} of Delta table '{}' at version {}", what, table.name(),
                written.version(), e);
        }
    }

    /** Data files are never changed, and only a vacuum removes them. */
    @Override
    public boolean mayWrite(Path file) {
        return arguments.number("vacuum").filter(hours -> hours > 0).isPresent() && table.has(file);
    }

    /** Rows that no alter row transformation has marked are upserts where these are allowed, else inserts. */
    private Plan withPolicy(SinkInput input) {
        if (input.has(FlowColumn.POLICY)) {
            return input.rows();
        }
        List<NamedExpression> columns = new ArrayList<>();
        input.rows().schema().fields().forEach(field -> columns.add(new NamedExpression(field.name(), ColumnReference.of(field))));
        columns.add(new NamedExpression(FlowColumn.POLICY, Literal.int32(arguments.flag("upsertable", false) ? UPSERT : INSERT)));
        return new Project(input.rows(), columns);
    }

    private DeltaWrite.Mode mode() {
        String action = arguments.choice("tableAction", "none", "none", "overwrite", "recreate", "truncate");
        if (arguments.flag("overwrite", false) || arguments.flag("recreate", false) || action.equals("overwrite")
            || action.equals("recreate")) {
            return DeltaWrite.Mode.OVERWRITE;
        }
        return arguments.flag("deltaTruncate", false) || arguments.flag("truncate", false) || action.equals("truncate")
            ? DeltaWrite.Mode.TRUNCATE : DeltaWrite.Mode.APPEND;
    }

    private DeltaMerge merge() {
        return new DeltaMerge(arguments.texts("keys"), FlowColumn.POLICY, arguments.flag("insertable", true),
            arguments.flag("updateable", false), arguments.flag("upsertable", false), arguments.flag("deletable", false), partitions());
    }

    /** {@code pruneCondition: ['year' -> ([2023, 2024])]}. */
    private Map<String, List<String>> partitions() {
        Map<String, List<String>> partitions = new LinkedHashMap<>();
        arguments.value("pruneCondition").ifPresent(value -> {
            if (!(value instanceof Map<?, ?> map)) {
                throw failure(CommonError.INVALID_ARGUMENT, arguments.statement().at(),
                    "pruneCondition names partition columns and their values, as in ['year' -> ([2023, 2024])]");
            }
            map.forEach((column, values) -> partitions.put(column.toString(),
                values instanceof List<?> list ? list.stream().map(String::valueOf).toList() : List.of(String.valueOf(values))));
        });
        return partitions;
    }
}
