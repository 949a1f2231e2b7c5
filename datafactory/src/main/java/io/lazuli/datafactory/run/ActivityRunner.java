package io.lazuli.datafactory.run;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.datafactory.DataFactoryError;
import io.lazuli.datafactory.activity.Activity;
import io.lazuli.datafactory.activity.ActivityFailure;
import io.lazuli.datafactory.activity.ActivityType;
import io.lazuli.datafactory.workspace.ActivityDefinition;
import io.lazuli.foundation.LazuliException;
import io.lazuli.foundation.NearestName;
import io.lazuli.languages.pipeline.TemplateEvaluator;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Runs the single activities of one list: what its policy says of attempts, time and secrets, and what the journal has to hold. */
final class ActivityRunner {
    private static final Duration STANDARD_TIMEOUT = Duration.ofHours(12);

    private final PipelineRun run;
    private final String prefix;
    private final Results results;
    private final JsonNode item;
    private final Cancellation cancellation;

    ActivityRunner(PipelineRun run, String prefix, Results results, JsonNode item, Cancellation cancellation) {
        this.run = run;
        this.prefix = prefix;
        this.results = results;
        this.item = item;
        this.cancellation = cancellation;
    }

    private String key(ActivityDefinition definition) {
        return prefix + definition.name();
    }

    private String activityRunId(ActivityDefinition definition) {
        return UUID.nameUUIDFromBytes((run.request().runId() + "/" + key(definition)).getBytes(StandardCharsets.UTF_8)).toString();
    }

    ActivityResult skip(ActivityDefinition definition) {
        Optional<ActivityResult> before = restored(definition);
        if (before.isPresent()) {
            return before.get();
        }
        ActivityResult skipped = ActivityResult.skipped(definition, activityRunId(definition), run.now());
        return cancellation.cancelled() ? skipped : ended(definition, skipped, null, false);
    }

    ActivityResult run(ActivityDefinition definition) {
        Optional<ActivityResult> before = restored(definition);
        if (before.isPresent()) {
            return before.get();
        }
        Instant started = run.now();
        if (cancellation.cancelled()) {
            return new ActivityResult(definition.name(), definition.type(), activityRunId(definition), ActivityStatus.CANCELLED, false,
                null, cancelledError(definition), started, started);
        }
        if (definition.inactive()) {
            return ended(definition, inactive(definition, started), null, false);
        }
        return active(definition, started);
    }

    private Optional<ActivityResult> restored(ActivityDefinition definition) {
        Optional<ActivityRecord> before = run.record().activity(key(definition)).filter(record -> record.status() != null);
        return before.map(record -> {
            ActivityResult result = record.result(run.concealment());
            results.add(result);
            run.runner().listener().activityEnded(run.request().runId(), record, true);
            return result;
        });
    }

    private ActivityResult inactive(ActivityDefinition definition, Instant now) {
        ActivityStatus status = ActivityStatus.of(definition.onInactiveMarkAs());
        return new ActivityResult(definition.name(), definition.type(), activityRunId(definition), status, true, null, null, now, now);
    }

    private ActivityResult active(ActivityDefinition definition, Instant started) {
        RunningActivity context = null;
        Policy policy = Policy.NONE;
        try {
            PipelineScope scope = new PipelineScope(run, results, item);
            policy = Policy.of(definition, scope);
            ActivityType type = run.runner().activityType(definition);
            Optional<ActivityRecord> before = run.record().activity(key(definition));
            ObjectNode input = before.isPresent() ? (ObjectNode) run.concealment().reveal(before.get().input())
                : Templates.input(type, definition, scope);
            JsonNode shown = policy.secureInput() ? run.concealment().conceal(input) : run.concealment().concealSecureStrings(input);
            JsonNode userProperties = TemplateEvaluator.evaluate(
                definition.json().path("userProperties"), scope, definition.place().member("userProperties"));
            int attempt = before.map(ActivityRecord::attempts).orElse(1);
            Duration timeout = policy.timeout() != null ? policy.timeout() : type.control() ? null : STANDARD_TIMEOUT;
            Activity activity = type.create(definition);
            while (true) {
                run.append(JournalEvents.activityStarted(run.now(), key(definition), activityRunId(definition), definition.name(),
                    definition.type(), attempt, shown, userProperties));
                run.runner().listener().activityStarted(run.request().runId(), key(definition), definition.type(), attempt);
                context = new RunningActivity(run, definition, key(definition), activityRunId(definition), attempt, input, results, item);
                ActivityResult result = attempt(definition, activity, context, timeout, started);
                if (result.status() != ActivityStatus.FAILED || attempt > policy.retries() || !waitForRetry(policy.interval())) {
                    return ended(definition, result, context, policy.secureOutput());
                }
                attempt++;
            }
        } catch (ActivityFailure | LazuliException problem) {
            // The properties cannot be evaluated, or there is no such type: nothing that another attempt would change.
            ActivityResult failed = failed(definition, problem, started);
            return ended(definition, failed, context, policy.secureOutput());
        }
    }

