package io.lazuli.languages.dataflow.transform;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.expression.Expression;
import io.lazuli.foundation.CommonError;
import io.lazuli.languages.dataflow.syntax.FlowExpression;
import io.lazuli.languages.dataflow.syntax.FlowExpression.Assignment;
import io.lazuli.languages.dataflow.syntax.FlowExpression.Call;
import io.lazuli.languages.dataflow.syntax.FlowExpression.Column;
import io.lazuli.languages.dataflow.syntax.FlowExpression.Index;
import io.lazuli.languages.dataflow.syntax.FlowExpression.Member;
import io.lazuli.languages.dataflow.transform.FlowColumn.Output;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * {@code mapColumn(id, name = title, each(match(type == 'date'), 'd_' + $$ = $$))}: the columns that stay and their names.
 *
 * <p>{@code skipDuplicateMapInputs} leaves out what an earlier entry mapped already, {@code skipDuplicateMapOutputs} what has a name that
 * an earlier entry gave.
 */
final class ColumnMapping {
    private final Scope scope;
    private final List<FlowColumn> columns;
    private final boolean skipInputs;
    private final boolean skipOutputs;
    private final Set<Expression> mapped = new HashSet<>();
    private final Set<String> names = new HashSet<>();
    private final List<Output> outputs = new ArrayList<>();

    private ColumnMapping(Scope scope, List<FlowColumn> columns, Arguments arguments) {
        this.scope = scope;
        this.columns = columns;
        this.skipInputs = arguments.flag("skipDuplicateMapInputs", false);
        this.skipOutputs = arguments.flag("skipDuplicateMapOutputs", false);
    }

    /** What the entries of {@code mapColumn} make of the columns that the scope sees. */
    static List<Output> outputs(Call mapColumn, Arguments arguments, Scope scope, List<FlowColumn> columns) {
        ColumnMapping mapping = new ColumnMapping(scope, columns, arguments);
        mapColumn.arguments().forEach(mapping::add);
        return mapping.outputs;
    }

    /** All columns, of which one of several with the same name stays if the statement skips duplicates. */
    static List<Output> all(Arguments arguments, Scope scope, List<FlowColumn> columns) {
        ColumnMapping mapping = new ColumnMapping(scope, columns, arguments);
        columns.forEach(column -> mapping.add(column.output()));
        return mapping.outputs;
    }

    private void add(FlowExpression entry) {
        switch (entry) {
            case Call each when each.name().equals("each") -> ColumnPattern.of(each).made(columns, scope).forEach(this::add);
            case Assignment assignment -> add(output(name(assignment.target()), assignment.value()));
            default -> add(output(name(entry), entry));
        }
    }

    private Output output(String name, FlowExpression value) {
        Expression bound = scope.bind(value);
        return columns.stream().filter(column -> column.reference().equals(bound)).findFirst()
            .map(column -> column.output().named(name)).orElseGet(() -> Output.of(name, bound));
    }

    /** The name that an entry gives: a column's own, or the last step of a path. */
    private static String name(FlowExpression entry) {
        return switch (entry) {
            case Column column -> column.name();
            case Member member -> member.name();
            case Index index -> name(index.value());
            case FlowExpression.Constant(String text, _) -> text;
            default -> throw failure(CommonError.SYNTAX_ERROR, entry.at(), "Expected a column, name = column or each(...), found %s",
                entry);
        };
    }

    private void add(Output output) {
        if (skipInputs && !mapped.add(output.expression())) {
            return;
        }
        if (skipOutputs && !names.add(output.name())) {
            return;
        }
        outputs.add(output);
    }
}
