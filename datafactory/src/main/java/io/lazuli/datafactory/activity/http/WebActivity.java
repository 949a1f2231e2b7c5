package io.lazuli.datafactory.activity.http;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.datafactory.activity.Activity;
import io.lazuli.datafactory.activity.ActivityContext;
import io.lazuli.datafactory.activity.ActivityFailure;
import io.lazuli.datafactory.activity.ActivityType;
import io.lazuli.datafactory.connector.ResolvedDataset;
import io.lazuli.datafactory.connector.ResolvedLinkedService;
import io.lazuli.datafactory.connector.http.HttpAuthentication;
import io.lazuli.datafactory.connector.http.HttpCall;
import io.lazuli.datafactory.connector.http.HttpHeaderText;
import io.lazuli.datafactory.connector.http.HttpReply;
import io.lazuli.datafactory.connector.http.HttpTransport;
import io.lazuli.datafactory.connector.http.RestUrl;
import io.lazuli.datafactory.connector.http.TimeSpan;
import io.lazuli.datafactory.workspace.ActivityDefinition;
import io.lazuli.datafactory.workspace.Reference;
import io.lazuli.datafactory.workspace.shape.Property;
import io.lazuli.datafactory.workspace.shape.Shape;
import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.Place;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code WebActivity}: calls an address. A JSON object in the response is the output, any other text its member {@code Response}.
 *
 * <p>A response 202 with a {@code Location} is asked again there until it is another, unless {@code turnOffAsync}.
 */
public final class WebActivity implements ActivityType {
    private static final List<String> METHODS = List.of("GET", "POST", "PUT", "PATCH", "DELETE");
    private static final int ACCEPTED = 202;
    private static final Duration TIMEOUT = Duration.ofMinutes(1);
    private static final Duration LONGEST_TIMEOUT = Duration.ofMinutes(10);

    @Override
    public String name() {
        return "WebActivity";
    }

    @Override
    public Shape typeProperties() {
        return Shape.of(
            Property.string("url").asRequired(),
            Property.oneOf("method", METHODS.toArray(String[]::new)).asRequired(),
            Property.of("headers", Property.Kind.ANY), Property.of("body", Property.Kind.ANY),
            Property.object("authentication", HttpActivity.AUTHENTICATION),
            Property.bool("disableCertValidation"), Property.bool("turnOffAsync"), Property.string("httpRequestTimeout"),
            Property.of("datasets", Property.Kind.ARRAY), Property.of("linkedServices", Property.Kind.ARRAY),
            Property.of("connectVia", Property.Kind.ANY));
    }

    @Override
    public Activity create(ActivityDefinition definition) {
        return WebActivity::run;
    }

    private static ObjectNode run(ActivityContext context) throws InterruptedException {
        Instant start = context.services().clock().instant();
        HttpCall call = call(context);
        try (HttpTransport transport = new HttpTransport(!flag(context, "disableCertValidation"))) {
            HttpReply reply = transport.send(call);
            while (reply.status() == ACCEPTED && !flag(context, "turnOffAsync") && reply.header("Location").isPresent()) {
                reply = later(transport, call, reply);
            }
            if (!reply.succeeded()) {
                throw HttpActivity.status(reply);
            }
            ObjectNode output = HttpActivity.output(reply);
            output.set("ADFWebActivityResponseHeaders", HttpActivity.responseHeaders(reply));
            return HttpActivity.finished(output, context, start);
        } catch (IOException e) {
            throw HttpActivity.unanswered(call.uri().toString(), e);
        }
    }

    private static boolean flag(ActivityContext context, String property) {
        return context.properties().path(property).asString("").equalsIgnoreCase("true");
    }

    /** Waits as long as the response says, and asks its location; credentials go only to the host that was called. */
    private static HttpReply later(HttpTransport transport, HttpCall call, HttpReply reply) throws IOException, InterruptedException {
        String seconds = reply.header("Retry-After").filter(text -> text.matches("\\d{1,6}")).orElse("1");
        Thread.sleep(Duration.ofSeconds(Long.parseLong(seconds)));
        URI location = reply.uri().resolve(RestUrl.uri(reply.header("Location").orElseThrow()));
        Map<String, String> headers = HttpActivity.headers(call.headers());
        headers.remove("Content-Type");
        if (!call.uri().getAuthority().equals(location.getAuthority())) {
            headers.remove("Authorization");
        }
        return transport.send(new HttpCall("GET", location, headers, null, call.timeout()));
    }

