package io.lazuli.cli.dataflow;

import static io.lazuli.foundation.CommonError.INTERNAL_ERROR;
import static io.lazuli.foundation.CommonError.INVALID_ARGUMENT;
import static io.lazuli.foundation.CommonError.SYNTAX_ERROR;
import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.engine.Engine;
import io.lazuli.algebra.engine.Execution;
import io.lazuli.algebra.engine.Session;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.plan.NamedExpression;
import io.lazuli.algebra.plan.Project;
import io.lazuli.algebra.plan.Values;
import io.lazuli.algebra.source.RowCursor;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.cli.option.EngineOptions;
import io.lazuli.cli.option.SmallEngine;
import io.lazuli.foundation.ErrorCode;
import io.lazuli.foundation.LazuliException;
import io.lazuli.foundation.Place;
import io.lazuli.languages.dataflow.bind.ExpressionBinder;
import io.lazuli.languages.dataflow.function.ArrayFunctions;
import io.lazuli.languages.dataflow.function.FlowTypes;
import io.lazuli.languages.dataflow.scope.ExpressionScope;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Evaluates expressions one after another on an engine that is opened once.
 *
 * <p>Every request gets an answer: {@code {"value": …, "type": …}} or {@code {"error": {"code", "message", "line", "column"}}} with the
 * position within the expression, or within the request when that is no JSON.
 */
final class ExpressionEvaluator implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

    private final SmallEngine home = new SmallEngine();
    private final Engine engine;
    private final Session session;

    /** Evaluates on the engine that was asked for. */
    ExpressionEvaluator(EngineOptions engines) {
        this.engine = engines.ofFlows(SmallEngine.TEMPORARY_DIRECTORY).apply(home.get());
        this.session = engine.open();
    }

    /** The answer to a line of text. */
    JsonNode answer(String line) {
        try {
            return answer(JSON.readTree(line));
        } catch (JacksonException notJson) {
            TokenStreamLocation location = notJson.getLocation();
            Place place = location == null ? Place.UNKNOWN
                : Place.at(Math.max(1, location.getLineNr()), Math.max(1, location.getColumnNr()));
            return error(SYNTAX_ERROR, place, "The line is not a JSON object: " + notJson.getOriginalMessage());
        }
    }

    /** The answer to a request, whatever happens. */
    JsonNode answer(JsonNode request) {
        try {
            return evaluate(request);
        } catch (LazuliException wrong) {
            return error(wrong.code(), wrong.place(), wrong.getMessage());
        } catch (RuntimeException | StackOverflowError defect) {
            LoggerFactory.getLogger(ExpressionEvaluator.class).error("The request {} failed", request, defect);
            return error(INTERNAL_ERROR, Place.UNKNOWN, defect.toString());
        }
    }

    /** The value and its type. */
    ObjectNode evaluate(JsonNode request) {
        if (!request.isObject() || !request.path("expr").isString()) {
            throw failure(INVALID_ARGUMENT, "A request is a JSON object whose property 'expr' is a text");
        }
        ExpressionScope scope = ExpressionScope.EMPTY.withParameters(parameters(request.path("parameters")));
        Expression expression = ExpressionBinder.bind(request.get("expr").stringValue(), scope);
        try (RowCursor rows = session.query(
            new Project(Values.ONE_ROW, List.of(new NamedExpression("value", expression))), Execution.UNWATCHED)) {
            rows.next();
            ObjectNode answer = JSON.createObjectNode();
            answer.set("value", ValueJson.of(rows.value(0), expression.type()));
            return answer.put("type", FlowTypes.name(expression.type()));
        } catch (LazuliException ofValues) {
            boolean placed = ofValues.place().line() > 0 || ofValues.code().category() != ErrorCode.Category.USER;
            throw placed ? ofValues : new LazuliException(ofValues.code(), Place.at(1, 1), ofValues.getMessage(), ofValues);
        }
    }

    private static Map<String, Expression> parameters(JsonNode values) {
        Map<String, Expression> parameters = new LinkedHashMap<>();
        values.forEachEntry((name, value) -> parameters.put(name, parameter(name, value)));
        return parameters;
    }

    private static Expression parameter(String name, JsonNode value) {
        if (value.isArray()) {
            List<Expression> elements = new ArrayList<>();
            value.forEach(element -> elements.add(parameter(name, element)));
            return ArrayFunctions.of(elements);
        }
        if (value.isObject()) {
            throw failure(INVALID_ARGUMENT, "Parameter '%s' is an object; parameters are texts, numbers, truth values and arrays", name);
        }
        if (value.isNumber()) {
            return value.isInt() ? Literal.int32(value.intValue()) : value.isLong() ? Literal.int64(value.longValue())
                : new Literal(value.doubleValue(), ScalarType.FLOAT64);
        }
        return value.isBoolean() ? new Literal(value.booleanValue(), ScalarType.BOOLEAN)
            : value.isNull() ? Literal.NULL : Literal.string(value.stringValue());
    }

    private static JsonNode error(ErrorCode code, Place place, String message) {
        ObjectNode answer = JSON.createObjectNode();
        answer.putObject("error").put("code", code.name()).put("message", message).put("line", place.line()).put("column", place.column());
        return answer;
    }

    @Override
    public void close() {
        session.close();
        engine.close();
        home.close();
    }
}
