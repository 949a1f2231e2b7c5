package io.lazuli.datafactory.dataflow;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.engine.Session;
import io.lazuli.algebra.expression.Call;
import io.lazuli.algebra.expression.ColumnReference;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.expression.WindowCall;
import io.lazuli.algebra.operator.ComparisonOperators;
import io.lazuli.algebra.operator.WindowOperators;
import io.lazuli.algebra.plan.Filter;
import io.lazuli.algebra.plan.Join;
import io.lazuli.algebra.plan.NamedExpression;
import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.plan.Project;
import io.lazuli.algebra.plan.Scan;
import io.lazuli.algebra.plan.Sort;
import io.lazuli.algebra.plan.SortKey;
import io.lazuli.algebra.plan.Window;
import io.lazuli.algebra.source.RowCursor;
import io.lazuli.algebra.type.Field;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.algebra.type.Schema;
import io.lazuli.datafactory.DataFactoryError;
import io.lazuli.datafactory.connector.ReadRows;
import io.lazuli.datafactory.connector.file.FileStores;
import io.lazuli.languages.dataflow.transform.Arguments;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The rows that a table refused where a sink says {@code errorHandlingOption: 'allowErrors'}: the others are written, in one transaction
 * or in batches ({@code transactionCommit}), these go to a file ({@code outputRejectedData}) behind whose columns stand what was done
 * with the row, and the error's number and text. The flow fails in the end unless {@code reportSuccessOnError} is true.
 */
final class RefusedRows {
    /** Behind a sink's columns when rows may be refused: the number of the row, from 1. */
    static final String NUMBER = "\0number";
    private static final Schema COLUMNS = new Schema(List.of(new Field("\0refused", ScalarType.INT64),
        new Field("\0Operation", ScalarType.STRING), new Field("\0ErrorCode", ScalarType.STRING),
        new Field("\0ErrorMessage", ScalarType.STRING)));
    private static final long BATCH = 10_000;

    private final String sink;
    private final Optional<Long> batch;
    private final boolean success;
    private final Optional<SideFile> file;
    private final List<List<Object>> refused = new ArrayList<>();

    private RefusedRows(Arguments arguments, Optional<SideFile> file) {
        this.sink = arguments.statement().name();
        this.batch = arguments.choice("transactionCommit", "single", "single", "batch").equals("batch")
            ? Optional.of(arguments.number("batchSize").filter(size -> size > 0).orElse(BATCH)) : Optional.empty();
        this.success = arguments.flag("reportSuccessOnError", false);
        this.file = file;
    }

    /** Empty for a sink that stops at the first row that is refused. */
    static Optional<RefusedRows> of(FlowDefinition flow, Arguments arguments, FlowSettings settings, FileStores stores) {
        if (arguments.choice("errorHandlingOption", "stopOnFirstError", "stopOnFirstError", "allowErrors").equals("stopOnFirstError")) {
            return Optional.empty();
        }
        return Optional.of(new RefusedRows(arguments, arguments.flag("outputRejectedData", false)
            ? Optional.of(SideFile.of(flow, arguments, settings, stores, "outputRejectedData", "rejectedData")) : Optional.empty()));
    }

    /** The rows with their numbers. */
    static SinkInput numbered(SinkInput input) {
        WindowCall number =
            new WindowCall(WindowOperators.ROW_NUMBER, List.of(), List.of(), List.of(), Optional.empty(), ScalarType.INT64);
        return input.with(new Window(input.rows(), List.of(new NamedExpression(NUMBER, number))));
    }

    /** The rows that are written in one transaction each; {@code count} is the number of all. */
    List<SinkInput> parts(SinkInput numbered, long count) {
        if (batch.isEmpty() || count <= batch.get()) {
            return List.of(numbered);
        }
        List<SinkInput> parts = new ArrayList<>();
        for (long before = 0; before < count; before += batch.get()) {
            ColumnReference number = ColumnReference.of(numbered.rows().schema().field(NUMBER));
            parts.add(numbered.with(new Filter(numbered.rows(), Call.of(ComparisonOperators.AND,
                Call.of(ComparisonOperators.GREATER, number, Literal.int64(before)),
                Call.of(ComparisonOperators.LESS_OR_EQUAL, number, Literal.int64(before + batch.get()))))));
        }
        return parts;
    }

    boolean inBatches() {
        return batch.isPresent();
    }

    void add(long row, RowOperation operation, String code, String message) {
        refused.add(List.of(row, operation.name(), code, message));
    }

    /** Notes the rows that a check found, and gives the others. */
    Plan accepted(Session session, Plan checked, RowOperation operation, SinkInput input) {
        Plan bad = Project.of(RowCheck.having(checked, true), List.of(NUMBER, RowCheck.CODE, RowCheck.MESSAGE));
        try (RowCursor rows = session.query(bad, input.execution())) {
            while (rows.next()) {
                add((Long) rows.value(0), operation, String.valueOf(rows.value(1)), String.valueOf(rows.value(2)));
            }
        }
        return RowCheck.having(checked, false);
    }

    /** Writes the file aside, ends the transaction, puts the file in place; fails if rows were refused and that is no success. */
    void finish(SinkInput numbered, Runnable commit) {
        if (refused.isEmpty() || file.isEmpty()) {
            commit.run();
        } else {
            file.get().write(rows(numbered), numbered, () -> {
                commit.run();
                return null;
            });
        }
        if (!refused.isEmpty() && !success) {
            throw failure(DataFactoryError.ERROR_ROWS_FOUND, "%d rows were refused while writing to sink '%s', the first one with error "
                + "%s: %s%s", refused.size(), sink, refused.getFirst().get(2), refused.getFirst().get(3),
                file.isPresent() ? "; they are in the rejected data" : "");
        }
    }

    private Plan rows(SinkInput numbered) {
        Plan joined = new Join(numbered.rows(), new Scan(new ReadRows(COLUMNS, refused), COLUMNS), Join.Kind.INNER,
            Call.of(ComparisonOperators.EQUAL, ColumnReference.of(numbered.rows().schema().field(NUMBER)),
                ColumnReference.of(COLUMNS.fields().getFirst())));
        Plan sorted = new Sort(joined, List.of(new SortKey(ColumnReference.of(joined.schema().field(NUMBER)), true, false)));
        List<NamedExpression> columns = new ArrayList<>();
        numbered.columns().forEach(name -> columns.add(new NamedExpression(name, ColumnReference.of(sorted.schema().field(name)))));
        COLUMNS.fields().stream().skip(1).forEach(field ->
            columns.add(new NamedExpression(free(field.name().substring(1), numbered.columns()), ColumnReference.of(field))));
        return new Project(sorted, columns);
    }

    private static String free(String name, List<String> taken) {
        return taken.contains(name) ? free(name + "_", taken) : name;
    }

    boolean mayWrite(Path changed) {
        return file.isPresent() && file.get().mayWrite(changed);
    }
}
