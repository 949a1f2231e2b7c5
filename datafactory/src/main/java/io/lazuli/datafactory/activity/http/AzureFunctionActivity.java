package io.lazuli.datafactory.activity.http;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.datafactory.activity.Activity;
import io.lazuli.datafactory.activity.ActivityContext;
import io.lazuli.datafactory.activity.ActivityFailure;
import io.lazuli.datafactory.activity.ActivityType;
import io.lazuli.datafactory.connector.ResolvedLinkedService;
import io.lazuli.datafactory.connector.http.HttpAuthentication;
import io.lazuli.datafactory.connector.http.HttpCall;
import io.lazuli.datafactory.connector.http.HttpHeaderText;
import io.lazuli.datafactory.connector.http.HttpReply;
import io.lazuli.datafactory.connector.http.HttpTransport;
import io.lazuli.datafactory.connector.http.RestUrl;
import io.lazuli.datafactory.workspace.ActivityDefinition;
import io.lazuli.datafactory.workspace.Reference;
import io.lazuli.datafactory.workspace.shape.Property;
import io.lazuli.datafactory.workspace.shape.Shape;
import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.Place;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code AzureFunctionActivity}: calls {@code functionAppUrl/api/functionName} with the function's key; the response is a JSON object. */
public final class AzureFunctionActivity implements ActivityType {
    private static final List<String> METHODS = List.of("GET", "POST", "PUT", "DELETE", "OPTIONS", "HEAD", "TRACE");
    private static final Duration TIMEOUT = Duration.ofSeconds(230);

    @Override
    public String name() {
        return "AzureFunctionActivity";
    }

    @Override
    public Shape typeProperties() {
        return Shape.of(
            Property.string("functionName").asRequired(), Property.oneOf("method", METHODS.toArray(String[]::new)).asRequired(),
            Property.of("headers", Property.Kind.ANY), Property.of("body", Property.Kind.ANY));
    }

    @Override
    public Activity create(ActivityDefinition definition) {
        return AzureFunctionActivity::run;
    }

    private static ObjectNode run(ActivityContext context) throws InterruptedException {
        Instant start = context.services().clock().instant();
        String function = text(context, "functionName", "3607", "Azure function activity missing function name.");
        HttpCall call = call(context, function);
        try (HttpTransport transport = new HttpTransport(true)) {
            HttpReply reply = transport.send(call);
            if (!reply.succeeded()) {
                throw new ActivityFailure("3608", "Call to provided Azure function '" + function + "' failed with status-'"
                    + reply.statusName() + "' and message - '" + reply.text() + "'.");
            }
            ObjectNode output = HttpActivity.object(reply.text())
                .orElseThrow(() -> new ActivityFailure("3603", "Response Content is not a valid JObject."));
            return HttpActivity.finished(output, context, start);
        } catch (IOException e) {
            throw new ActivityFailure("3610", "There was an error while calling endpoint " + call.uri() + ": "
                + (e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage()), e);
        }
    }

    private static String text(ActivityContext context, String property, String code, String message) {
        String text = context.properties().path(property).asString("");
        if (text.isBlank()) {
            throw new ActivityFailure(code, message);
        }
        return text;
    }

    private static HttpCall call(ActivityContext context, String function) {
        Place place = context.definition().place().member("typeProperties");
        String method = text(context, "method", "3611", "Azure function activity missing Method in payload.").toUpperCase(Locale.ROOT);
        if (!METHODS.contains(method)) {
            throw new ActivityFailure("3602", "Invalid HttpMethod: '" + method + "'.");
        }
        byte[] body = method.equals("GET") ? null : HttpActivity.bytes(context.properties().path("body"));
        if (body == null && (method.equals("POST") || method.equals("PUT"))) {
            throw new ActivityFailure("3612", "Azure function activity missing body for " + method + ".");
        }
        ResolvedLinkedService app = linkedService(context);
        String url = app.typeProperties().path("functionAppUrl").asString("");
        if (url.isBlank()) {
            throw new ActivityFailure("3609", "Azure function activity missing functionAppUrl.");
        }
        Map<String, String> headers =
            HttpActivity.headers(HttpHeaderText.read(context.properties().path("headers"), HttpActivity.secrets(context), place));
        if (body != null) {
            headers.putIfAbsent("Content-Type", "application/json");
        }
        identify(context, app, headers);
        String address = url.replaceAll("/+$", "") + "/api/" + function.replaceAll("^/+", "");
        return new HttpCall(method, RestUrl.uri(address), headers, body, TIMEOUT);
    }

    private static ResolvedLinkedService linkedService(ActivityContext context) {
        JsonNode reference = context.definition().json().path("linkedServiceName");
        if (!reference.isObject()) {
            throw failure(CommonError.INVALID_ARGUMENT, context.definition().place(),
                "Azure function activity '%s' has no linkedServiceName", context.definition().name());
        }
        ObjectNode parameters = reference.get("parameters") instanceof ObjectNode object ? object : context.properties().objectNode();
        return context.linkedService(new Reference(reference.path("referenceName").asString(""), "LinkedServiceReference", parameters,
            context.definition().place().member("linkedServiceName")));
    }

    private static void identify(ActivityContext context, ResolvedLinkedService app, Map<String, String> headers) {
        JsonNode key = app.typeProperties().path("functionKey");
        if (!key.isMissingNode() && !key.isNull()) {
            headers.put("x-functions-key", HttpActivity.secrets(context).resolve(key, app.place().member("functionKey")));
        }
        if (app.typeProperties().path("authentication").asString("").equalsIgnoreCase("MSI")) {
            ObjectNode identity = app.typeProperties().objectNode().put("type", "MSI")
                .put("resource", app.typeProperties().path("resourceId").asString(""));
            HttpAuthentication.header(identity, HttpActivity.secrets(context), app.place())
                .ifPresent(value -> headers.put("Authorization", value));
        }
    }
}
