package io.lazuli.datafactory.activity.http;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.datafactory.activity.ActivityContext;
import io.lazuli.datafactory.activity.ActivityFailure;
import io.lazuli.datafactory.connector.http.HttpReply;
import io.lazuli.datafactory.connector.http.RestJson;
import io.lazuli.datafactory.connector.http.SecretText;
import io.lazuli.datafactory.workspace.shape.Property;
import io.lazuli.datafactory.workspace.shape.Shape;
import io.lazuli.foundation.CommonError;
import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What the activities that call a web address have in common. */
final class HttpActivity {
    /** {@code authentication} of the Web and WebHook activities. */
    static final Shape AUTHENTICATION = Shape.of(
        Property.string("type"), Property.string("username"), Property.of("password", Property.Kind.ANY), Property.string("resource"),
        Property.of("pfx", Property.Kind.ANY).asUnsupported(), Property.of("userTenant", Property.Kind.ANY),
        Property.of("tenant", Property.Kind.ANY), Property.of("servicePrincipalId", Property.Kind.ANY),
        Property.of("servicePrincipalKey", Property.Kind.ANY), Property.of("credential", Property.Kind.ANY));
    /** The largest output that an activity may have. */
    private static final int OUTPUT_BYTES = 4 << 20;

    private HttpActivity() {
    }

    static SecretText secrets(ActivityContext context) {
        return context.services().secrets()::resolve;
    }

    /** A property that must be there. */
    static String required(ActivityContext context, String property) {
        JsonNode value = context.properties().path(property);
        if (value.isMissingNode() || value.isNull() || value.asString("").isBlank()) {
            throw failure(CommonError.INVALID_ARGUMENT, context.definition().place().member("typeProperties"),
                "%s '%s' has no %s", context.definition().type(), context.definition().name(), property);
        }
        return value.asString();
    }

    static Map<String, String> headers(Map<String, String> given) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(given);
        return headers;
    }

    /** The bytes of an evaluated {@code body}: a text as it is, anything else as JSON; null for none. */
    static byte[] bytes(JsonNode body) {
        if (body.isMissingNode() || body.isNull()) {
            return null;
        }
        return (body.isString() ? body.asString() : RestJson.JSON.writeValueAsString(body)).getBytes(StandardCharsets.UTF_8);
    }

    /** The text as a JSON object, empty when it is something else. */
    static Optional<ObjectNode> object(String text) {
        try {
            return RestJson.JSON.readTree(text) instanceof ObjectNode object ? Optional.of(object) : Optional.empty();
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    /** A response's JSON object, or its text as {@code Response}. */
    static ObjectNode output(HttpReply reply) {
        if (reply.body().length > OUTPUT_BYTES) {
            throw new ActivityFailure("2001", "The length of execution output is over limit (around 4MB currently).");
        }
        String text = reply.text();
        return object(text).orElseGet(() -> JsonNodeFactory.instance.objectNode().put("Response", text));
    }

    /** Adds the members that Azure adds to the output of every activity that runs on an integration runtime. */
    static ObjectNode finished(ObjectNode output, ActivityContext context, Instant start) {
        Duration duration = Duration.between(start, context.services().clock().instant());
        output.put("effectiveIntegrationRuntime", "AutoResolveIntegrationRuntime (Local)");
        output.put("executionDuration", Math.max(0, duration.toSeconds()));
        output.putObject("durationInQueue").put("integrationRuntimeQueue", 0);
        ObjectNode billing = output.putObject("billingReference").put("activityType", "ExternalActivity");
        billing.putArray("billableDuration").addObject()
            .put("meterType", "AzureIR").put("duration", Math.max(1, Math.ceilDiv(duration.toSeconds(), 60)) / 60.0).put("unit", "Hours");
        return output;
    }

    /** The response's headers as the output has them. */
    static ObjectNode responseHeaders(HttpReply reply) {
        ObjectNode headers = JsonNodeFactory.instance.objectNode();
        reply.headers().map().forEach((name, values) -> headers.put(named(name), String.join(",", values)));
        return headers;
    }

    /** Header names in the spelling that .NET shows, since members of an output are found by their exact names. */
    private static String named(String header) {
        StringBuilder name = new StringBuilder();
        boolean start = true;
        for (char c : header.toCharArray()) {
            name.append(start ? Character.toUpperCase(c) : c);
            start = c == '-';
        }
        return name.toString();
    }

    /** The failure for a status that is no success. */
    static ActivityFailure status(HttpReply reply) {
        return new ActivityFailure("2108", "Invoking Web Activity failed with HttpStatusCode - '" + reply.status() + " : "
            + reply.statusName() + "', message - '" + reply.text() + "'");
    }

    /** The failure for a request without a response. */
    static ActivityFailure unanswered(String url, IOException cause) {
        String reason = cause instanceof HttpTimeoutException ? "The request timed out."
            : "Request didn't reach the server from the client: " + (cause.getMessage() == null ? cause.getClass().getSimpleName()
                : cause.getMessage());
        return new ActivityFailure("2108", "Error calling the endpoint '" + url + "'. Response status code: 'NA - Unknown'. More details: "
            + "Exception message: 'NA - Unknown [ClientSideException] " + reason + "'", cause);
    }
}
