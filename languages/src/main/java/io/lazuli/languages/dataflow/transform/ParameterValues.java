package io.lazuli.languages.dataflow.transform;

import io.lazuli.algebra.AlgebraError;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.foundation.LazuliException;
import io.lazuli.languages.dataflow.bind.ExpressionBinder;
import io.lazuli.languages.dataflow.function.Conversions;
import io.lazuli.languages.dataflow.function.FlowTypes;
import io.lazuli.languages.dataflow.scope.ExpressionScope;
import io.lazuli.languages.dataflow.script.FlowScript;
import io.lazuli.languages.dataflow.syntax.FlowExpression;
import java.util.LinkedHashMap;
import java.util.Map;

/** The values of a flow's parameters: constants, and expressions over the columns of the transformations that refer to them. */
public final class ParameterValues {
    private final Map<String, Expression> constants = new LinkedHashMap<>();
    private final Map<String, FlowExpression> ofRows = new LinkedHashMap<>();

    /** A value in the parameter's type. */
    public void put(FlowScript.Parameter parameter, Expression value) {
        constants.put(parameter.name(), Conversions.convert(value, FlowTypes.of(parameter.type())));
    }

    /** An expression, which may refer to the parameters before this one, and to columns. */
    public void put(FlowScript.Parameter parameter, FlowExpression value) {
        try {
            put(parameter, new ExpressionBinder(ExpressionScope.EMPTY.withParameters(constants)).bind(value));
        } catch (LazuliException e) {
            if (e.code() != AlgebraError.COLUMN_NOT_FOUND) {
                throw e;
            }
            ofRows.put(parameter.name(), new FlowExpression.TypeHint(value, parameter.type(), parameter.at()));
        }
    }

    public Map<String, Expression> constants() {
        return constants;
    }

    public Map<String, FlowExpression> ofRows() {
        return ofRows;
    }
}