    private boolean waitForRetry(Duration interval) {
        CountDownLatch cancelled = new CountDownLatch(1);
        try (Cancellation waiting = cancellation.child()) {
            waiting.onCancel(cancelled::countDown);
            return !cancelled.await(interval.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private ActivityResult attempt(
            ActivityDefinition definition, Activity activity, RunningActivity context, Duration timeout, Instant started) {
        try (Cancellation own = cancellation.child()) {
            context.bind(own);
            Attempt attempt = Attempt.run(definition.name(), () -> activity.run(context), own, timeout);
            Instant now = run.now();
            if (attempt.failure() == null) {
                return new ActivityResult(definition.name(), definition.type(), context.activityRunId(), ActivityStatus.SUCCEEDED,
                    false, attempt.output(), null, started, now);
            }
            Optional<Cancellation.Reason> reason = own.reason();
            if (reason.equals(Optional.of(Cancellation.Reason.CANCELLED))) {
                return new ActivityResult(definition.name(), definition.type(), context.activityRunId(), ActivityStatus.CANCELLED, false,
                    null, cancelledError(definition), started, now);
            }
            return reason.isEmpty() ? failed(definition, attempt.failure(), started)
                : failed(definition, new ActivityFailure("ActivityTimeout",
                    "The activity was not done within its time-out of " + Times.timeSpan(timeout)), started);
        }
    }

    private ActivityResult failed(ActivityDefinition definition, Throwable problem, Instant started) {
        ObjectNode output = problem instanceof ActivityFailure known ? known.output() : null;
        return new ActivityResult(definition.name(), definition.type(), activityRunId(definition), ActivityStatus.FAILED, false, output,
            Templates.error(definition, problem), started, run.now());
    }

    private static ObjectNode cancelledError(ActivityDefinition definition) {
        return Templates.error(definition, "Cancelled", "The activity was cancelled", "UserError");
    }

    /** Journals the end; what an activity did to variables counts only when it succeeded. */
    private ActivityResult ended(ActivityDefinition definition, ActivityResult result, RunningActivity context, boolean secureOutput) {
        boolean succeeded = context != null && result.status() == ActivityStatus.SUCCEEDED;
        JsonNode output = result.output();
        if (output != null) {
            output = secureOutput ? run.concealment().conceal(output) : run.concealment().concealSecureStrings(output);
        }
        run.append(JournalEvents.activityEnded(run.now(), key(definition), result, output,
            succeeded ? context.changes() : null, succeeded ? context.returnValues() : null));
        results.add(result);
        run.record().activity(key(definition))
            .ifPresent(record -> run.runner().listener().activityEnded(run.request().runId(), record, false));
        return result;
    }

    /** The type of an activity, by its name. */
    static ActivityType type(Map<String, ActivityType> types, ActivityDefinition definition) {
        ActivityType type = types.get(definition.type());
        if (type == null) {
            throw failure(DataFactoryError.UNKNOWN_ACTIVITY_TYPE, definition.place(), "There is no activity type '%s'%s",
                definition.type(), NearestName.hint(definition.type(), types.keySet()));
        }
        return type;
    }
}
