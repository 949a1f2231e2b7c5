package io.lazuli.languages.dataflow.transform;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.expression.ColumnReference;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.type.ArrayType;
import io.lazuli.algebra.type.DataType;
import io.lazuli.algebra.type.StructType;
import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.Place;
import io.lazuli.languages.dataflow.syntax.FlowExpression;
import io.lazuli.languages.dataflow.syntax.FlowExpression.Assignment;
import io.lazuli.languages.dataflow.syntax.FlowExpression.Call;
import io.lazuli.languages.dataflow.syntax.FlowExpressions;
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

    /**
     * What a pattern looks at.
     *
     * @param path what {@code $0} stands for: the name, in a structure with the names that lead to it
     * @param written the expression that means it
     */
    private record Candidate(FlowColumn column, String path, FlowExpression written, Expression value) {
        Output output() {
            return value instanceof ColumnReference ? column.output() : Output.of(column.name(), value);
        }
    }

    /** The columns made, in the order of the matching columns, or fields of the parent; {@code $$} is the column or field. */
    List<Output> made(List<FlowColumn> columns, Scope scope) {
        List<Candidate> candidates = candidates(columns, scope);
        List<Integer> positions = matching(candidates, scope);
        if (rules.isEmpty()) {
            return positions.stream().map(i -> candidates.get(i).output()).toList();
        }
        List<Object> names = names(candidates, positions, scope);
        List<Output> made = new ArrayList<>();
        for (int i : positions) {
            Candidate candidate = candidates.get(i);
            for (Assignment rule : rules) {
                String name = String.valueOf(names.get(made.size()));
                Expression value = scope.matching(candidate.column(), i + 1, candidate.value(), Literal.string(candidate.path()), false)
                    .bind(rule.value());
                boolean unchanged = value.equals(candidate.column().reference());
                made.add(new Output(name, value, unchanged ? candidate.column().streams() : List.of(), candidate.column().drifted()));
            }
        }
        return made;
    }

    /** What is made, as parts of a structure that is written out. */
    List<FlowExpression> members(List<FlowColumn> columns, Scope scope) {
        List<Candidate> candidates = candidates(columns, scope);
        List<Integer> positions = matching(candidates, scope);
        List<Object> names = names(candidates, positions, scope);
        List<FlowExpression> members = new ArrayList<>();
        for (Candidate candidate : positions.stream().map(candidates::get).toList()) {
            Place at = condition.at();
            if (rules.isEmpty()) {
                members.add(new Assignment(new FlowExpression.Column(null, candidate.column().name(), at), candidate.written(), at));
            }
            for (Assignment rule : rules) {
                members.add(new Assignment(new FlowExpression.Column(null, String.valueOf(names.get(members.size())), at),
                    FlowExpressions.replace(rule.value(), part -> written(part, candidate)), rule.at()));
            }
        }
        return members;
    }

    private static Optional<FlowExpression> written(FlowExpression part, Candidate candidate) {
        if (!(part instanceof FlowExpression.PatternVariable variable)) {
            return Optional.empty();
        }
        return Optional.of(variable.name().equals("$") ? candidate.written()
            : new FlowExpression.Constant(candidate.path(), variable.at()));
    }

    private List<Object> names(List<Candidate> candidates, List<Integer> positions, Scope scope) {
        return scope.context().constants(positions.stream()
            .flatMap(i -> rules.stream().map(rule -> name(rule, candidates.get(i), i, scope))).toList());
    }

    private List<Candidate> candidates(List<FlowColumn> columns, Scope scope) {
        return parent.map(structure -> fields(structure, scope)).orElseGet(() -> columns.stream()
            .map(column -> new Candidate(column, column.name(), scope.written(column, condition.at()), column.reference())).toList());
    }

    /** The fields of a structure, or of the structures in an array, as if they were columns. */
    private static List<Candidate> fields(FlowExpression parent, Scope scope) {
        DataType type = scope.bind(parent).type();
        if (!((type instanceof ArrayType array ? array.element() : type) instanceof StructType struct)) {
            throw failure(CommonError.INVALID_ARGUMENT, parent.at(), "%s is no structure, whose fields could be matched", parent);
        }
        return struct.fields().stream().map(field -> {
            FlowExpression member = new FlowExpression.Member(parent, field.name(), parent.at());
            Expression value = scope.bind(member);
            FlowColumn column = new FlowColumn(field.name(), List.of(), field.name(), value.type(), false);
            return new Candidate(column, path(parent) + "." + field.name(), member, value);
        }).toList();
    }

    /** The names that lead to a structure; the marks of an unrolled array's element are no part of them. */
    private static String path(FlowExpression parent) {
        return switch (parent) {
            case FlowExpression.Column column -> column.name().substring(column.name().lastIndexOf('\0') + 1);
            case FlowExpression.Member member -> path(member.value()) + "." + member.name();
            default -> parent.toString();
        };
    }

    private static Expression name(Assignment rule, Candidate candidate, int index, Scope scope) {
        if (rule.target() instanceof FlowExpression.Column target && target.stream() == null) {
            return Literal.string(target.name());
        }
        return scope.matching(candidate.column(), index + 1, Literal.string(candidate.column().name()), Literal.string(candidate.path()),
            false).bind(rule.target());
    }

    /** The places, from 0, of those for which the condition on name, type, stream, position and origin is true. */
    private List<Integer> matching(List<Candidate> candidates, Scope scope) {
        List<Expression> conditions = new ArrayList<>();
        for (Candidate candidate : candidates) {
            conditions.add(scope.matching(candidate.column(), conditions.size() + 1, Literal.string(candidate.column().name()),
                Literal.string(candidate.path()), true).condition(condition));
        }
        List<Object> answers = scope.context().constants(conditions);
        return IntStream.range(0, candidates.size()).filter(i -> Boolean.TRUE.equals(answers.get(i))).boxed().toList();
    }
}
