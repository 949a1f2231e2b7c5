package io.lazuli.languages.dataflow.function;

import static io.lazuli.foundation.LazuliException.failure;
import static io.lazuli.languages.dataflow.function.FlowFunction.function;

import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.expression.WindowCall;
import io.lazuli.algebra.operator.Operator;
import io.lazuli.algebra.operator.WindowOperators;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.foundation.CommonError;
import io.lazuli.languages.dataflow.scope.RowContext;
import java.util.List;
import java.util.Optional;

/** A row's place among the rows of its window, and the values of rows near it. */
final class WindowFunctions {
    static final List<FlowFunction> ALL = List.of(
        function("cumeDist()", call -> window(call, WindowOperators.CUME_DIST)),
        function("denseRank()", call -> place(call, WindowOperators.DENSE_RANK)),
        function("lag(value, [rows], [default])", call -> neighbour(call, WindowOperators.LAG)),
        function("lead(value, [rows], [default])", call -> neighbour(call, WindowOperators.LEAD)),
        function("nTile([buckets])", call -> place(call, WindowOperators.NTILE, call.has(0) ? call.int64(0) : Literal.int64(1))),
        function("rank()", call -> place(call, WindowOperators.RANK)),
        function("rowNumber()", call -> place(call, WindowOperators.ROW_NUMBER)));

    private WindowFunctions() {
    }

    /** Places are integers. */
    private static Expression place(FunctionCall call, Operator operator, Expression... arguments) {
        return Coercion.integer(window(call, operator, arguments), ScalarType.INT32);
    }

    private static Expression neighbour(FunctionCall call, Operator operator) {
        Expression value = call.value(0);
        Expression otherwise = new Literal(null, value.type());
        if (call.has(2)) {
            List<Expression> alike = Coercion.alike(call, 0, 2);
            value = alike.get(0);
            otherwise = alike.get(1);
        }
        return window(call, operator, value, call.has(1) ? call.int64(1) : Literal.int64(1), otherwise);
    }

    private static Expression window(FunctionCall call, Operator operator, Expression... arguments) {
        if (!(call.scope().rows() instanceof RowContext.Window window)) {
            throw failure(CommonError.INVALID_ARGUMENT, call.at(), "%s is a function of sorted rows: it stands in a window transformation",
                call.name());
        }
        List<Expression> list = List.of(arguments);
        return new WindowCall(operator, list, window.partitionBy(), window.orderBy(), Optional.empty(),
            operator.resultType(list.stream().map(Expression::type).toList()));
    }
}
