package io.lazuli.cli;

import static io.lazuli.foundation.CommonError.INTERNAL_ERROR;
import static io.lazuli.foundation.CommonError.INVALID_ARGUMENT;
import static io.lazuli.foundation.CommonError.SYNTAX_ERROR;
import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.foundation.ErrorCode;
import io.lazuli.foundation.LazuliException;
import io.lazuli.foundation.Place;
import io.lazuli.languages.pipeline.PipelineExpression;
import io.lazuli.languages.pipeline.TemplateEvaluator;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * One request of {@code lazuli eval --batch}: an expression and what it can see.
 *
 * <p>Every request gets an answer: {@code {"value": …}}, or {@code {"error": {"code", "message", "line", "column"}}} with the position
 * within the expression, or within the request when that is no JSON.
 */
final class EvaluationRequest {
    private static final JsonMapper JSON = JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

    private EvaluationRequest() {
    }

    /** The answer to a line of text. */
    static JsonNode answer(String line) {
        try {
            return answer(JSON.readTree(line));
        } catch (JacksonException notJson) {
            TokenStreamLocation location = notJson.getLocation();
            Place place = location == null ? Place.UNKNOWN : Place.at(Math.max(1, location.getLineNr()), Math.max(1,
                location.getColumnNr()));
            return error(SYNTAX_ERROR, place, "The line is not a JSON object: " + notJson.getOriginalMessage());
        }
    }

    /** The answer to a request, whatever happens. */
    static JsonNode answer(JsonNode request) {
        try {
            return JSON.createObjectNode().set("value", evaluate(request));
        } catch (LazuliException wrong) {
            return error(wrong.code(), wrong.place(), wrong.getMessage());
        } catch (RuntimeException | StackOverflowError defect) {
            LoggerFactory.getLogger(EvaluationRequest.class).error("The request {} failed", request, defect);
            return error(INTERNAL_ERROR, Place.UNKNOWN, defect.toString());
        }
    }

    /** The value of the request's expression; {@code expr} may also be an object or array with expressions in it. */
    static JsonNode evaluate(JsonNode request) {
        if (!request.isObject() || !request.has("expr")) {
            throw failure(INVALID_ARGUMENT, "A request is a JSON object with the property 'expr'");
        }
        JsonNode expression = request.get("expr");
        RequestScope scope = RequestScope.of(request);
        return expression.isString()
            ? PipelineExpression.parse(expression.stringValue()).evaluate(scope)
            : TemplateEvaluator.evaluate(expression, scope);
    }

    private static JsonNode error(ErrorCode code, Place place, String message) {
        ObjectNode answer = JSON.createObjectNode();
        answer.putObject("error").put("code", code.name()).put("message", message).put("line", place.line()).put("column", place.column());
        return answer;
    }
}
