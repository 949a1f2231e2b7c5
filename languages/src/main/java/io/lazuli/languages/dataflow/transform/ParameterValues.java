package io.lazuli.languages.dataflow.transform;

import io.lazuli.algebra.AlgebraError;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.foundation.LazuliException;
import io.lazuli.languages.dataflow.bind.ExpressionBinder;
import io.lazuli.languages.dataflow.function.Conversions;
import io.lazuli.languages.dataflow.function.FlowTypes;
import io.lazuli.languages.dataflow.function.FunctionTable;
import io.lazuli.languages.dataflow.scope.ExpressionScope;
import io.lazuli.languages.dataflow.script.FlowScript;
import io.lazuli.languages.dataflow.script.UserFunction;
import io.lazuli.languages.dataflow.syntax.FlowExpression;
import io.lazuli.languages.dataflow.syntax.FlowExpression.Column;
import io.lazuli.languages.dataflow.syntax.FlowExpressions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The values of a flow's parameters: constants, and expressions over the columns of the transformations that refer to them. */
public final class ParameterValues {
    private final Map<String, UserFunction> functions;
    private final Map<String, Expression> constants = new LinkedHashMap<>();
    private final Map<String, FlowExpression.TypeHint> ofRows = new LinkedHashMap<>();

    /** None yet; expressions may call these functions of libraries. */
    public ParameterValues(Map<String, UserFunction> functions) {
        this.functions = Map.copyOf(functions);
    }

    /** A value in the parameter's type. */
    public void put(FlowScript.Parameter parameter, Expression value) {
        constants.put(parameter.name(), Conversions.convert(value, FlowTypes.of(parameter.type())));
    }

    /** An expression, which may refer to the parameters before this one, and to columns. */
    public void put(FlowScript.Parameter parameter, FlowExpression value) {
        constant(value).ifPresentOrElse(constant -> put(parameter, constant),
            () -> ofRows.put(parameter.name(), new FlowExpression.TypeHint(whole(value), parameter.type(), parameter.at())));
    }

    /** What an expression gives that may refer to the parameters so far; empty where columns decide it. */
    public Optional<Expression> constant(FlowExpression value) {
        FlowExpression whole = whole(value);
        boolean ofColumns = isOfColumns(whole);
        try {
            Expression bound = new ExpressionBinder(ExpressionScope.EMPTY.withParameters(constants)).bind(withoutStreams(whole));
            return ofColumns ? Optional.empty() : Optional.of(bound);
        } catch (LazuliException e) {
            if (!ofColumns || e.code() != AlgebraError.COLUMN_NOT_FOUND) {
                throw e;
            }
            return Optional.empty();
        }
    }

    /** With the expressions of parameters and the bodies of functions in their places. */
    private FlowExpression whole(FlowExpression value) {
        return FlowExpressions.replace(value, part -> switch (part) {
            case FlowExpression.Parameter parameter -> Optional.ofNullable(ofRows.get(parameter.name()));
            case FlowExpression.Call call when functions.containsKey(call.name()) ->
                Optional.of(whole(functions.get(call.name()).applied(call)));
            default -> Optional.empty();
        });
    }

    private static boolean isOfColumns(FlowExpression whole) {
        boolean[] found = {!FlowExpressions.columns(whole).isEmpty()};
        FlowExpressions.forEach(whole, part -> found[0] |= part instanceof FlowExpression.Call call
            && FunctionTable.findsColumns(call.name()));
        return found[0];
    }

    /** Streams are known where the parameter is referred to. */
    private static FlowExpression withoutStreams(FlowExpression whole) {
        return FlowExpressions.replace(whole, part -> part instanceof Column column
            ? Optional.of(new Column(null, column.name(), column.at())) : Optional.empty());
    }

    Map<String, Expression> constants() {
        return constants;
    }

    Map<String, FlowExpression.TypeHint> ofRows() {
        return ofRows;
    }
}
