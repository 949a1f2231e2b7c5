package io.lazuli.languages.dataflow.transform;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.expression.Expression;
import io.lazuli.foundation.CommonError;
import io.lazuli.languages.dataflow.syntax.TypeName;
import io.lazuli.languages.dataflow.transform.FlowColumn.Output;
import java.util.ArrayList;
import java.util.List;

/** One column behind those of a stream, which {@code output(name as type)} declares. */
final class AddedColumn {
    private AddedColumn() {
    }

    static TypeName.Member declared(Arguments arguments) {
        List<TypeName.Member> columns = arguments.declared("output");
        if (columns.size() != 1) {
            throw failure(CommonError.SYNTAX_ERROR, arguments.statement().at(), "'%s' declares one column, such as output(key as long)",
                arguments.statement().transformation());
        }
        return columns.getFirst();
    }

    /** A column of that name that the stream has already gives way. */
    static FlowStream to(FlowStream stream, String name, Expression value) {
        List<Output> outputs = new ArrayList<>(stream.visible().stream().filter(column -> !column.name().equals(name))
            .map(FlowColumn::output).toList());
        outputs.add(Output.of(name, value));
        return stream.select(outputs);
    }

    /** The column of that name with another value, where it stands; behind the others when there is none. */
    static FlowStream replace(FlowStream stream, String name, Expression value) {
        List<FlowColumn> columns = stream.visible();
        return columns.stream().noneMatch(column -> column.name().equals(name)) ? to(stream, name, value)
            : stream.select(columns.stream().map(column -> column.name().equals(name) ? Output.of(name, value) : column.output()).toList());
    }
}
