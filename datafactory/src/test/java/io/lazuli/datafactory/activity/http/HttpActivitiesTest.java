package io.lazuli.datafactory.activity.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.datafactory.activity.ActivityFailure;
import io.lazuli.datafactory.connector.http.WebServer;
import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.LazuliException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class HttpActivitiesTest {
    @Test
    void givesTheResponsesObjectAsOutput() throws Exception {
        try (WebServer server = new WebServer(asked -> WebServer.Answer.json("{\"id\": 7, \"name\": \"x\"}"))) {
            ObjectNode output = web(server, "'method': 'POST', 'headers': {'X-A': 'b'}, 'body': {'q': 1}");
            assertThat(output.get("id").asInt()).isEqualTo(7);
            assertThat(output.at("/ADFWebActivityResponseHeaders/Content-Type").asString()).isEqualTo("application/json");
            assertThat(output.propertyNames()).contains("effectiveIntegrationRuntime", "executionDuration", "durationInQueue",
                "billingReference");
            assertThat(server.asked().getFirst().text()).isEqualTo("{\"q\":1}");
            assertThat(server.asked().getFirst().header("Content-Type")).isEqualTo("application/json");
            assertThat(server.asked().getFirst().header("X-A")).isEqualTo("b");
        }
    }

    @Test
    void givesOtherTextAsResponse() throws Exception {
        try (WebServer server = new WebServer(asked -> new WebServer.Answer(200, "[1,2]", Map.of()))) {
            assertThat(web(server, "'method': 'GET'").get("Response").asString()).isEqualTo("[1,2]");
        }
    }

    @Test
    void failsWithCode2108OnAStatusAndOnAServerThatIsNotThere() throws Exception {
        String gone;
        try (WebServer server = new WebServer(asked -> new WebServer.Answer(404, "no such thing", Map.of()))) {
            gone = server.url();
            assertThatThrownBy(() -> web(server, "'method': 'GET'"))
                .isInstanceOfSatisfying(ActivityFailure.class, e -> assertThat(e.errorCode()).isEqualTo("2108"))
                .hasMessage("Invoking Web Activity failed with HttpStatusCode - '404 : NotFound', message - 'no such thing'");
        }
        assertThatThrownBy(() -> new ActivityWorld().run(new WebActivity(),
            "{'typeProperties': {'url': '" + gone + "/x', 'method': 'GET'}}"))
            .isInstanceOfSatisfying(ActivityFailure.class, e -> assertThat(e.errorCode()).isEqualTo("2108"))
            .hasMessageContaining("Error calling the endpoint '" + gone + "/x'");
    }

    @Test
    void asksTheLocationOfAnAcceptedRequestUntilItIsDone() throws Exception {
        int[] polls = {0};
        try (WebServer server = new WebServer(asked -> asked.uri().getPath().equals("/status") && ++polls[0] == 2
            ? WebServer.Answer.json("{\"done\": true}")
            : new WebServer.Answer(202, "{}", Map.of("Location", "/status", "Retry-After", "0")))) {
            ObjectNode output = web(server, "'method': 'POST', 'body': '{}'");
            assertThat(output.get("done").asBoolean()).isTrue();
            assertThat(server.asked()).extracting(WebServer.Asked::method).containsExactly("POST", "GET", "GET");
            assertThat(web(server, "'method': 'POST', 'body': '{}', 'turnOffAsync': true").has("done")).isFalse();
        }
    }

    @Test
    void tellsWhoCalls() throws Exception {
        try (WebServer server = new WebServer(asked -> WebServer.Answer.json("{}"))) {
            web(server, "'method': 'GET', 'authentication': {'type': 'Basic', 'username': 'me', 'password': "
                + "{'type': 'SecureString', 'value': 'pw'}}");
            web(server, "'method': 'GET', 'authentication': {'type': 'MSI', 'resource': 'https://management.azure.com/'}");
            assertThat(server.asked().get(0).header("Authorization")).isEqualTo("Basic bWU6cHc=");
            assertThat(server.asked().get(1).header("Authorization")).startsWith("Bearer ");
            assertThatThrownBy(() -> web(server, "'method': 'GET', 'authentication': {'type': 'ClientCertificate', 'pfx': 'x'}"))
                .isInstanceOfSatisfying(LazuliException.class, e -> assertThat(e.code()).isEqualTo(CommonError.NOT_SUPPORTED))
                .hasMessageContaining("ClientCertificate");
        }
    }

    @Test
    void passesDatasetsAndLinkedServices() throws Exception {
        try (WebServer server = new WebServer(asked -> WebServer.Answer.json("{}"))) {
            new ActivityWorld().linkedService("lake", "AzureBlobFS", "{'url': 'u'}").run(new WebActivity(), "{'typeProperties': {'url': '"
                + server.url() + "', 'method': 'POST', 'body': {'m': 1}, "
                + "'datasets': [{'referenceName': 'd', 'type': 'DatasetReference'}], "
                + "'linkedServices': [{'referenceName': 'lake', 'type': 'LinkedServiceReference'}]}}");
            ObjectNode body = ActivityWorld.json(server.asked().getFirst().text());
            assertThat(body.at("/m").asInt()).isEqualTo(1);
            assertThat(body.at("/datasets/0/properties/typeProperties/a").asInt()).isEqualTo(1);
            assertThat(body.at("/linkedServices/0/properties/typeProperties/url").asString()).isEqualTo("u");
        }
    }

    @Test
    void refusesAnUnknownMethodAndAMissingBody() throws Exception {
        try (WebServer server = new WebServer(asked -> WebServer.Answer.json("{}"))) {
            assertThatThrownBy(() -> web(server, "'method': 'FETCH'")).hasMessageContaining("'FETCH'").hasMessageContaining("GET");
            assertThatThrownBy(() -> web(server, "'method': 'PUT'")).hasMessageContaining("body");
        }
    }

    @Test
    void callsAFunctionWithItsKey() throws Exception {
        try (WebServer server = new WebServer(asked -> asked.uri().getPath().endsWith("list") ? WebServer.Answer.json("[1]")
            : asked.uri().getPath().endsWith("bad") ? new WebServer.Answer(500, "oops", Map.of())
            : WebServer.Answer.json("{\"sum\": 3}"))) {
            ActivityWorld world = new ActivityWorld().linkedService("app", "AzureFunction",
                "{'functionAppUrl': '" + server.url() + "', 'functionKey': {'type': 'SecureString', 'value': 'k'}}");
            assertThat(function(world, "add", "'body': {'a': 1}").get("sum").asInt()).isEqualTo(3);
            assertThat(server.asked().getFirst().uri()).hasToString("/api/add");
            assertThat(server.asked().getFirst().header("x-functions-key")).isEqualTo("k");
            assertThatThrownBy(() -> function(world, "list", "'body': {}"))
                .isInstanceOfSatisfying(ActivityFailure.class, e -> assertThat(e.errorCode()).isEqualTo("3603"));
            assertThatThrownBy(() -> function(world, "bad", "'body': {}"))
                .isInstanceOfSatisfying(ActivityFailure.class, e -> assertThat(e.errorCode()).isEqualTo("3608"))
                .hasMessageContaining("'bad'").hasMessageContaining("oops");
        }
    }

    @Test
    void waitsForTheCallbackOfAWebHook() throws Exception {
        try (WebServer server = new WebServer(asked -> callBack(asked, "{\"answer\": 42}"))) {
            assertThat(hook(server, "'timeout': '00:10:00'").get("answer").asInt()).isEqualTo(42);
        }
    }

    @Test
    void takesStatusAndErrorFromTheCallbackWhenItReports() throws Exception {
        try (WebServer server = new WebServer(asked -> callBack(asked, "{\"Output\": {\"a\": 1}, \"StatusCode\": \"200\"}"))) {
            assertThat(hook(server, "'reportStatusOnCallBack': true").get("a").asInt()).isEqualTo(1);
        }
        try (WebServer server = new WebServer(asked ->
            callBack(asked, "{\"Error\": {\"ErrorCode\": \"E7\", \"Message\": \"too hot\"}, \"StatusCode\": \"403\"}"))) {
            assertThatThrownBy(() -> hook(server, "'reportStatusOnCallBack': true"))
                .isInstanceOfSatisfying(ActivityFailure.class, e -> assertThat(e.errorCode()).isEqualTo("E7")).hasMessage("too hot");
        }
    }

    @Test
    void failsWhenNobodyCallsBack() throws Exception {
        try (WebServer server = new WebServer(asked -> WebServer.Answer.json("{}"))) {
            assertThatThrownBy(() -> hook(server, "'timeout': '00:00:00.2'")).isInstanceOf(ActivityFailure.class)
                .hasMessageContaining("callBackUri");
        }
    }

    private static WebServer.Answer callBack(WebServer.Asked asked, String body) {
        URI callback = URI.create(ActivityWorld.json(asked.text()).get("callBackUri").asString());
        try (HttpClient client = HttpClient.newHttpClient()) {
            client.send(HttpRequest.newBuilder(callback).POST(HttpRequest.BodyPublishers.ofString(body)).build(),
                HttpResponse.BodyHandlers.discarding());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return new WebServer.Answer(202, "", Map.of());
    }

    private static ObjectNode web(WebServer server, String properties) throws InterruptedException {
        return new ActivityWorld().run(new WebActivity(), "{'typeProperties': {'url': '" + server.url() + "/call', " + properties + "}}");
    }

    private static ObjectNode hook(WebServer server, String properties) throws InterruptedException {
        return new ActivityWorld().run(new WebHookActivity(), "{'typeProperties': {'url': '" + server.url() + "', 'method': 'POST', "
            + "'headers': {}, 'body': {'a': 1}, " + properties + "}}");
    }

    private static ObjectNode function(ActivityWorld world, String name, String properties) throws InterruptedException {
        return world.run(new AzureFunctionActivity(), "{'linkedServiceName': {'referenceName': 'app', 'type': 'LinkedServiceReference'}, "
            + "'typeProperties': {'functionName': '" + name + "', 'method': 'POST', " + properties + "}}");
    }
}
