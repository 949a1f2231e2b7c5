package io.lazuli.datafactory.trigger;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.datafactory.run.RunRequest;
import io.lazuli.datafactory.run.Times;
import io.lazuli.datafactory.workspace.Reference;
import io.lazuli.datafactory.workspace.Trigger;
import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.Place;
import io.lazuli.languages.pipeline.Scope;
import io.lazuli.languages.pipeline.TemplateEvaluator;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * One firing of a trigger: what its expressions and its pipelines see.
 *
 * @param scope what {@code trigger()} gives
 * @param body what {@code triggerBody()} gives, null when there is no event
 */
public record TriggerFiring(Trigger trigger, Instant time, ObjectNode scope, JsonNode body) {
    /** A schedule or tumbling window trigger at a time; {@code INVALID_ARGUMENT} when it does not fire then. */
    public static TriggerFiring at(Trigger trigger, Instant time) {
        return switch (trigger.type()) {
            case "ScheduleTrigger" -> scheduled(trigger, time);
            case "TumblingWindowTrigger" -> window(trigger, time);
            case "BlobEventsTrigger", "CustomEventsTrigger" -> throw failure(CommonError.INVALID_ARGUMENT, trigger.place(),
                "The trigger '%s' fires on events, not at times; use %s", trigger.name(),
                trigger.type().startsWith("Blob") ? "--blob CONTAINER/PATH" : "--event JSON");
            default -> throw unsupported(trigger);
        };
    }

    private static RuntimeException unsupported(Trigger trigger) {
        return failure(CommonError.NOT_SUPPORTED, trigger.place(), "Triggers of type %s are not run", trigger.type());
    }

    static Place properties(Trigger trigger) {
        return trigger.place().member("properties").member("typeProperties");
    }

    static Recurrence recurrence(Trigger trigger) {
        return new RecurrenceReader(trigger.typeProperties().path("recurrence"), properties(trigger).member("recurrence")).read();
    }

    private static TriggerFiring scheduled(Trigger trigger, Instant time) {
        Recurrence recurrence = recurrence(trigger);
        if (!recurrence.firesAt(time)) {
            throw failure(CommonError.INVALID_ARGUMENT, trigger.place(),
                "The trigger '%s' does not fire at %s; before that it fires at %s, then at %s",
                trigger.name(), time, recurrence.previous(time).map(Instant::toString).orElse("no time"),
                recurrence.next(time).map(Instant::toString).orElse("no time"));
        }
        return new TriggerFiring(trigger, time, times(trigger, time), null);
    }

    private static TriggerFiring window(Trigger trigger, Instant time) {
        TumblingWindow windows = TumblingWindow.read(trigger.typeProperties(), properties(trigger));
        TumblingWindow.Window window = windows.at(time);
        ObjectNode scope = times(trigger, window.end().plus(windows.delay()));
        scope.putObject("outputs").put("windowStartTime", Times.iso(window.start())).put("windowEndTime", Times.iso(window.end()));
        return new TriggerFiring(trigger, time, scope, null);
    }

    private static ObjectNode times(Trigger trigger, Instant time) {
        return JsonNodeFactory.instance.objectNode()
            .put("name", trigger.name()).put("scheduledTime", Times.iso(time)).put("startTime", Times.iso(time));
    }

    /** A storage event: {@code blob} is {@code CONTAINER/PATH}; {@code INVALID_ARGUMENT} when a filter refuses it. */
    public static TriggerFiring blob(Trigger trigger, String blob, Instant time) {
        if (!trigger.type().equals("BlobEventsTrigger")) {
            throw failure(CommonError.INVALID_ARGUMENT, trigger.place(), "The trigger '%s' is a %s and does not fire on blobs",
                trigger.name(), trigger.type());
        }
        String path = blob.replaceFirst("^/", "");
        int container = path.indexOf('/');
        if (container <= 0 || path.endsWith("/")) {
            throw failure(CommonError.INVALID_ARGUMENT, "A blob is named CONTAINER/PATH, not '%s'", blob);
        }
        String full = "/" + path.substring(0, container) + "/blobs" + path.substring(container);
        JsonNode filters = trigger.typeProperties();
        filter(trigger, "blobPathBeginsWith", full, filters.path("blobPathBeginsWith").asString(""), true);
        filter(trigger, "blobPathEndsWith", full, filters.path("blobPathEndsWith").asString(""), false);
        ObjectNode body = JsonNodeFactory.instance.objectNode()
            .put("folderPath", path.substring(0, path.lastIndexOf('/'))).put("fileName", path.substring(path.lastIndexOf('/') + 1));
        return event(trigger, time, body);
    }

