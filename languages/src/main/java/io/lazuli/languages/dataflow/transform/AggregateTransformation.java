package io.lazuli.languages.dataflow.transform;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.expression.Expression;
import io.lazuli.foundation.CommonError;
import io.lazuli.languages.dataflow.syntax.FlowExpression;
import io.lazuli.languages.dataflow.syntax.FlowExpression.Assignment;
import io.lazuli.languages.dataflow.syntax.FlowExpression.Call;
import io.lazuli.languages.dataflow.syntax.FlowExpression.Column;
import io.lazuli.languages.dataflow.syntax.FlowExpression.Member;
import io.lazuli.languages.dataflow.transform.FlowColumn.Output;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code aggregate(groupBy(movie, year = year(released)), total = sum(price), each(match(true()), $$ = first($$)))}: a row a group.
 *
 * <p>The result has the group's columns and the aggregates, nothing else. Without groups it is one row.
 */
final class AggregateTransformation {
    private AggregateTransformation() {
    }

    static FlowStream apply(Arguments arguments, FlowStream input) {
        Scope scope = Scope.of(arguments.context(), input);
        GroupedColumns grouped = new GroupedColumns(input.plan(), keys(arguments, scope, input));
        Scope group = scope.grouped();
        for (FlowExpression argument : arguments.statement().arguments()) {
            switch (argument) {
                case Assignment(Column target, FlowExpression value, _) -> grouped.add(target.name(), group.bind(value), value.at());
                case Call each when each.name().equals("each") -> ColumnPattern.of(each).made(input.visible(), group)
                    .forEach(made -> grouped.add(made.name(), made.expression(), each.at()));
                case Assignment assignment -> throw failure(CommonError.SYNTAX_ERROR, assignment.at(), "%s is no column's name",
                    assignment.target());
                default -> {
                }
            }
        }
        return grouped.stream();
    }

    /** The columns of {@code groupBy(...)}. */
    static List<Output> keys(Arguments arguments, Scope scope, FlowStream input) {
        List<Output> keys = new ArrayList<>();
        arguments.part("groupBy").ifPresent(groupBy -> groupBy.arguments().forEach(argument -> {
            switch (argument) {
                case Assignment(Column target, FlowExpression value, _) -> keys.add(key(target.name(), value, scope));
                case Column column -> keys.add(key(column.name(), column, scope));
                case Member member -> keys.add(key(member.name(), member, scope));
                case Call each when each.name().equals("each") ->
                    ColumnPattern.of(each).made(input.visible(), scope).forEach(keys::add);
                default -> throw failure(CommonError.SYNTAX_ERROR, argument.at(), "Expected a column or name = expression, found %s",
                    argument);
            }
        }));
        return keys;
    }

    private static Output key(String name, FlowExpression value, Scope scope) {
        Expression bound = scope.bind(value);
        return scope.column(bound).map(column -> column.output().named(name)).orElseGet(() -> Output.of(name, bound));
    }
}
