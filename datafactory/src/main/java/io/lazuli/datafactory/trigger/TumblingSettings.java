package io.lazuli.datafactory.trigger;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.datafactory.DataFactoryError;
import io.lazuli.datafactory.workspace.Trigger;
import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.Place;
import java.time.Duration;
import tools.jackson.databind.JsonNode;

/**
 * How a tumbling window trigger runs its windows.
 *
 * @param maxConcurrency how many windows run at once
 * @param retries how often a failed run is tried again
 */
record TumblingSettings(TumblingWindow windows, int maxConcurrency, int retries, Duration retryInterval) {
    private static final int MOST_CONCURRENT = 50;
    private static final int RETRY_SECONDS = 30;

    static TumblingSettings of(Trigger trigger) {
        JsonNode json = trigger.typeProperties();
        Place place = TriggerFiring.properties(trigger);
        if (!json.path("dependsOn").isEmpty()) {
            throw failure(CommonError.NOT_SUPPORTED, place.member("dependsOn"),
                "The trigger '%s' waits for windows of other triggers, which is not supported", trigger.name());
        }
        int concurrent = json.path("maxConcurrency").asInt(1);
        if (concurrent < 1 || concurrent > MOST_CONCURRENT) {
            throw failure(DataFactoryError.WRONG_TYPE, place.member("maxConcurrency"), "%s is not a whole number from 1 to %d",
                json.get("maxConcurrency"), MOST_CONCURRENT);
        }
        JsonNode policy = json.path("retryPolicy");
        return new TumblingSettings(TumblingWindow.read(json, place), concurrent, Math.max(0, policy.path("count").asInt(0)),
            Duration.ofSeconds(Math.max(1, policy.path("intervalInSeconds").asInt(RETRY_SECONDS))));
    }
}
