package io.lazuli.languages.dataflow.transform;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.expression.Call;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.Lambda;
import io.lazuli.algebra.expression.LambdaVariable;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.operator.ArrayOperators;
import io.lazuli.algebra.operator.ComparisonOperators;
import io.lazuli.algebra.operator.ConversionOperators;
import io.lazuli.algebra.operator.JavaImplementedOperators;
import io.lazuli.algebra.type.ArrayType;
import io.lazuli.algebra.type.DataType;
import io.lazuli.algebra.type.Field;
import io.lazuli.algebra.type.MapType;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.algebra.type.StructType;
import io.lazuli.foundation.CommonError;
import io.lazuli.languages.dataflow.function.Conversions;
import io.lazuli.languages.dataflow.syntax.FlowExpression;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * XML documents as values: {@code (cars as (car as ({@model} as string, year as integer)[]))}.
 *
 * <p>The outermost structure names the root; fields are the elements of their names, those with {@code @} attributes, and
 * {@code _value_} is the text beside attributes; a prefix stands before both, as in {@code a:@model}.
 */
final class XmlValue {
    private static final String ATTRIBUTE = "@";
    private static final String TEXT = "_value_";
    private static final List<String> VALIDATION = List.of("none", "dtd");

    private XmlValue() {
    }

    /** Null for a text that is no document, in the way that the options say. */
    static Expression of(Arguments arguments, Expression text, DataType type, FlowExpression hint) {
        if (!(type instanceof StructType)) {
            throw failure(CommonError.INVALID_ARGUMENT, hint.at(),
                "XML is parsed as a structure that names the root: text ? (root as (...))");
        }
        return value(java("xml_document", text, settings(arguments)), type, 0, hint);
    }

    /** {@code validationMode: 'dtd', namespaces: true, namespacePrefixes: ['urn:a' -> 'a']}. */
    private static Expression settings(Arguments arguments) {
        String validation = arguments.name("validationMode").orElse("none").toLowerCase(Locale.ROOT);
        if (!VALIDATION.contains(validation)) {
            throw failure(validation.equals("xsd") ? CommonError.NOT_SUPPORTED : CommonError.INVALID_ARGUMENT,
                arguments.option("validationMode").orElseThrow().at(), "validationMode: '%s' of parse '%s' is not supported; %s are, since "
                    + "no schema stands beside a text", validation, arguments.statement().name(), VALIDATION);
        }
        boolean namespaces = arguments.flag("namespaces", true);
        List<Expression> settings = new ArrayList<>(List.of(Literal.string(validation), Literal.string(String.valueOf(namespaces))));
        Map<String, String> prefixes = arguments.namespacePrefixes();
        if (namespaces) {
            prefixes.forEach((uri, prefix) -> settings.addAll(List.of(Literal.string(uri), Literal.string(prefix))));
        }
        return new Call(ConversionOperators.ARRAY, settings, new ArrayType(ScalarType.STRING));
    }

    private static Expression value(Expression element, DataType type, int depth, FlowExpression hint) {
        if (type instanceof MapType) {
            throw failure(CommonError.NOT_SUPPORTED, hint.at(), "Parsing XML as a map is not supported");
        }
        if (!(type instanceof StructType struct)) {
            return Conversions.convert(java("xml_text", element), type);
        }
        List<Expression> fields = new ArrayList<>();
        struct.fields().forEach(field -> fields.add(field(element, field, depth, hint)));
        return Conditions.choose(Conditions.isNull(element), new Literal(null, struct),
            new Call(ConversionOperators.STRUCTURE, fields, struct));
    }

    private static Expression field(Expression element, Field field, int depth, FlowExpression hint) {
        String prefix = field.name().substring(0, field.name().indexOf(':') + 1);
        String name = field.name().substring(prefix.length());
        if (name.startsWith(ATTRIBUTE)) {
            return Conversions.convert(java("xml_attribute", element, Literal.string(prefix + name.substring(1))), field.type());
        }
        if (field.name().startsWith(ATTRIBUTE)) {
            return Conversions.convert(java("xml_attribute", element, Literal.string(field.name().substring(1))), field.type());
        }
        if (name.equals(TEXT)) {
            return Conversions.convert(java("xml_text", element), field.type());
        }
        Expression children = java("xml_children", element, Literal.string(field.name()));
        if (!(field.type() instanceof ArrayType array)) {
            return value(Call.of(ArrayOperators.ARRAY_ITEM, children, Literal.int32(1)), field.type(), depth, hint);
        }
        LambdaVariable child = new LambdaVariable("element~" + depth, ScalarType.STRING);
        Expression values = Call.of(ArrayOperators.ARRAY_TRANSFORM, children,
            new Lambda(List.of(child), value(child, array.element(), depth + 1, hint)));
        Expression some = Call.of(ComparisonOperators.GREATER, Call.of(ArrayOperators.ARRAY_SIZE, children), Literal.int32(0));
        return Conditions.choose(some, values, new Literal(null, array));
    }

    private static Expression java(String operator, Expression... arguments) {
        return Call.of(JavaImplementedOperators.named(operator), arguments);
    }
}
