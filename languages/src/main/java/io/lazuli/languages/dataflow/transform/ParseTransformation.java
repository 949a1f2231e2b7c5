package io.lazuli.languages.dataflow.transform;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.AlgebraError;
import io.lazuli.algebra.expression.Call;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.operator.ArrayOperators;
import io.lazuli.algebra.operator.ConversionOperators;
import io.lazuli.algebra.operator.StringOperators;
import io.lazuli.algebra.type.DataType;
import io.lazuli.algebra.type.Field;
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

/**
 * {@code parse(body = text ? (id as integer, tags as string[]), format: 'json')}: texts read as documents.
 *
 * <p>A text that is no document is null, as is each of its values that the type cannot hold.
 */
final class ParseTransformation {
    private ParseTransformation() {
    }

    static FlowStream apply(Arguments arguments, FlowStream input) {
        Scope scope = Scope.of(arguments.context(), input);
        FlowStream stream = input;
        for (Assignment assignment : arguments.assignments().toList()) {
            if (!(assignment.target() instanceof Column target) || !(assignment.value() instanceof TypeHint hint)) {
                throw failure(CommonError.SYNTAX_ERROR, assignment.at(), "Expected column = text ? type, found %s", assignment);
            }
            Expression text = scope.bind(hint.value());
            if (text.type() != ScalarType.STRING) {
                throw failure(AlgebraError.TYPE_MISMATCH, hint.value().at(), "%s is a %s, not a string to parse", hint.value(),
                    FlowTypes.name(text.type()));
            }
            stream = AddedColumn.replace(stream, target.name(), parsed(arguments, text, FlowTypes.of(hint.type()), hint));
        }
        return stream;
    }

    private static Expression parsed(Arguments arguments, Expression text, DataType type, FlowExpression hint) {
        String format = arguments.text("format").orElse("json").toLowerCase(Locale.ROOT);
        return switch (format) {
            case "json" -> new Call(ConversionOperators.FROM_JSON, List.of(text), type);
            case "delimited" -> delimited(arguments, text, type, hint);
            default -> throw failure(CommonError.NOT_SUPPORTED, arguments.statement().at(), "Parsing the format '%s' is not supported",
                format);
        };
    }

    /** The parts of the text's row, which is the second line when the first one has the names. */
    private static Expression delimited(Arguments arguments, Expression text, DataType type, FlowExpression hint) {
        if (!(type instanceof StructType struct)) {
            throw failure(CommonError.INVALID_ARGUMENT, hint.at(), "Delimited text is parsed as a structure: text ? (id as integer, ...)");
        }
        Expression lines = Call.of(StringOperators.SPLIT, Call.of(StringOperators.REPLACE, text, Literal.string("\r\n"),
            Literal.string("\n")), Literal.string(arguments.text("rowDelimiter").orElse("\n")));
        Expression line = Call.of(ArrayOperators.ARRAY_ITEM, lines, Literal.int32(arguments.flag("columnNamesAsHeader", false) ? 2 : 1));
        Expression parts = Call.of(StringOperators.SPLIT, line, Literal.string(arguments.text("columnDelimiter").orElse(",")));
        String quote = arguments.text("quoteChar").orElse("\"");
        String nullValue = arguments.text("nullValue").orElse("");
        List<Expression> fields = new ArrayList<>();
        for (Field field : struct.fields()) {
            Expression part = Call.of(ArrayOperators.ARRAY_ITEM, parts, Literal.int32(fields.size() + 1));
            Expression bare = quote.isEmpty() ? part : Call.of(StringOperators.TRIM_END,
                Call.of(StringOperators.TRIM_START, part, Literal.string(quote)), Literal.string(quote));
            Expression value = Conditions.choose(Conditions.equal(part, Literal.string(nullValue)),
                new Literal(null, ScalarType.STRING), bare);
            fields.add(Conversions.convert(value, field.type()));
        }
        return Conditions.choose(Conditions.isNull(text), new Literal(null, struct),
            new Call(ConversionOperators.STRUCTURE, fields, struct));
    }
}
