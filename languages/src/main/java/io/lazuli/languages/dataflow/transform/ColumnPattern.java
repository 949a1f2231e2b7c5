package io.lazuli.languages.dataflow.transform;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.foundation.CommonError;
import io.lazuli.languages.dataflow.syntax.FlowExpression;
import io.lazuli.languages.dataflow.syntax.FlowExpression.Assignment;
import io.lazuli.languages.dataflow.syntax.FlowExpression.Call;
import io.lazuli.languages.dataflow.transform.FlowColumn.Output;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * {@code each(match(type == 'string'), $$ + '_trimmed' = trim($$))}: columns made of each column that matches.
 *
 * @param parent the structure whose fields are matched, in {@code each(parent, match(...))}
 * @param rules empty when the columns stay as they are
 */
record ColumnPattern(Optional<FlowExpression> parent, FlowExpression condition, List<Assignment> rules) {
    static ColumnPattern of(Call each) {
        List<FlowExpression> arguments = new ArrayList<>(each.arguments());
        boolean direct = !arguments.isEmpty() && isMatch(arguments.getFirst());
        Optional<FlowExpression> parent = direct || arguments.isEmpty() ? Optional.empty() : Optional.of(arguments.removeFirst());
        if (arguments.isEmpty() || !isMatch(arguments.getFirst()) || ((Call) arguments.getFirst()).arguments().size() != 1) {
            throw failure(CommonError.SYNTAX_ERROR, each.at(), "A pattern is each(match(condition), name = value), not %s", each);
        }
        FlowExpression condition = condition((Call) arguments.removeFirst());
        List<Assignment> rules = arguments.stream().map(argument -> {
            if (argument instanceof Assignment rule) {
                return rule;
            }
            throw failure(CommonError.SYNTAX_ERROR, argument.at(), "After match(...) stands name = value, not %s", argument);
        }).toList();
        return new ColumnPattern(parent, condition, rules);
    }

    private static boolean isMatch(FlowExpression argument) {
        return argument instanceof Call call && (call.name().equals("match") || call.name().equals("patternMatch"));
    }

    /** {@code patternMatch(regex)} matches columns by their names. */
    private static FlowExpression condition(Call match) {
        FlowExpression argument = match.arguments().getFirst();
        return match.name().equals("match") ? argument
            : new Call("regexMatch", List.of(new FlowExpression.Column(null, "name", match.at()), argument), match.at());
    }

    /** What a pattern makes of a column. */
    record Made(FlowColumn column, Output output) {
    }

    /** The columns made, in the order of the matching columns; {@code $$} is the column. */
    List<Made> made(List<FlowColumn> columns, Scope scope) {
        List<Made> made = new ArrayList<>();
        List<Integer> positions = matching(columns, scope);
        if (rules.isEmpty()) {
            positions.forEach(i -> made.add(new Made(columns.get(i), columns.get(i).output())));
            return made;
        }
        List<Object> names = scope.context().constants(positions.stream()
            .flatMap(i -> rules.stream().map(rule -> name(rule, columns.get(i), i, scope))).toList());
        for (int i : positions) {
            FlowColumn column = columns.get(i);
            for (Assignment rule : rules) {
                String name = String.valueOf(names.get(made.size()));
                Expression value = scope.matching(column, i + 1, column.reference(), Literal.string(column.name()), false)
                    .bind(rule.value());
                boolean unchanged = value.equals(column.reference());
                made.add(new Made(column, new Output(name, value, unchanged ? column.streams() : List.of(), column.drifted())));
            }
        }
        return made;
    }

    private static Expression name(Assignment rule, FlowColumn column, int index, Scope scope) {
        if (rule.target() instanceof FlowExpression.Column target && target.stream() == null) {
            return Literal.string(target.name());
        }
        Literal own = Literal.string(column.name());
        return scope.matching(column, index + 1, own, own, false).bind(rule.target());
    }

    /** The places, from 0, of the columns for which the condition on name, type, stream, position and origin is true. */
    private List<Integer> matching(List<FlowColumn> columns, Scope scope) {
        List<Expression> conditions = new ArrayList<>();
        for (FlowColumn column : columns) {
            Literal name = Literal.string(column.name());
            conditions.add(scope.matching(column, conditions.size() + 1, name, name, true).condition(condition));
        }
        List<Object> answers = scope.context().constants(conditions);
        return IntStream.range(0, columns.size()).filter(i -> Boolean.TRUE.equals(answers.get(i))).boxed().toList();
    }
}
