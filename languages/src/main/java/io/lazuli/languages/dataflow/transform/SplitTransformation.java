package io.lazuli.languages.dataflow.transform;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.expression.Case;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.plan.Filter;
import io.lazuli.foundation.CommonError;
import io.lazuli.languages.dataflow.syntax.FlowExpression;
import io.lazuli.languages.dataflow.transform.FlowColumn.Output;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code split(year < 1960, year > 1980, disjoint: false) ~> byYear@(early, late, rest)}: each row to the stream of its first condition
 * that is true, with {@code disjoint} to all such streams; the last stream takes the rows without any.
 */
final class SplitTransformation {
    private SplitTransformation() {
    }

    /** The streams by the names of the outputs. */
    static Map<String, FlowStream> apply(Arguments arguments, FlowStream input) {
        List<FlowExpression> conditions = arguments.free();
        List<String> outputs = arguments.statement().outputs();
        if (outputs.size() != conditions.size() + 1 && outputs.size() != conditions.size()) {
            throw failure(CommonError.SYNTAX_ERROR, arguments.statement().nameAt(),
                "A split by %d conditions has %d outputs, the last for all other rows, not %d", conditions.size(), conditions.size() + 1,
                outputs.size());
        }
        Scope scope = Scope.of(arguments.context(), input);
        List<Expression> bound = conditions.stream().map(condition -> Conditions.isTrue(scope.condition(condition))).toList();
        return arguments.flag("disjoint", false) ? everyMatch(arguments, input, bound) : firstMatch(arguments, input, bound);
    }

    private static Map<String, FlowStream> firstMatch(Arguments arguments, FlowStream input, List<Expression> conditions) {
        List<Case.Branch> branches = new ArrayList<>();
        conditions.forEach(condition -> branches.add(new Case.Branch(condition, Literal.int32(branches.size()))));
        Expression branch = branches.isEmpty() ? Literal.int32(0) : new Case(branches, Literal.int32(conditions.size()));
        FlowStream marked = marked(arguments, input, List.of(branch));
        FlowColumn mark = marked.columns().getLast();
        Map<String, FlowStream> streams = new LinkedHashMap<>();
        for (String output : arguments.statement().outputs()) {
            streams.put(output, kept(input, marked, Conditions.equal(mark.reference(), Literal.int32(streams.size()))));
        }
        return streams;
    }

    private static Map<String, FlowStream> everyMatch(Arguments arguments, FlowStream input, List<Expression> conditions) {
        FlowStream marked = marked(arguments, input, conditions);
        List<FlowColumn> marks = marked.columns().subList(input.columns().size(), marked.columns().size());
        Expression none = marks.stream().<Expression>map(mark -> Conditions.not(mark.reference())).reduce(Conditions::and)
            .orElse(Literal.TRUE);
        Map<String, FlowStream> streams = new LinkedHashMap<>();
        for (String output : arguments.statement().outputs()) {
            int place = streams.size();
            streams.put(output, kept(input, marked, place < marks.size() ? marks.get(place).reference() : none));
        }
        return streams;
    }

    /** The input with what the conditions gave, computed once for all branches. */
    private static FlowStream marked(Arguments arguments, FlowStream input, List<Expression> marks) {
        List<Output> outputs = new ArrayList<>(input.columns().stream().map(FlowColumn::output).toList());
        marks.forEach(mark -> outputs.add(Output.of("\0branch", mark)));
        return FlowStream.project(input.plan(), outputs).shared(arguments.statement().name());
    }

    private static FlowStream kept(FlowStream input, FlowStream marked, Expression condition) {
        List<Output> columns = marked.columns().subList(0, input.columns().size()).stream().map(FlowColumn::output).toList();
        return FlowStream.project(new Filter(marked.plan(), condition), columns);
    }
}
