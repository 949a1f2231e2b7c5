package io.lazuli.datafactory.dataflow;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.AlgebraError;
import io.lazuli.algebra.engine.Engine;
import io.lazuli.algebra.engine.Execution;
import io.lazuli.algebra.expression.Call;
import io.lazuli.algebra.expression.ColumnReference;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.operator.ComparisonOperators;
import io.lazuli.algebra.plan.Filter;
import io.lazuli.algebra.plan.NamedExpression;
import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.plan.Project;
import io.lazuli.languages.dataflow.transform.FlowColumn;
import io.lazuli.languages.dataflow.transform.FlowStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The rows that a sink writes.
 *
 * @param rows the columns that are written, under their names, and behind them those that tell of the row: {@link FlowColumn#POLICY},
 *     {@link FlowColumn#FAILURES}
 * @param columns the names of those that are written
 */
record SinkInput(Plan rows, List<String> columns, Engine engine, Execution execution) {
    /** The stream's rows by the columns' names; two columns of one name cannot be written. */
    static SinkInput of(String sink, FlowStream stream, Engine engine, Execution execution) {
        List<NamedExpression> all = new ArrayList<>();
        List<String> names = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        for (FlowColumn column : stream.visible()) {
            if (!taken.add(column.name())) {
                throw failure(AlgebraError.DUPLICATE_COLUMN,
                    "Sink '%s' gets two columns named '%s'; a select before it can rename or drop one", sink, column.name());
            }
            names.add(column.name());
            all.add(new NamedExpression(column.name(), column.reference()));
        }
        stream.hidden().stream().filter(column -> !List.of(FlowColumn.MATCHED, FlowColumn.NUMBER).contains(column.name()))
            .forEach(column -> all.add(new NamedExpression(column.name(), column.reference())));
        return new SinkInput(new Project(stream.plan(), all), names, engine, execution);
    }

    SinkInput with(Plan other) {
        return new SinkInput(other, columns, engine, execution);
    }

    /** The columns that are written. */
    Plan written() {
        return Project.of(rows, columns);
    }

    /** The rows that an alter row marked for insert (1), update (2), upsert (4) or delete (8); unmarked streams are all inserts. */
    Plan marked(int policy) {
        if (!has(FlowColumn.POLICY)) {
            return policy == 1 ? rows : new Filter(rows, Literal.FALSE);
        }
        return new Filter(rows, Call.of(ComparisonOperators.EQUAL, ColumnReference.of(rows.schema().field(FlowColumn.POLICY)),
            Literal.int32(policy)));
    }

    boolean has(String hidden) {
        return rows.schema().find(hidden).isPresent();
    }
}
