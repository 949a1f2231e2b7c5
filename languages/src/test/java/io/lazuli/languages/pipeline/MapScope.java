package io.lazuli.languages.pipeline;

import java.time.Instant;
import java.util.Random;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A scope for tests: a JSON object whose properties are what the functions answer; the random numbers are always the same. */
record MapScope(Instant now, JsonNode values) implements Scope {
    static final JsonMapper JSON = JsonMapper.shared();

    static MapScope of(String json) {
        return new MapScope(Instant.parse("2018-04-15T13:00:00Z"), JSON.readTree(json));
    }

    @Override
    public JsonNode pipeline() {
        return values.has("pipeline") ? values.get("pipeline") : Scope.super.pipeline();
    }

    @Override
    public JsonNode activity(String name) {
        JsonNode activity = Members.find(values.path("activities"), name);
        return activity == null ? Scope.super.activity(name) : activity;
    }

    @Override
    public JsonNode variable(String name) {
        JsonNode variable = Members.find(values.path("variables"), name);
        return variable == null ? Scope.super.variable(name) : variable;
    }

    @Override
    public JsonNode item() {
        return values.has("item") ? values.get("item") : Scope.super.item();
    }

    @Override
    public JsonNode dataset() {
        return values.has("dataset") ? values.get("dataset") : Scope.super.dataset();
    }

    @Override
    public JsonNode linkedService() {
        return values.has("linkedService") ? values.get("linkedService") : Scope.super.linkedService();
    }

    @Override
    public JsonNode trigger() {
        return values.has("trigger") ? values.get("trigger") : Scope.super.trigger();
    }

    @Override
    public JsonNode libraryVariables() {
        return values.has("libraryVariables") ? values.get("libraryVariables") : Scope.super.libraryVariables();
    }

    @Override
    public RandomGenerator random() {
        return new Random(1);
    }
}
