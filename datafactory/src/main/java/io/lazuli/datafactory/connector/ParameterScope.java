package io.lazuli.datafactory.connector;

import io.lazuli.languages.pipeline.Scope;
import java.time.Instant;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What expressions in a dataset or linked service see: their parameters, and what the activity that uses them sees. */
final class ParameterScope implements Scope {
    private final Scope caller;
    private final ObjectNode dataset;
    private final ObjectNode linkedService;

    private ParameterScope(Scope caller, ObjectNode dataset, ObjectNode linkedService) {
        this.caller = caller;
        this.dataset = dataset;
        this.linkedService = linkedService;
    }

    static ParameterScope ofDataset(Scope caller, ObjectNode parameters) {
        return new ParameterScope(caller, parameters, null);
    }

    static ParameterScope ofLinkedService(Scope caller, ObjectNode parameters) {
        return new ParameterScope(caller, null, parameters);
    }

    @Override
    public Instant now() {
        return caller.now();
    }

    @Override
    public RandomGenerator random() {
        return caller.random();
    }

    @Override
    public JsonNode pipeline() {
        return caller.pipeline();
    }

    @Override
    public JsonNode activity(String name) {
        return caller.activity(name);
    }

    @Override
    public JsonNode variable(String name) {
        return caller.variable(name);
    }

    @Override
    public JsonNode item() {
        return caller.item();
    }

    @Override
    public JsonNode dataset() {
        return dataset == null ? Scope.super.dataset() : dataset;
    }

    @Override
    public JsonNode linkedService() {
        return linkedService == null ? Scope.super.linkedService() : linkedService;
    }
}