    private static HttpCall call(ActivityContext context) {
        Place place = context.definition().place().member("typeProperties");
        ObjectNode properties = context.properties();
        String method = HttpActivity.required(context, "method").toUpperCase(Locale.ROOT);
        if (!METHODS.contains(method)) {
            throw failure(CommonError.INVALID_ARGUMENT, place.member("method"), "method is '%s'; expected one of %s", method, METHODS);
        }
        byte[] body = body(context, place);
        if (body == null && List.of("POST", "PUT", "PATCH").contains(method)) {
            throw new ActivityFailure("2102", "Web activity '" + context.definition().name() + "' needs a body for " + method);
        }
        Map<String, String> headers =
            HttpActivity.headers(HttpHeaderText.read(properties.path("headers"), HttpActivity.secrets(context), place.member("headers")));
        if (body != null && !method.equals("GET")) {
            headers.putIfAbsent("Content-Type", "application/json");
        }
        HttpAuthentication.header(properties.get("authentication"), HttpActivity.secrets(context), place.member("authentication"))
            .ifPresent(value -> headers.put("Authorization", value));
        return new HttpCall(method, RestUrl.uri(HttpActivity.required(context, "url")), headers, method.equals("GET") ? null : body,
            timeout(properties));
    }

    private static Duration timeout(ObjectNode properties) {
        String text = properties.path("httpRequestTimeout").asString("");
        Duration timeout = text.isEmpty() ? TIMEOUT : TimeSpan.parse(text, "httpRequestTimeout");
        if (timeout.compareTo(LONGEST_TIMEOUT) > 0 || timeout.isZero()) {
            throw failure(CommonError.INVALID_ARGUMENT, "httpRequestTimeout is '%s'; expected at most 00:10:00", text);
        }
        return timeout;
    }

    /** The body, with the datasets and linked services that the endpoint is to get. */
    private static byte[] body(ActivityContext context, Place place) {
        JsonNode body = context.properties().path("body");
        JsonNode datasets = context.properties().path("datasets");
        JsonNode services = context.properties().path("linkedServices");
        if (datasets.isEmpty() && services.isEmpty()) {
            return HttpActivity.bytes(body);
        }
        ObjectNode payload = body.isMissingNode() || body.isNull() ? context.properties().objectNode()
            : HttpActivity.object(body.isString() ? body.asString() : body.toString()).orElseThrow(() ->
                failure(CommonError.INVALID_ARGUMENT, place.member("body"),
                    "With datasets or linkedServices the body must be a JSON object"));
        if (!datasets.isEmpty()) {
            ArrayNode resolved = payload.putArray("datasets");
            datasets.values().forEach(given -> resolved.add(dataset(context.dataset(reference(given, place)))));
        }
        if (!services.isEmpty()) {
            ArrayNode resolved = payload.putArray("linkedServices");
            services.values().forEach(given -> resolved.add(linkedService(context.linkedService(reference(given, place)))));
        }
        return HttpActivity.bytes(payload);
    }

    private static Reference reference(JsonNode given, Place place) {
        ObjectNode parameters = given.get("parameters") instanceof ObjectNode object ? object : ((ObjectNode) given).objectNode();
        return new Reference(given.path("referenceName").asString(""), given.path("type").asString(""), parameters, place);
    }

    private static ObjectNode dataset(ResolvedDataset dataset) {
        ObjectNode json = dataset.typeProperties().objectNode().put("name", dataset.name());
        ObjectNode properties = json.putObject("properties").put("type", dataset.type());
        properties.set("typeProperties", dataset.typeProperties());
        properties.putObject("linkedServiceName")
            .put("referenceName", dataset.linkedService().name()).put("type", "LinkedServiceReference");
        return json;
    }

    private static ObjectNode linkedService(ResolvedLinkedService service) {
        ObjectNode json = service.typeProperties().objectNode().put("name", service.name());
        json.putObject("properties").put("type", service.type()).set("typeProperties", service.typeProperties());
        return json;
    }
}
