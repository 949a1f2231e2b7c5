package io.lazuli.datafactory.dataflow;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.datafactory.DataFactoryError;
import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.LazuliException;
import io.lazuli.foundation.NearestName;
import io.lazuli.foundation.Place;
import io.lazuli.languages.dataflow.bind.ExpressionBinder;
import io.lazuli.languages.dataflow.function.FlowTypes;
import io.lazuli.languages.dataflow.scope.ExpressionScope;
import io.lazuli.languages.dataflow.script.FlowScript;
import io.lazuli.languages.dataflow.script.UserFunction;
import io.lazuli.languages.dataflow.syntax.ExpressionParser;
import io.lazuli.languages.dataflow.syntax.FlowExpression;
import io.lazuli.languages.dataflow.syntax.FlowExpressions;
import io.lazuli.languages.dataflow.transform.ParameterValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The values of a data flow's parameters.
 *
 * <p>A given text is an expression of data flows, as pipelines pass it: {@code 'text'} in quotes, {@code 5}, {@code toDate('2024-01-31')}.
 * It may be over columns, {@code toInteger(Role)}: those of each transformation that refers to the parameter. For a parameter of type
 * string, a text that is no such expression stands for itself, and so does one over columns that neither calls a function nor refers
 * to a parameter. Numbers, truth values and arrays of JSON are constants.
 */
final class FlowParameters {
    private FlowParameters() {
    }

    /** A value for each parameter that the script declares, in its type. */
    static ParameterValues bind(FlowScript script, Map<String, UserFunction> functions, ObjectNode given, Place place) {
        List<String> names = script.parameters().stream().map(FlowScript.Parameter::name).toList();
        given.propertyNames().stream().filter(name -> !names.contains(name)).findFirst().ifPresent(unknown -> {
            throw failure(DataFactoryError.UNKNOWN_PARAMETER, place, "The data flow has no parameter '%s'; it has %s%s", unknown, names,
                NearestName.hint(unknown, names));
        });
        ParameterValues values = new ParameterValues(functions);
        for (FlowScript.Parameter parameter : script.parameters()) {
            put(parameter, given.get(parameter.name()), values, place);
        }
        return values;
    }

    private static void put(FlowScript.Parameter parameter, JsonNode given, ParameterValues values, Place place) {
        if (given != null && given.isString()) {
            text(parameter, given.stringValue(), values, place);
        } else if (given != null && !given.isNull()) {
            values.put(parameter, constant(given, place));
        } else {
            values.put(parameter, parameter.defaultValue().orElseThrow(() -> failure(DataFactoryError.MISSING_PARAMETER, place,
                "Parameter '%s' of the data flow has no value", parameter.name())));
        }
    }

    private static void text(FlowScript.Parameter parameter, String text, ParameterValues values, Place place) {
        try {
            FlowExpression parsed = ExpressionParser.parse(text);
            if (FlowTypes.of(parameter.type()) == ScalarType.STRING && !isText(parsed, values)) {
                values.put(parameter, Literal.string(text));
            } else {
                values.put(parameter, parsed);
            }
        } catch (LazuliException e) {
            if (FlowTypes.of(parameter.type()) != ScalarType.STRING) {
                throw failure(e.code(), place, "Parameter '%s' is '%s', which is no expression of data flows: %s", parameter.name(), text,
                    e.getMessage(), e);
            }
            values.put(parameter, Literal.string(text));
        }
    }

    /** Whether an expression gives a text; one over columns that calls a function or refers to a parameter is taken to. */
    private static boolean isText(FlowExpression parsed, ParameterValues values) {
        try {
            return values.constant(parsed).map(value -> value.type() == ScalarType.STRING)
                .orElseGet(() -> parsed instanceof FlowExpression.Call || refersToParameter(parsed));
        } catch (LazuliException noExpression) {
            return false;
        }
    }

    private static boolean refersToParameter(FlowExpression parsed) {
        boolean[] refers = {false};
        FlowExpressions.forEach(parsed, part -> refers[0] |= part instanceof FlowExpression.Parameter);
        return refers[0];
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
