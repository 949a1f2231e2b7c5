package io.lazuli.languages.dataflow.transform;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.plan.Unnest;
import io.lazuli.algebra.type.ArrayType;
import io.lazuli.foundation.CommonError;
import io.lazuli.languages.dataflow.function.FlowTypes;
import io.lazuli.languages.dataflow.syntax.FlowExpression;
import io.lazuli.languages.dataflow.syntax.FlowExpression.Call;
import io.lazuli.languages.dataflow.syntax.FlowExpression.Column;
import io.lazuli.languages.dataflow.syntax.FlowExpression.Member;
import io.lazuli.languages.dataflow.syntax.FlowExpressions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code foldDown(unroll(orders.items, orders), mapColumn(name, item = orders.items.name))}: a row for each element of an array.
 *
 * <p>Arrays on the way to the array are unrolled as well. A row whose array is null or empty stays, with nulls, except that rows without
 * elements of the unroll root, the second argument, vanish. Several {@code unroll}s give all combinations of their elements. A path
 * through an unrolled array means the element.
 */
final class FoldDownTransformation {
    private final Arguments arguments;
    private FlowStream stream;
    /** The columns that hold the elements, by the path of their array. */
    private final Map<String, FlowColumn> elements = new HashMap<>();

    private FoldDownTransformation(Arguments arguments, FlowStream input) {
        this.arguments = arguments;
        this.stream = input;
    }

    static FlowStream apply(Arguments arguments, FlowStream input) {
        FoldDownTransformation fold = new FoldDownTransformation(arguments, input);
        List<Call> unrolls = new ArrayList<>();
        arguments.parts("unroll", "unrollMultiple").forEach(part -> unrolls.addAll(part.name().equals("unroll") ? List.of(part)
            : part.arguments().stream().map(argument -> argument instanceof Call call && call.name().equals("unroll") ? call
                : new Call("unroll", List.of(argument), argument.at())).toList()));
        if (unrolls.isEmpty()) {
            throw failure(CommonError.SYNTAX_ERROR, arguments.statement().at(), "'foldDown' needs unroll(array)");
        }
        unrolls.forEach(fold::unroll);
        return fold.mapped(input);
    }

    private void unroll(Call unroll) {
        if (unroll.arguments().isEmpty() || unroll.arguments().size() > 2) {
            throw failure(CommonError.SYNTAX_ERROR, unroll.at(), "Expected unroll(array, root), found %s", unroll);
        }
        String root = unroll.arguments().size() == 2 ? path(unroll.arguments().get(1)) : "";
        if (unroll.arguments().size() == 2 && !(path(unroll.arguments().get(0)) + ".").startsWith(root + ".")) {
            throw failure(CommonError.INVALID_ARGUMENT, unroll.arguments().get(1).at(), "The unroll root %s does not lead to %s",
                unroll.arguments().get(1), unroll.arguments().get(0));
        }
        List<FlowExpression> steps = steps(unroll.arguments().getFirst());
        boolean any = false;
        for (FlowExpression step : steps) {
            Expression value = bind(step);
            if (value.type() instanceof ArrayType) {
                any = true;
                boolean required = !root.isEmpty() && (root + ".").startsWith(path(step) + ".");
                element(path(step), value, !required);
            }
        }
        if (!any && !elements.containsKey(path(unroll.arguments().getFirst()))) {
            throw failure(CommonError.INVALID_ARGUMENT, unroll.at(), "%s is %s, not an array", unroll.arguments().getFirst(),
                FlowTypes.described(bind(unroll.arguments().getFirst()).type()));
        }
    }

    private void element(String path, Expression array, boolean outer) {
        String field = FlowStream.freeName("element", stream.plan());
        Unnest unnest = new Unnest(stream.plan(), array, field, outer);
        FlowColumn column = new FlowColumn("\0" + path, List.of(), field, ((ArrayType) array.type()).element(), false);
        elements.put(path, column);
        stream = stream.over(unnest);
    }

    /** A path and all that lead to it, the shortest first: {@code a}, {@code a.b}, {@code a.b.c}. */
    private static List<FlowExpression> steps(FlowExpression path) {
        List<FlowExpression> steps = new ArrayList<>();
        for (FlowExpression step = path; ; step = ((Member) step).value()) {
            steps.addFirst(step);
            if (!(step instanceof Member)) {
                return steps;
            }
        }
    }

    private static String path(FlowExpression expression) {
        return switch (expression) {
            case Column column -> (column.stream() == null ? "" : column.stream() + "@") + column.name();
            case Member member -> path(member.value()) + "." + member.name();
            default -> throw failure(CommonError.SYNTAX_ERROR, expression.at(), "Expected the path of an array, found %s", expression);
        };
    }

    private Expression bind(FlowExpression expression) {
        return scope().bind(throughElements(expression));
    }

    /** Sees the elements as columns of names that no user can write. */
    private Scope scope() {
        return Scope.of(arguments.context(), columns());
    }

    private List<FlowColumn> columns() {
        List<FlowColumn> columns = new ArrayList<>(stream.columns());
        elements.forEach((path, column) ->
            columns.add(new FlowColumn("element\0" + path, List.of(), column.field(), column.type(), false)));
        return columns;
    }

    private FlowExpression throughElements(FlowExpression expression) {
        return FlowExpressions.replace(expression, part -> part instanceof Column || part instanceof Member && isPath(part)
            ? Optional.of(elementPath(part)) : Optional.empty());
    }

    private static boolean isPath(FlowExpression part) {
        return part instanceof Column || part instanceof Member member && isPath(member.value());
    }

    /** The longest beginning of the path that is an unrolled array, replaced by its element. */
    private FlowExpression elementPath(FlowExpression part) {
        if (elements.containsKey(path(part))) {
            return new Column(null, "element\0" + path(part), part.at());
        }
        return part instanceof Member member ? new Member(elementPath(member.value()), member.name(), member.at()) : part;
    }

    private FlowStream mapped(FlowStream input) {
        Scope scope = scope();
        return arguments.part("mapColumn").map(map -> {
            Call named = new Call(map.name(), map.arguments().stream().map(this::entry).toList(), map.at());
            return stream.select(ColumnMapping.outputs(named, arguments, scope, input.visible()));
        }).orElse(stream);
    }

    /** An entry of the mapping with its own name, and the element where it names an array. */
    private FlowExpression entry(FlowExpression entry) {
        return switch (entry) {
            case FlowExpression.Assignment assignment ->
                new FlowExpression.Assignment(assignment.target(), throughElements(assignment.value()), assignment.at());
            case Column column -> named(column.name(), column);
            case Member member -> named(member.name(), member);
            case Call each when each.name().equals("each") -> new Call(each.name(), each.arguments().stream()
                .map(argument -> argument instanceof Column || argument instanceof Member ? throughElements(argument) : argument).toList(),
                each.at());
            default -> entry;
        };
    }

    private FlowExpression named(String name, FlowExpression value) {
        return new FlowExpression.Assignment(new Column(null, name, value.at()), throughElements(value), value.at());
    }
}