    private static void filter(Trigger trigger, String name, String text, String wanted, boolean begins) {
        String slashed = begins && !wanted.isEmpty() && !wanted.startsWith("/") ? "/" + wanted : wanted;
        if (!(begins ? text.startsWith(slashed) : text.endsWith(slashed))) {
            throw failure(CommonError.INVALID_ARGUMENT, properties(trigger).member(name),
                "The trigger '%s' does not fire for '%s': it asks for '%s'", trigger.name(), text, wanted);
        }
    }

    /** A custom event, in Event Grid's form: {@code {"eventType", "subject", "data"}}. */
    public static TriggerFiring custom(Trigger trigger, ObjectNode event, Instant time) {
        if (!trigger.type().equals("CustomEventsTrigger")) {
            throw failure(CommonError.INVALID_ARGUMENT, trigger.place(), "The trigger '%s' is a %s and does not fire on events",
                trigger.name(), trigger.type());
        }
        JsonNode filters = trigger.typeProperties();
        String subject = event.path("subject").asString("");
        filter(trigger, "subjectEndsWith", subject, filters.path("subjectEndsWith").asString(""), false);
        String begins = filters.path("subjectBeginsWith").asString("");
        String type = event.path("eventType").asString("");
        boolean known = filters.path("events").isEmpty()
            || filters.path("events").valueStream().anyMatch(wanted -> wanted.asString("").equals(type));
        if (!subject.startsWith(begins) || !known) {
            throw failure(CommonError.INVALID_ARGUMENT, trigger.place(),
                "The trigger '%s' does not fire for an event of type '%s' with the subject '%s'", trigger.name(), type, subject);
        }
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.set("event", event);
        return event(trigger, time, body);
    }

    private static TriggerFiring event(Trigger trigger, Instant time, ObjectNode body) {
        ObjectNode scope = times(trigger, time);
        scope.putObject("outputs").set("body", body);
        return new TriggerFiring(trigger, time, scope, body);
    }

    /** When a trigger fires next, empty when it does not fire at times or no more. */
    public static Optional<Instant> next(Trigger trigger, Instant after) {
        return switch (trigger.type()) {
            case "ScheduleTrigger" -> recurrence(trigger).next(after);
            case "TumblingWindowTrigger" -> TumblingWindow.read(trigger.typeProperties(), properties(trigger)).next(after);
            default -> Optional.empty();
        };
    }

    /** The runs that the firing starts, with their parameters evaluated. */
    public List<RunRequest> runs(Instant now) {
        String id = UUID.randomUUID().toString();
        return trigger.pipelines().stream().map(reference -> run(reference, id, UUID.randomUUID().toString(), now)).toList();
    }

    /** The run of one of the trigger's pipelines that a firing starts; for the same firing, pipeline and attempt it has the same id. */
    RunRequest run(String firing, int pipeline, int attempt, Instant now) {
        UUID runId = UUID.nameUUIDFromBytes((firing + "/" + pipeline + "/" + attempt).getBytes(StandardCharsets.UTF_8));
        return run(trigger.pipelines().get(pipeline), firing, runId.toString(), now);
    }

    private RunRequest run(Reference reference, String id, String runId, Instant now) {
        ObjectNode parameters = (ObjectNode) TemplateEvaluator.evaluate(
            reference.parameters(), new FiringScope(this, now), reference.place().member("parameters"));
        return new RunRequest(runId, reference.name(), parameters,
            new RunRequest.TriggeredBy(trigger.type(), id, trigger.name(), time, scope, body), runId, null, null);
    }

    /** What a trigger's own expressions see. */
    private record FiringScope(TriggerFiring firing, Instant now) implements Scope {
        @Override
        public JsonNode trigger() {
            return firing.scope;
        }

        @Override
        public JsonNode triggerBody() {
            return firing.body == null ? Scope.super.triggerBody() : firing.body;
        }
    }
}
