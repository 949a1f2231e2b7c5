package io.lazuli.datafactory.run;

import io.lazuli.languages.pipeline.Scope;
import java.time.Instant;
import tools.jackson.databind.JsonNode;

/** What the expressions of an activity see: the run, the activities that ended before, and the item of the loop around it. */
final class PipelineScope implements Scope {
    private final PipelineRun run;
    private final Results results;
    private final JsonNode item;

    PipelineScope(PipelineRun run, Results results, JsonNode item) {
        this.run = run;
        this.results = results;
        this.item = item;
    }

    @Override
    public Instant now() {
        return run.services().clock().instant();
    }

    @Override
    public JsonNode pipeline() {
        return run.systemVariables();
    }

    @Override
    public JsonNode activity(String name) {
        ActivityResult result = results.find(name);
        return result == null ? Scope.super.activity(name) : result.toJson();
    }

    @Override
    public JsonNode variable(String name) {
        return run.variable(name);
    }

    @Override
    public JsonNode item() {
        return item == null ? Scope.super.item() : item;
    }

    @Override
    public JsonNode trigger() {
        JsonNode scope = run.request().trigger().scope();
        return scope == null ? Scope.super.trigger() : scope;
    }

    @Override
    public JsonNode triggerBody() {
        JsonNode body = run.request().trigger().body();
        return body == null ? Scope.super.triggerBody() : body;
    }
}
