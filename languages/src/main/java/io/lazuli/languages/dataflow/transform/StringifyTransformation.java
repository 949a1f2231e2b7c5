package io.lazuli.languages.dataflow.transform;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.expression.Call;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.operator.ConversionOperators;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.foundation.CommonError;
import io.lazuli.languages.dataflow.syntax.FlowExpression;
import io.lazuli.languages.dataflow.syntax.FlowExpression.Assignment;
import io.lazuli.languages.dataflow.syntax.FlowExpression.Column;
import io.lazuli.languages.dataflow.syntax.FlowExpression.TypeHint;
import java.util.Locale;

/** {@code stringify(text = body ? string, format: 'json')}: values as documents. */
final class StringifyTransformation {
    private StringifyTransformation() {
    }

    static FlowStream apply(Arguments arguments, FlowStream input) {
        String format = arguments.text("format").orElse("json").toLowerCase(Locale.ROOT);
        if (!format.equals("json")) {
            throw failure(CommonError.NOT_SUPPORTED, arguments.statement().at(), "Writing texts in the format '%s' is not supported",
                format);
        }
        Scope scope = Scope.of(arguments.context(), input);
        FlowStream stream = input;
        for (Assignment assignment : arguments.assignments().toList()) {
            if (!(assignment.target() instanceof Column target)) {
                throw failure(CommonError.SYNTAX_ERROR, assignment.at(), "Expected column = value ? string, found %s", assignment);
            }
            FlowExpression value = assignment.value() instanceof TypeHint hint ? hint.value() : assignment.value();
            Expression bound = scope.bind(value);
            Expression text = Conditions.choose(Conditions.isNull(bound), new Literal(null,
                ScalarType.STRING), Call.of(ConversionOperators.JSON_TEXT, bound));
            stream = AddedColumn.replace(stream, target.name(), text);
        }
        return stream;
    }
}
