package io.lazuli.cli;

import static io.lazuli.foundation.CommonError.INVALID_ARGUMENT;
import static io.lazuli.foundation.LazuliException.failure;
import static io.lazuli.languages.pipeline.function.ExpressionError.ACTIVITY_NOT_FOUND;
import static io.lazuli.languages.pipeline.function.ExpressionError.VARIABLE_NOT_FOUND;

import io.lazuli.foundation.ErrorCode;
import io.lazuli.foundation.NearestName;
import io.lazuli.languages.pipeline.Scope;
import io.lazuli.languages.pipeline.dotnet.DateParser;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What an expression of {@code lazuli eval} can see: what the request gives, and nothing else. */
record RequestScope(Instant now, JsonNode request, JsonNode pipeline) implements Scope {

    static RequestScope of(JsonNode request) {
        ObjectNode pipeline = JsonMapper.shared().createObjectNode();
        request.path("pipeline").properties().forEach(property -> pipeline.set(property.getKey(), property.getValue()));
        for (String group : new String[] {"parameters", "globalParameters", "libraryVariables"}) {
            if (request.has(group) || !pipeline.has(group)) {
                pipeline.set(group, request.has(group) ? request.get(group) : JsonMapper.shared().createObjectNode());
            }
        }
        return new RequestScope(now(request.path("now")), request, pipeline);
    }

    private static Instant now(JsonNode now) {
        if (now.isMissingNode() || now.isNull()) {
            return Instant.now();
        }
        try {
            return DateParser.parse(now.asString(), LocalDate.now(ZoneOffset.UTC)).time().toInstant(ZoneOffset.UTC);
        } catch (DateTimeException wrong) {
            throw failure(INVALID_ARGUMENT, "'now' needs a date such as '2018-03-15T13:00:00Z', not '%s': %s", now.asString(),
                wrong.getMessage());
        }
    }

    @Override
    public JsonNode activity(String name) {
        return named("activities", name, ACTIVITY_NOT_FOUND, "activity");
    }

    @Override
    public JsonNode variable(String name) {
        return named("variables", name, VARIABLE_NOT_FOUND, "variable");
    }

    private JsonNode named(String group, String name, ErrorCode code, String description) {
        JsonNode members = request.path(group);
        for (Map.Entry<String, JsonNode> member : members.properties()) {
            if (member.getKey().equalsIgnoreCase(name)) {
                return member.getValue();
            }
        }
        throw failure(code, "There is no %s '%s'%s", description, name, NearestName.hint(name, members.propertyNames()));
    }

    @Override
    public JsonNode item() {
        return request.has("item") ? request.get("item") : Scope.super.item();
    }

    @Override
    public JsonNode dataset() {
        return request.has("dataset") ? request.get("dataset") : Scope.super.dataset();
    }

    @Override
    public JsonNode linkedService() {
        return request.has("linkedService") ? request.get("linkedService") : Scope.super.linkedService();
    }

    @Override
    public JsonNode trigger() {
        return request.has("trigger") ? request.get("trigger") : Scope.super.trigger();
    }

    @Override
    public JsonNode triggerBody() {
        return request.has("triggerBody") ? request.get("triggerBody") : Scope.super.triggerBody();
    }
}
