package io.lazuli.datafactory.run;

import io.lazuli.datafactory.activity.ActivityFailure;
import io.lazuli.datafactory.workspace.ActivityDefinition;
import io.lazuli.languages.pipeline.Scope;
import io.lazuli.languages.pipeline.TemplateEvaluator;
import java.time.Duration;
import tools.jackson.databind.JsonNode;

/**
 * An activity's policy, evaluated.
 *
 * @param timeout of one attempt, null when it is not given
 * @param retries attempts after the first
 */
record Policy(Duration timeout, int retries, Duration interval, boolean secureInput, boolean secureOutput) {
    static final Policy NONE = new Policy(null, 0, Duration.ofSeconds(30), false, false);

    static Policy of(ActivityDefinition definition, Scope scope) {
        JsonNode json = TemplateEvaluator.evaluate(definition.policy().json(), scope, definition.place().member("policy"));
        JsonNode timeout = json.path("timeout");
        return new Policy(
            timeout.isMissingNode() || timeout.isNull() ? null : Times.span(timeout.asString("")),
            number(json, "retry", 0),
            Duration.ofSeconds(number(json, "retryIntervalInSeconds", 30)),
            flag(json, "secureInput"),
            flag(json, "secureOutput"));
    }

    private static int number(JsonNode json, String name, int standard) {
        JsonNode value = json.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return standard;
        }
        int number = value.asInt(-1);
        if (number < 0) {
            throw new ActivityFailure("InvalidPolicy", "'" + name + "' is " + value + "; expected a whole number from 0");
        }
        return number;
    }

    private static boolean flag(JsonNode json, String name) {
        return "true".equalsIgnoreCase(json.path(name).asString("false"));
    }
}
