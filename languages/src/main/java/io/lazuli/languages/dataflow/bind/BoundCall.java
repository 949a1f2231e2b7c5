package io.lazuli.languages.dataflow.bind;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.LambdaVariable;
import io.lazuli.algebra.type.DataType;
import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.LazuliException;
import io.lazuli.foundation.Place;
import io.lazuli.languages.dataflow.function.FunctionCall;
import io.lazuli.languages.dataflow.scope.ExpressionScope;
import io.lazuli.languages.dataflow.syntax.ExpressionParser;
import io.lazuli.languages.dataflow.syntax.FlowExpression;
import java.util.List;
import java.util.Map;

/** A call whose arguments are bound once, when they are first asked for. */
final class BoundCall implements FunctionCall {
    private final ExpressionBinder binder;
    private final String name;
    private final List<FlowExpression> arguments;
    private final Place at;
    private final Expression[] values;

    BoundCall(ExpressionBinder binder, String name, List<FlowExpression> arguments, Place at) {
        this.binder = binder;
        this.name = name;
        this.arguments = arguments;
        this.at = at;
        this.values = new Expression[arguments.size()];
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Place at() {
        return at;
    }

    @Override
    public int count() {
        return arguments.size();
    }

    @Override
    public FlowExpression syntax(int argument) {
        return arguments.get(argument);
    }

    @Override
    public ExpressionScope scope() {
        return binder.scope();
    }

    @Override
    public Expression value(int argument) {
        if (values[argument] == null) {
            values[argument] = binder.bind(arguments.get(argument));
        }
        return values[argument];
    }

    @Override
    public Expression within(int argument, Map<String, Expression> variables) {
        return binder.within(arguments.get(argument), variables);
    }

    @Override
    public LambdaVariable variable(String variable, DataType type) {
        return new LambdaVariable(variable + "~" + binder.frames().depth(), type);
    }

    @Override
    public Expression text(String expression, int argument) {
        try {
            return binder.bind(ExpressionParser.parse(expression));
        } catch (LazuliException e) {
            throw failure(e.code() instanceof CommonError code ? code : CommonError.SYNTAX_ERROR, arguments.get(argument).at(),
                "In the text '%s'%s: %s", expression, e.place().position().map(place -> " at " + place).orElse(""), e.getMessage());
        }
    }
}
