package io.lazuli.datafactory.dataflow;

import io.lazuli.algebra.expression.Call;
import io.lazuli.algebra.expression.ColumnReference;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.operator.ArrayOperators;
import io.lazuli.algebra.operator.ComparisonOperators;
import io.lazuli.algebra.operator.ConversionOperators;
import io.lazuli.algebra.operator.MapOperators;
import io.lazuli.algebra.plan.Filter;
import io.lazuli.algebra.plan.NamedExpression;
import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.plan.Project;
import io.lazuli.datafactory.DataFactoryError;
import io.lazuli.datafactory.connector.file.FileStores;
import io.lazuli.foundation.LazuliException;
import io.lazuli.languages.dataflow.transform.Arguments;
import io.lazuli.languages.dataflow.transform.FlowColumn;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code outputAssertFailedRows: true} of a sink: the rows that failed an assertion go, besides, to a file at the {@code assertFailure_}
 * place. Their last column, {@code assertErrorMessages}, is JSON: messages by the assertions' identifiers.
 */
record AssertFailedRows(SideFile file) {
    private static final String MESSAGES = "assertErrorMessages";

    /** What a sink asks for, empty when it does not; {@code INVALID_ARGUMENT} without a place for the rows. */
    static Optional<AssertFailedRows> of(FlowDefinition flow, Arguments arguments, FlowSettings settings, FileStores stores) {
        return arguments.flag("outputAssertFailedRows", false) ? Optional.of(new AssertFailedRows(
            SideFile.of(flow, arguments, settings, stores, "outputAssertFailedRows", "assertFailure"))) : Optional.empty();
    }

    /** The sink, which writes when this file is written aside; the file is put in place behind it. */
    FlowSink with(FlowSink sink) {
        return new FlowSink() {
            @Override
            public long write(SinkInput input) {
                return AssertFailedRows.this.write(input, sink);
            }

            @Override
            public boolean hasPublished() {
                return sink.hasPublished();
            }

            @Override
            public boolean mayWrite(Path changed) {
                return sink.mayWrite(changed) || file.mayWrite(changed);
            }
        };
    }

    private long write(SinkInput input, FlowSink sink) {
        if (!input.has(FlowColumn.FAILURES)) {
            return sink.write(input);
        }
        ColumnReference failures = ColumnReference.of(input.rows().schema().field(FlowColumn.FAILURES));
        Plan failed = new Filter(input.rows(), Call.of(ComparisonOperators.GREATER, Call.of(ArrayOperators.ARRAY_SIZE, failures),
            Literal.int32(0)));
        List<NamedExpression> columns = new ArrayList<>();
        input.columns().forEach(name -> columns.add(new NamedExpression(name, ColumnReference.of(failed.schema().field(name)))));
        Expression messages = Call.of(ConversionOperators.JSON_TEXT, Call.of(MapOperators.MAP_FROM_ENTRIES, failures));
        columns.add(new NamedExpression(MESSAGES, messages));
        Outcome outcome = file.write(new Project(failed, columns), input, () -> outcome(sink, input));
        if (outcome.failed() != null) {
            throw outcome.failed();
        }
        return outcome.rows();
    }

    /** Rows are written also when the sink fails because others were refused, and when it had published some before. */
    private record Outcome(long rows, RuntimeException failed) {
    }

    private static Outcome outcome(FlowSink sink, SinkInput input) {
        try {
            return new Outcome(sink.write(input), null);
        } catch (RuntimeException e) {
            if (!sink.hasPublished() && !(e instanceof LazuliException failure && failure.code() == DataFactoryError.ERROR_ROWS_FOUND)) {
                throw e;
            }
            return new Outcome(0, e);
        }
    }
}
