package io.lazuli.languages.dataflow.transform;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.expression.Call;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.FieldAccess;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.operator.ComparisonOperators;
import io.lazuli.algebra.operator.ConversionOperators;
import io.lazuli.algebra.operator.JavaImplementedOperators;
import io.lazuli.algebra.operator.TextSliceOperators;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.algebra.type.StructType;
import io.lazuli.foundation.CommonError;
import io.lazuli.languages.dataflow.function.Conversions;
import io.lazuli.languages.dataflow.function.FlowTypes;
import io.lazuli.languages.dataflow.syntax.FlowExpression;
import io.lazuli.languages.dataflow.syntax.FlowExpression.Assignment;
import io.lazuli.languages.dataflow.syntax.FlowExpression.Column;
import io.lazuli.languages.dataflow.syntax.FlowExpression.TypeHint;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** {@code stringify(text = body ? string, format: 'json')}: values as documents. */
final class StringifyTransformation {
    private StringifyTransformation() {
    }

    static FlowStream apply(Arguments arguments, FlowStream input) {
        Scope scope = Scope.of(arguments.context(), input);
        FlowStream stream = input;
        for (Assignment assignment : arguments.assignments().toList()) {
            if (!(assignment.target() instanceof Column target)) {
                throw failure(CommonError.SYNTAX_ERROR, assignment.at(), "Expected column = value ? string, found %s", assignment);
            }
            FlowExpression value = assignment.value() instanceof TypeHint hint ? hint.value() : assignment.value();
            Expression bound = scope.bind(value);
            Expression text = Conditions.choose(Conditions.isNull(bound), new Literal(null, ScalarType.STRING),
                text(arguments, bound, assignment));
            stream = AddedColumn.replace(stream, target.name(), text);
        }
        return stream;
    }

    private static Expression text(Arguments arguments, Expression value, Assignment assignment) {
        String format = arguments.text("format").orElse("json").toLowerCase(Locale.ROOT);
        return switch (format) {
            case "json" -> Call.of(ConversionOperators.JSON_TEXT, value);
            case "delimited" -> delimited(arguments, value, assignment);
            default -> throw failure(CommonError.NOT_SUPPORTED, arguments.statement().at(),
                "Writing texts in the format '%s' is not supported", format);
        };
    }

    /** The parts of a structure as a row, without names. */
    private static Expression delimited(Arguments arguments, Expression value, Assignment assignment) {
        if (!(value.type() instanceof StructType struct)) {
            throw failure(CommonError.INVALID_ARGUMENT, assignment.at(), "Delimited text is made of a structure, not of a %s",
                FlowTypes.name(value.type()));
        }
        Expression delimiter = Literal.string(arguments.text("columnDelimiter").orElse(","));
        Expression quote = Literal.string(arguments.text("quoteChar").orElse("\""));
        Expression escape = Literal.string(arguments.text("escapeChar").orElse("\\"));
        Expression none = Literal.string(arguments.text("nullValue").orElse(""));
        List<Expression> texts = new ArrayList<>(List.of(delimiter));
        struct.fields().forEach(field -> texts.add(Call.of(ComparisonOperators.COALESCE,
            Call.of(JavaImplementedOperators.named("delimited_value"), Conversions.toText(FieldAccess.of(value, field.name())), delimiter,
                quote, escape), none)));
        return Call.of(TextSliceOperators.JOIN_TEXTS, texts);
    }
}
