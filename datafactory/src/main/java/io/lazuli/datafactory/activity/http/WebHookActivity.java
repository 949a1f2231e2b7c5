package io.lazuli.datafactory.activity.http;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.datafactory.activity.Activity;
import io.lazuli.datafactory.activity.ActivityContext;
import io.lazuli.datafactory.activity.ActivityFailure;
import io.lazuli.datafactory.activity.ActivityType;
import io.lazuli.datafactory.connector.http.HttpAuthentication;
import io.lazuli.datafactory.connector.http.HttpCall;
import io.lazuli.datafactory.connector.http.HttpHeaderText;
import io.lazuli.datafactory.connector.http.HttpReply;
import io.lazuli.datafactory.connector.http.HttpTransport;
import io.lazuli.datafactory.connector.http.RestUrl;
import io.lazuli.datafactory.connector.http.TimeSpan;
import io.lazuli.datafactory.workspace.ActivityDefinition;
import io.lazuli.datafactory.workspace.shape.Property;
import io.lazuli.datafactory.workspace.shape.Shape;
import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.Place;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code WebHook}: calls an address with a {@code callBackUri} in the body, and waits until that is called.
 *
 * <p>The callback's JSON object is the output; with {@code reportStatusOnCallBack} its {@code Output} is, and a {@code StatusCode} of 400
 * or more fails the activity with its {@code Error}.
 */
public final class WebHookActivity implements ActivityType {
    private static final Duration REQUEST_TIMEOUT = Duration.ofMinutes(1);
    private static final Duration TIMEOUT = Duration.ofMinutes(10);
    private static final int FIRST_ERROR_STATUS = 400;

    @Override
    public String name() {
        return "WebHook";
    }

    @Override
    public Shape typeProperties() {
        return Shape.of(
            Property.string("url").asRequired(), Property.oneOf("method", "POST").asRequired(),
            Property.of("headers", Property.Kind.ANY), Property.of("body", Property.Kind.ANY),
            Property.object("authentication", HttpActivity.AUTHENTICATION),
            Property.string("timeout"), Property.bool("reportStatusOnCallBack"), Property.bool("disableCertValidation"),
            Property.of("connectVia", Property.Kind.ANY));
    }

    @Override
    public Activity create(ActivityDefinition definition) {
        return WebHookActivity::run;
    }

    private static ObjectNode run(ActivityContext context) throws InterruptedException {
        Instant start = context.services().clock().instant();
        ObjectNode properties = context.properties();
        String timeout = properties.path("timeout").asString("");
        try (CallbackServer server = CallbackServer.open()) {
            invoke(context, server);
            Duration patience = timeout.isEmpty() ? TIMEOUT : TimeSpan.parse(timeout, "timeout");
            Optional<String> called = server.await(patience);
            String body = called.orElseThrow(() -> new ActivityFailure("TimedOut",
                "The callBackUri of '" + context.definition().name() + "' was not called within " + patience.toSeconds() + " seconds"));
            ObjectNode report = HttpActivity.object(body.isBlank() ? "{}" : body).orElseThrow(() ->
                new ActivityFailure("2108", "The body of the callback is not a JSON object: " + body));
            boolean reports = properties.path("reportStatusOnCallBack").asString("").equalsIgnoreCase("true");
            return HttpActivity.finished(reports ? reported(report) : report, context, start);
        } catch (IOException e) {
            throw failure(CommonError.IO_ERROR, "No address for callbacks can be opened on this machine: %s", e.getMessage(), e);
        }
    }

    private static void invoke(ActivityContext context, CallbackServer server) throws InterruptedException {
        HttpCall call = call(context, server.uri());
        try (HttpTransport transport =
            new HttpTransport(!context.properties().path("disableCertValidation").asString("").equalsIgnoreCase("true"))) {
            HttpReply reply = transport.send(call);
            if (!reply.succeeded()) {
                throw HttpActivity.status(reply);
            }
        } catch (IOException e) {
            throw HttpActivity.unanswered(call.uri().toString(), e);
        }
    }

    private static HttpCall call(ActivityContext context, String callback) {
        Place place = context.definition().place().member("typeProperties");
        ObjectNode properties = context.properties();
        JsonNode given = properties.path("body");
        ObjectNode body = given.isMissingNode() || given.isNull() ? properties.objectNode()
            : HttpActivity.object(given.isString() ? given.asString() : given.toString()).orElseThrow(() ->
                failure(CommonError.INVALID_ARGUMENT, place.member("body"), "The body of a WebHook must be a JSON object"));
        body.put("callBackUri", callback);
        Map<String, String> headers =
            HttpActivity.headers(HttpHeaderText.read(properties.path("headers"), HttpActivity.secrets(context), place.member("headers")));
        headers.putIfAbsent("Content-Type", "application/json");
        HttpAuthentication.header(properties.get("authentication"), HttpActivity.secrets(context), place.member("authentication"))
            .ifPresent(value -> headers.put("Authorization", value));
        return new HttpCall("POST", RestUrl.uri(HttpActivity.required(context, "url")), headers, HttpActivity.bytes(body), REQUEST_TIMEOUT);
    }

    private static ObjectNode reported(ObjectNode report) {
        String status = report.path("StatusCode").asString("200");
        boolean failed = status.matches("\\d{3}") && Integer.parseInt(status) >= FIRST_ERROR_STATUS;
        JsonNode error = report.path("Error");
        ObjectNode output = report.get("Output") instanceof ObjectNode object ? object : report.objectNode();
        if (failed || !error.isEmpty()) {
            throw new ActivityFailure(error.path("ErrorCode").asString("2108"), true,
                error.path("Message").asString("The callback reported status " + status), output, null);
        }
        return output;
    }
}
