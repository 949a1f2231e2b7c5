package io.lazuli.languages.dataflow.transform;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.expression.ColumnReference;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.Expressions;
import io.lazuli.algebra.expression.WindowCall;
import io.lazuli.algebra.plan.NamedExpression;
import io.lazuli.algebra.plan.SortKey;
import io.lazuli.algebra.plan.Window;
import io.lazuli.foundation.CommonError;
import io.lazuli.languages.dataflow.syntax.FlowExpression;
import io.lazuli.languages.dataflow.syntax.FlowExpression.Assignment;
import io.lazuli.languages.dataflow.syntax.FlowExpression.Call;
import io.lazuli.languages.dataflow.syntax.FlowExpression.Column;
import io.lazuli.languages.dataflow.transform.FlowColumn.Output;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * {@code window(over(movie), asc(day, true), startRowOffset: -2L, endRowOffset: 0L, mean = avg(sales))}: columns of the rows around each.
 *
 * <p>Without offsets the frame is all of the partition when rows are not sorted, else what comes up to the row and its equals.
 */
final class WindowTransformation {
    private final FlowStream input;
    private final Scope scope;
    private final List<Output> outputs;
    private final Map<WindowCall, String> calls = new LinkedHashMap<>();
    private final Set<String> taken;

    private WindowTransformation(Arguments arguments, FlowStream input) {
        this.input = input;
        Scope rows = Scope.of(arguments.context(), input);
        List<Expression> partition = arguments.part("over").map(over -> over.arguments().stream()
            .map(argument -> rows.bind(argument instanceof Assignment named ? named.value() : argument)).toList()).orElse(List.of());
        List<SortKey> order = SortKeys.of(arguments, rows);
        this.scope = rows.windowed(partition, order, frame(arguments, !order.isEmpty()));
        this.outputs = new ArrayList<>(input.visible().stream().map(FlowColumn::output).toList());
        this.taken = new HashSet<>(input.plan().schema().names());
    }

    static FlowStream apply(Arguments arguments, FlowStream input) {
        WindowTransformation window = new WindowTransformation(arguments, input);
        for (FlowExpression argument : arguments.statement().arguments()) {
            switch (argument) {
                case Assignment(Column target, FlowExpression value, _) -> window.put(Output.of(target.name(), window.scope.bind(value)));
                case Call each when each.name().equals("each") ->
                    ColumnPattern.of(each).made(input.visible(), window.scope).forEach(window::put);
                default -> {
                }
            }
        }
        return window.stream();
    }

    private void put(Output output) {
        Expression value = Expressions.replace(output.expression(), part -> part instanceof WindowCall call
            ? Optional.of(new ColumnReference(calls.computeIfAbsent(call, _ -> FlowStream.unique("window", taken)), call.type()))
            : Optional.empty());
        Output made = new Output(output.name(), value, output.streams(), output.drifted());
        for (int i = 0; i < outputs.size(); i++) {
            if (outputs.get(i).name().equals(made.name())) {
                outputs.set(i, made);
                return;
            }
        }
        outputs.add(made);
    }

    private FlowStream stream() {
        List<NamedExpression> computed = calls.entrySet().stream()
            .map(call -> new NamedExpression(call.getValue(), call.getKey())).toList();
        return input.over(new Window(input.plan(), computed)).select(outputs);
    }

    private static Optional<WindowCall.Frame> frame(Arguments arguments, boolean sorted) {
        boolean range = arguments.option("startRangeOffset").isPresent() || arguments.option("endRangeOffset").isPresent();
        String unit = range ? "Range" : "Row";
        Optional<Long> start = arguments.number("start" + unit + "Offset");
        Optional<Long> end = arguments.number("end" + unit + "Offset");
        if (start.isEmpty() && end.isEmpty()) {
            return Optional.of(new WindowCall.Frame(WindowCall.Frame.Unit.RANGE, WindowCall.Bound.UNBOUNDED_PRECEDING,
                sorted ? WindowCall.Bound.CURRENT_ROW : WindowCall.Bound.UNBOUNDED_FOLLOWING));
        }
        if (!sorted) {
            throw failure(CommonError.INVALID_ARGUMENT, arguments.statement().at(), "A window with offsets needs asc(...) or desc(...)");
        }
        return Optional.of(new WindowCall.Frame(range ? WindowCall.Frame.Unit.RANGE : WindowCall.Frame.Unit.ROWS,
            start.map(WindowTransformation::bound).orElse(WindowCall.Bound.UNBOUNDED_PRECEDING),
            end.map(WindowTransformation::bound).orElse(WindowCall.Bound.UNBOUNDED_FOLLOWING)));
    }

    private static WindowCall.Bound bound(long offset) {
        return new WindowCall.Bound(offset, offset <= 0);
    }
}
