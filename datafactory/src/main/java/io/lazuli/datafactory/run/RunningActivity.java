package io.lazuli.datafactory.run;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.engine.Execution;
import io.lazuli.datafactory.DataFactoryError;
import io.lazuli.datafactory.activity.ActivityContext;
import io.lazuli.datafactory.activity.ActivityFailure;
import io.lazuli.datafactory.activity.Orchestration;
import io.lazuli.datafactory.activity.Services;
import io.lazuli.datafactory.connector.DatasetResolver;
import io.lazuli.datafactory.connector.LinkedServiceResolver;
import io.lazuli.datafactory.connector.ResolvedDataset;
import io.lazuli.datafactory.connector.ResolvedLinkedService;
import io.lazuli.datafactory.workspace.ActivityDefinition;
import io.lazuli.datafactory.workspace.Parameter;
import io.lazuli.datafactory.workspace.Reference;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** One attempt of one activity, as the activity sees it. */
final class RunningActivity implements ActivityContext, Orchestration {
    private final PipelineRun run;
    private final ActivityDefinition definition;
    private final String key;
    private final String activityRunId;
    private final int attempt;
    private final ObjectNode input;
    private final Results results;
    private final JsonNode item;
    private final ArrayNode changes = JsonNodeFactory.instance.arrayNode();
    private ObjectNode returnValues;
    private Cancellation cancellation;

    RunningActivity(PipelineRun run, ActivityDefinition definition, String key, String activityRunId, int attempt, ObjectNode input,
            Results outer, JsonNode item) {
        this.run = run;
        this.definition = definition;
        this.key = key;
        this.activityRunId = activityRunId;
        this.attempt = attempt;
        this.input = input;
        this.results = new Results(outer);
        this.item = item;
    }

    void bind(Cancellation own) {
        cancellation = own;
    }

    @Override
    public ActivityDefinition definition() {
        return definition;
    }

    @Override
    public ObjectNode properties() {
        return input;
    }

    @Override
    public JsonNode evaluate(JsonNode template) {
        return evaluate(template, item);
    }

    @Override
    public JsonNode evaluate(JsonNode template, JsonNode currentItem) {
        return Templates.evaluate(template, scope(currentItem), definition.place().member("typeProperties"));
    }

    private PipelineScope scope(JsonNode currentItem) {
        return new PipelineScope(run, results, currentItem);
    }

    @Override
    public Services services() {
        return run.services();
    }

    @Override
    public ResolvedDataset dataset(Reference reference) {
        return new DatasetResolver(run.services().workspace(), run.services().configuration()).resolve(reference, scope(item));
    }

    @Override
    public ResolvedLinkedService linkedService(Reference reference) {
        return new LinkedServiceResolver(run.services().workspace(), run.services().configuration()).resolve(reference, scope(item));
    }

    @Override
    public ResolvedDataset input(int index) {
        return referenced("inputs", index);
    }

    @Override
    public ResolvedDataset output(int index) {
        return referenced("outputs", index);
    }

    private ResolvedDataset referenced(String list, int index) {
        JsonNode reference = definition.json().path(list).path(index);
        if (reference.isMissingNode()) {
            throw failure(DataFactoryError.MISSING_PROPERTY, definition.place().member(list), "The activity has no dataset in '%s'", list);
        }
        ObjectNode parameters = reference.get("parameters") instanceof ObjectNode given ? given : JsonNodeFactory.instance.objectNode();
        return dataset(new Reference(reference.path("referenceName").asString(""), "DatasetReference", parameters,
            definition.place().member(list).element(index)));
    }

    @Override
    public String activityRunId() {
        return activityRunId;
    }

    @Override
    public ObjectNode once(String step, Supplier<ObjectNode> work) {
        Optional<JsonNode> before = run.record().step(activityRunId, step);
        if (before.isPresent()) {
            return (ObjectNode) before.get();
        }
        ObjectNode result = work.get();
        run.append(JournalEvents.stepDone(run.now(), activityRunId, step, result));
        return result;
    }

    @Override
    public Execution execution() {
        return new Execution() {
            @Override
            public void progress(long rows, long bytes) {
                run.runner().listener().activityProgress(run.request().runId(), key, rows, bytes);
            }

            @Override
            public void onCancel(Runnable action) {
                cancellation.onCancel(action);
            }
        };
    }

    @Override
    public Orchestration orchestration() {
        return this;
    }

    @Override
    public String pipeline() {
        return run.pipeline().name();
    }

    @Override
    public void runActivities(List<ActivityDefinition> activities, String iteration, JsonNode iterationItem) throws InterruptedException {
        Results inner = new Results(results);
        String prefix = key + "/" + (iteration.isEmpty() ? "" : iteration + "/");
        Map<String, ActivityResult> ends = run.runList(
            activities, prefix, inner, iterationItem == null ? item : iterationItem, cancellation);
        if (iterationItem == null) {
            // Only where rounds follow each other: one ForEach iteration must not see another's activities.
            results.addAll(inner);
        }
        if (cancellation.cancelled()) {
            throw new InterruptedException();
        }
        Optional<ActivityResult> failed = LeafStatus.failure(activities, ends);
        if (failed.isPresent()) {
            throw new ActivityFailure("ActionFailed", "Activity failed because an inner activity failed; Inner activity name: "
                + failed.get().name() + ", Error: " + failed.get().message());
        }
    }

    @Override
    public JsonNode variable(String name) {
        return run.variable(name);
    }

    @Override
    public void setVariable(String name, JsonNode value) {
        Parameter variable = run.declaredVariable(name);
        VariableType.check(variable, value);
        change(variable, "set", value);
    }

    @Override
    public void appendVariable(String name, JsonNode element) {
        Parameter variable = run.declaredVariable(name);
        VariableType.checkArray(variable);
        change(variable, "append", element);
    }

    private void change(Parameter variable, String kind, JsonNode value) {
        Policy policy = Policy.of(definition, scope(item));
        boolean secure = policy.secureInput() || policy.secureOutput();
        changes.addObject().put("name", variable.name()).set(kind, secure ? run.concealment().conceal(value) : value);
    }

    @Override
    public void setReturnValue(String name, JsonNode value) {
        if (returnValues == null) {
            returnValues = JsonNodeFactory.instance.objectNode();
        }
        returnValues.set(name, value);
    }

    @Override
    public ObjectNode runPipeline(String pipeline, ObjectNode parameters, boolean wait) throws InterruptedException {
        return run.runner().runChild(run, this, pipeline, parameters, wait);
    }

    int attempt() {
        return attempt;
    }

    Cancellation cancellation() {
        return cancellation;
    }

    ArrayNode changes() {
        return changes;
    }

    ObjectNode returnValues() {
        return returnValues;
    }
}
