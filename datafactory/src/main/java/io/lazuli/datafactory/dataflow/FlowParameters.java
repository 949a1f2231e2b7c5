package io.lazuli.datafactory.dataflow;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.type.DataType;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.datafactory.DataFactoryError;
import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.LazuliException;
import io.lazuli.foundation.NearestName;
import io.lazuli.foundation.Place;
import io.lazuli.languages.dataflow.bind.ExpressionBinder;
import io.lazuli.languages.dataflow.function.Conversions;
import io.lazuli.languages.dataflow.function.FlowTypes;
import io.lazuli.languages.dataflow.scope.ExpressionScope;
import io.lazuli.languages.dataflow.script.FlowScript;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The values of a data flow's parameters.
 *
 * <p>A given text is an expression of data flows, as pipelines pass it: {@code 'text'} in quotes, {@code 5}, {@code toDate('2024-01-31')}.
 * For a parameter of type string, a text that is no such expression stands for itself. Numbers, truth values and arrays of JSON are
 * constants.
 */
final class FlowParameters {
    private FlowParameters() {
    }

    /** A value for each parameter that the script declares, in its type. */
    static Map<String, Expression> bind(FlowScript script, ObjectNode given, Place place) {
        List<String> names = script.parameters().stream().map(FlowScript.Parameter::name).toList();
        given.propertyNames().stream().filter(name -> !names.contains(name)).findFirst().ifPresent(unknown -> {
            throw failure(DataFactoryError.UNKNOWN_PARAMETER, place, "The data flow has no parameter '%s'; it has %s%s", unknown, names,
                NearestName.hint(unknown, names));
        });
        Map<String, Expression> values = new LinkedHashMap<>();
        for (FlowScript.Parameter parameter : script.parameters()) {
            values.put(parameter.name(), value(parameter, given.get(parameter.name()), values, place));
        }
        return values;
    }

    private static Expression value(FlowScript.Parameter parameter, JsonNode given, Map<String, Expression> earlier, Place place) {
        DataType type = FlowTypes.of(parameter.type());
        ExpressionScope scope = ExpressionScope.EMPTY.withParameters(earlier);
        if (given != null && !given.isNull()) {
            return given.isString() ? text(given.stringValue(), type, parameter, place) : Conversions.convert(constant(given, place), type);
        }
        return parameter.defaultValue().map(value -> Conversions.convert(new ExpressionBinder(scope).bind(value), type)).orElseThrow(() ->
            failure(DataFactoryError.MISSING_PARAMETER, place, "Parameter '%s' of the data flow has no value", parameter.name()));
    }

    private static Expression text(String text, DataType type, FlowScript.Parameter parameter, Place place) {
        try {
            Expression bound = ExpressionBinder.bind(text, ExpressionScope.EMPTY);
            if (type != ScalarType.STRING || bound.type() == ScalarType.STRING) {
                return Conversions.convert(bound, type);
            }
        } catch (LazuliException e) {
            if (type != ScalarType.STRING) {
                throw failure(e.code(), place, "Parameter '%s' is '%s', which is no expression of data flows: %s", parameter.name(), text,
                    e.getMessage(), e);
            }
        }
        return Literal.string(text);
    }

    private static Expression constant(JsonNode value, Place place) {
        if (value.isBoolean()) {
            return value.booleanValue() ? Literal.TRUE : Literal.FALSE;
        }
        if (value.isIntegralNumber() && value.canConvertToInt()) {
            return Literal.int32(value.intValue());
        }
        if (value.isIntegralNumber() && value.canConvertToLong()) {
            return Literal.int64(value.longValue());
        }
        if (value.isNumber()) {
            return new Literal(value.doubleValue(), ScalarType.FLOAT64);
        }
        if (value.isArray()) {
            List<String> elements = new ArrayList<>();
            value.forEach(element -> elements.add(element.isString()
                ? "'" + element.stringValue().replace("\\", "\\\\").replace("'", "\\'") + "'" : element.toString()));
            return ExpressionBinder.bind("[" + String.join(",", elements) + "]", ExpressionScope.EMPTY);
        }
        throw failure(CommonError.INVALID_ARGUMENT, place, "A parameter of a data flow cannot be the object %s", value);
    }
}
