package io.lazuli.languages.dataflow.transform;

import io.lazuli.algebra.expression.ColumnReference;
import io.lazuli.algebra.plan.NamedExpression;
import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.plan.Project;
import io.lazuli.languages.dataflow.syntax.FlowExpression;
import io.lazuli.languages.dataflow.transform.CompiledFlow.SinkRows;
import io.lazuli.languages.dataflow.transform.FlowColumn.Output;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Values of expressions for each row that a sink writes. They see the columns that come in, whether they are written or not, and of those
 * that the sink's mapping makes the ones with other names.
 */
final class SinkValues {
    private SinkValues() {
    }

    static FlowStream of(SinkRows sink, String prefix, List<FlowExpression> values) {
        FlowStream input = sink.input();
        List<NamedExpression> fields = new ArrayList<>();
        input.plan().schema().fields().forEach(field -> fields.add(new NamedExpression(field.name(), ColumnReference.of(field))));
        List<FlowColumn> mapped = mapped(sink, fields);
        Plan both = new Project(input.plan(), fields);
        List<FlowColumn> seen = new ArrayList<>(input.columns());
        mapped.stream().filter(column -> input.visible().stream().noneMatch(other -> other.name().equals(column.name())))
            .forEach(seen::add);
        Scope scope = Scope.of(sink.arguments().context(), seen);
        List<Output> outputs = new ArrayList<>(mapped.stream().map(FlowColumn::output).toList());
        input.hidden().forEach(column -> outputs.add(column.output()));
        for (int i = 0; i < values.size(); i++) {
            outputs.add(Output.of(prefix + i, scope.bind(values.get(i))));
        }
        return FlowStream.project(both, outputs);
    }

    /** The columns of the mapping, which are added to the fields. */
    private static List<FlowColumn> mapped(SinkRows sink, List<NamedExpression> fields) {
        Set<String> taken = new HashSet<>(sink.input().plan().schema().names());
        List<FlowColumn> mapped = new ArrayList<>();
        for (Output output : sink.outputs()) {
            String field = FlowStream.unique(output.name(), taken);
            fields.add(new NamedExpression(field, output.expression()));
            mapped.add(new FlowColumn(output.name(), output.streams(), field, output.expression().type(), output.drifted()));
        }
        return mapped;
    }
}
