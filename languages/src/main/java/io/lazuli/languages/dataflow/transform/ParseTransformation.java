package io.lazuli.languages.dataflow.transform;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.AlgebraError;
import io.lazuli.algebra.expression.Call;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.operator.ArrayOperators;
import io.lazuli.algebra.operator.ComparisonOperators;
import io.lazuli.algebra.operator.ConversionOperators;
import io.lazuli.algebra.operator.JavaImplementedOperators;
import io.lazuli.algebra.operator.StringOperators;
import io.lazuli.algebra.operator.TextSliceOperators;
import io.lazuli.algebra.type.ArrayType;
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
    private static final List<String> LENIENT = List.of("unquotedColumnNames", "backslashEscape", "singleQuoted", "asComments");

    private ParseTransformation() {
    }

    static FlowStream apply(Arguments arguments, FlowStream input) {
        requireStrict(arguments);
        Scope scope = Scope.of(arguments.context(), input);
        FlowStream stream = input;
        for (Assignment assignment : arguments.assignments().toList()) {
            if (!(assignment.target() instanceof Column target) || !(assignment.value() instanceof TypeHint hint)) {
                throw failure(CommonError.SYNTAX_ERROR, assignment.at(), "Expected column = text ? type, found %s", assignment);
            }
            Expression text = scope.bind(hint.value());
            if (text.type() != ScalarType.STRING) {
                throw failure(AlgebraError.TYPE_MISMATCH, hint.value().at(), "%s is %s, not a string to parse", hint.value(),
                    FlowTypes.described(text.type()));
            }
            stream = AddedColumn.replace(stream, target.name(), parsed(arguments, text, FlowTypes.of(hint.type()), hint));
        }
        return stream;
    }

    private static void requireStrict(Arguments arguments) {
        LENIENT.stream().filter(option -> arguments.flag(option, false)).findFirst().ifPresent(option -> {
            throw failure(CommonError.NOT_SUPPORTED, arguments.option(option).orElseThrow().at(), "%s of parse '%s' is not supported; a "
                + "source of JSON takes it", option, arguments.statement().name());
        });
    }

    private static Expression parsed(Arguments arguments, Expression text, DataType type, FlowExpression hint) {
        String format = arguments.text("format").orElse("json").toLowerCase(Locale.ROOT);
        return switch (format) {
            case "json" -> json(arguments, text, type);
            case "delimited" -> delimited(arguments, text, type, hint);
            case "xml" -> XmlValue.of(arguments, text, type, hint);
            default -> throw failure(CommonError.NOT_SUPPORTED, arguments.statement().at(), "Parsing the format '%s' is not supported",
                format);
        };
    }

    /** The document, or the first one of an array or of lines, where the form says so and the type is none of several. */
    private static Expression json(Arguments arguments, Expression text, DataType type) {
        String form = arguments.choice("documentForm", "singleDocument", "singleDocument", "arrayOfDocuments", "documentPerLine");
        Expression whole = new Call(ConversionOperators.FROM_JSON, List.of(text), type);
        if (!(type instanceof StructType) || form.equals("singleDocument")) {
            return whole;
        }
        if (form.equals("documentPerLine")) {
            Expression lines = Call.of(StringOperators.SPLIT, text, Literal.string("\n"));
            Expression line = Call.of(ArrayOperators.ARRAY_ITEM, lines, Literal.int32(1));
            return Call.of(ComparisonOperators.COALESCE, whole, new Call(ConversionOperators.FROM_JSON, List.of(line), type));
        }
        Expression bare = Call.of(StringOperators.TRIM_START, text, Literal.string(" \t\r\n"));
        Expression all = new Call(ConversionOperators.FROM_JSON, List.of(text), new ArrayType(type));
        return Conditions.choose(Call.of(TextSliceOperators.STARTS_WITH, bare, Literal.string("[")),
            Call.of(ArrayOperators.ARRAY_ITEM, all, Literal.int32(1)), whole);
    }

    /** The parts of the text's row, which is the second one when the first has the names. */
    private static Expression delimited(Arguments arguments, Expression text, DataType type, FlowExpression hint) {
        if (!(type instanceof StructType struct)) {
            throw failure(CommonError.INVALID_ARGUMENT, hint.at(), "Delimited text is parsed as a structure: text ? (id as integer, ...)");
        }
        Expression signs = Call.of(ConversionOperators.ARRAY, option(arguments, "rowDelimiter", "\n"),
            option(arguments, "columnDelimiter", ","), option(arguments, "quoteChar", "\""), option(arguments, "escapeChar", "\\"),
            option(arguments, "nullValue", ""));
        Expression parts = Call.of(JavaImplementedOperators.named("delimited_values"), text,
            Literal.int32(arguments.flag("columnNamesAsHeader", false) ? 2 : 1), signs);
        List<Expression> fields = new ArrayList<>();
        for (Field field : struct.fields()) {
            fields.add(Conversions.convert(Call.of(ArrayOperators.ARRAY_ITEM, parts, Literal.int32(fields.size() + 1)), field.type()));
        }
        return Conditions.choose(Conditions.isNull(text), new Literal(null, struct),
            new Call(ConversionOperators.STRUCTURE, fields, struct));
    }

    private static Expression option(Arguments arguments, String name, String otherwise) {
        return Literal.string(arguments.text(name).orElse(otherwise));
    }
}
