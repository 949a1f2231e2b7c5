package io.lazuli.datafactory.run;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a journal tells of a run: the events folded together. A running run keeps one that grows with its journal; others read it from the
 * file. Secure values are concealed in it. Safe for several threads.
 */
public final class RunRecord {
    private RunRequest request;
    private String fingerprint;
    private ProcessIdentity process;
    private Instant startedAt;
    private Instant endedAt;
    private RunStatus ended;
    private String message = "";
    private final Map<String, ActivityRecord> activities = new LinkedHashMap<>();
    private final Map<String, JsonNode> steps = new HashMap<>();
    private final Map<String, JsonNode> variables = new LinkedHashMap<>();
    private final ObjectNode returnValues = JsonNodeFactory.instance.objectNode();
    private final List<ObjectNode> carried = new ArrayList<>();

    static RunRecord read(Path file, JsonMapper mapper) {
        RunRecord record = new RunRecord();
        Journal.read(file, mapper, record::apply);
        return record;
    }

    synchronized void apply(ObjectNode event) {
        switch (event.path("event").asString("")) {
            case "RunCreated" -> created(event);
            case "RunResumed" -> process = ProcessIdentity.of(event.path("process"));
            case "ActivityStarted" -> activities.merge(key(event), ActivityRecord.started(event), ActivityRecord::attempted);
            case "StepDone" -> steps.put(event.path("activityRunId").asString() + " " + event.path("step").asString(), event.get("result"));
            case "ActivityEnded" -> activityEnded(event);
            case "RunEnded" -> {
                ended = RunStatus.of(event.path("status").asString());
                message = event.path("message").asString("");
                endedAt = time(event);
            }
            default -> throw new IllegalStateException("Unknown event in a journal: " + event);
        }
    }

    private void created(ObjectNode event) {
        startedAt = time(event);
        fingerprint = event.path("fingerprint").asString();
        process = ProcessIdentity.of(event.path("process"));
        request = new RunRequest(event.path("runId").asString(), event.path("pipeline").asString(), (ObjectNode) event.get("parameters"),
            RunRequest.TriggeredBy.of(event.path("trigger")), event.path("groupId").asString(), RunRequest.Parent.of(event.get("parent")),
            event.path("rerunOf").asString(null));
    }

    private void activityEnded(ObjectNode event) {
        ActivityRecord before = activities.get(key(event));
        activities.put(key(event), ActivityRecord.ended(event, before));
        carried.add(event);
        for (JsonNode change : event.path("changes")) {
            String name = change.path("name").asString();
            if (change.has("append")) {
                ArrayNode grown = JsonNodeFactory.instance.arrayNode();
                if (variables.get(name) instanceof ArrayNode elements) {
                    grown.addAll(elements);
                }
                variables.put(name, grown.add(change.get("append")));
            } else {
                variables.put(name, change.get("set"));
            }
        }
        if (event.get("returnValues") instanceof ObjectNode values) {
            returnValues.setAll(values);
        }
    }

    private static String key(ObjectNode event) {
        return event.path("key").asString();
    }

    private static Instant time(ObjectNode event) {
        return Instant.parse(event.path("time").asString());
    }

    public synchronized RunRequest request() {
        return request;
    }

    /** Whether the journal got as far as saying what was to run. */
    synchronized boolean created() {
        return request != null;
    }

    synchronized String fingerprint() {
        return fingerprint;
    }

    synchronized ProcessIdentity process() {
        return process;
    }

    public synchronized Instant startedAt() {
        return startedAt;
    }

    /** Empty while the run has not ended. */
    public synchronized Optional<Instant> endedAt() {
        return Optional.ofNullable(endedAt);
    }

    /** Why the run failed, empty when it did not. */
    public synchronized String message() {
        return message;
    }

    public synchronized RunStatus status() {
        if (ended != null) {
            return ended;
        }
        return process.alive() ? RunStatus.IN_PROGRESS : RunStatus.INTERRUPTED;
    }

    /** The activity runs in the order in which they started, inner ones included. */
    public synchronized List<ActivityRecord> activities() {
        return List.copyOf(activities.values());
    }

    synchronized Optional<ActivityRecord> activity(String key) {
        return Optional.ofNullable(activities.get(key));
    }

    synchronized Optional<JsonNode> step(String activityRunId, String step) {
        return Optional.ofNullable(steps.get(activityRunId + " " + step));
    }

    synchronized Optional<JsonNode> variable(String name) {
        return Optional.ofNullable(variables.get(name));
    }

    synchronized void initialVariable(String name, JsonNode value) {
        variables.putIfAbsent(name, value);
    }

    /** What the run returns to a calling pipeline; a copy. */
    public synchronized ObjectNode returnValues() {
        return returnValues.deepCopy();
    }

    /** The parameters as they may be shown. */
    public synchronized JsonNode shownParameters() {
        return Concealment.mask(request.parameters());
    }

    /** The return values as they may be shown. */
    public synchronized JsonNode shownReturnValues() {
        return Concealment.mask(returnValues());
    }

    /** The ends of activities as they were journalled. */
    synchronized List<ObjectNode> endEvents() {
        return List.copyOf(carried);
    }
}
