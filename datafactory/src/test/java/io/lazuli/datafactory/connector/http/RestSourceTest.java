package io.lazuli.datafactory.connector.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.datafactory.connector.ResolvedDataset;
import io.lazuli.datafactory.connector.ResolvedLinkedService;
import io.lazuli.datafactory.connector.file.Settings;
import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.LazuliException;
import io.lazuli.foundation.Place;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class RestSourceTest {
    private static final SecretText SECRETS = (secret, place) -> secret.isObject() ? secret.path("value").asString() : secret.asString();

    @TempDir
    private Path folder;

    @Test
    void readsOnePageWithoutRules() throws Exception {
        try (WebServer server = new WebServer(asked -> WebServer.Answer.json("{\"value\": [1, 2.50]}"))) {
            assertThat(read(server, "{'relativeUrl': 'api/items?top=5'}", "{'additionalHeaders': {'X-A': 'b', 'Accept': 'text/xml'}}"))
                .containsExactly("{\"value\":[1,2.50]}");
            WebServer.Asked asked = server.asked().getFirst();
            assertThat(asked.uri()).hasToString("/api/items?top=5");
            assertThat(asked.header("X-A")).isEqualTo("b");
            assertThat(asked.header("Accept")).isEqualTo("application/json");
        }
    }

    @Test
    void makesTheElementsOfAnArrayDocumentsOfTheirOwn() throws Exception {
        try (WebServer server = new WebServer(asked -> WebServer.Answer.json("[{\"id\": 1}, {\"id\": 2}]"))) {
            assertThat(read(server, "{}", "{}")).containsExactly("{\"id\":1}", "{\"id\":2}");
        }
    }

    @Test
    void followsAbsoluteAndRelativeAddressesOfTheBody() throws Exception {
        Function<WebServer.Asked, WebServer.Answer> answers = asked -> WebServer.Answer.json(switch (asked.uri().toString()) {
            case "/api/items" -> "{\"id\": 1, \"paging\": {\"next\": \"/api/items?page=2\"}}";
            case "/api/items?page=2" -> "{\"id\": 2, \"paging\": {\"next\": \"items?page=3\"}}";
            default -> "{\"id\": 3, \"paging\": {\"next\": null}}";
        });
        assertThat(asked(answers, "{'relativeUrl': '/api/items'}", "{'paginationRules': {'AbsoluteUrl': '$.paging.next'}}"))
            .containsExactly("/api/items", "/api/items?page=2", "/api/items?page=3");
    }

    @Test
    void setsQueryParametersAndHeadersFromBodyAndHeaders() throws Exception {
        Function<WebServer.Asked, WebServer.Answer> answers = asked -> new WebServer.Answer(200,
            asked.uri().toString().contains("skip=a%26b") ? "{}" : "{\"@odata.skip\": \"a&b\"}", Map.of("X-Token", "t1"));
        try (WebServer server = new WebServer(answers)) {
            read(server, "{'relativeUrl': 'items?skip=0&top=9'}",
                "{'paginationRules': {'QueryParameters.skip': \"$['@odata.skip']\", \"Headers['X-Next']\": 'Headers.X-Token'}}");
            assertThat(server.asked()).extracting(asked -> asked.uri().toString())
                .containsExactly("/items?skip=0&top=9", "/items?skip=a%26b&top=9");
            assertThat(server.asked().get(1).header("X-Next")).isEqualTo("t1");
        }
    }

    @Test
    void countsThroughRangesInAddressAndHeaders() throws Exception {
        Function<WebServer.Asked, WebServer.Answer> answers = asked -> WebServer.Answer.json("{}");
        assertThat(asked(answers, "{'relativeUrl': 'items?offset={offset}'}",
            "{'paginationRules': {'QueryParameters.{offset}': 'RANGE:0:2000:1000'}}"))
            .containsExactly("/items?offset=0", "/items?offset=1000", "/items?offset=2000");
        assertThat(asked(answers, "{'relativeUrl': 't{id}'}", "{'paginationRules': {'AbsoluteUrl.{id}': 'RANGE:3:1:-1'}}"))
            .containsExactly("/t3", "/t2", "/t1");
        try (WebServer server = new WebServer(answers)) {
            read(server, "{}", "{'additionalHeaders': {'Id': '{id}'}, 'paginationRules': {'Headers.{id}': 'RANGE:0:20:10'}}");
            assertThat(server.asked()).extracting(asked -> asked.header("Id")).containsExactly("0", "10", "20");
        }
    }

    @Test
    void endsByConditionsOnBodyAndHeaders() throws Exception {
        Function<WebServer.Asked, WebServer.Answer> answers = asked -> {
            boolean last = asked.uri().toString().endsWith("=2");
            return new WebServer.Answer(200, last ? "{\"data\": [], \"done\": true}" : "{\"data\": [1], \"open\": 1, \"done\": false}",
                last ? Map.of("Complete", "1") : Map.of());
        };
        for (String condition : List.of("'EndCondition:$.data': 'Empty'", "'EndCondition:$.open': 'NonExist'",
            "'EndCondition:$.done': 'Const:true'", "'EndCondition:headers.Complete': 'Exist'",
            "'EndCondition:headers.Complete': 'Const:1'")) {
            assertThat(asked(answers, "{'relativeUrl': 'i?o={o}'}",
                "{'paginationRules': {'AbsoluteUrl.{o}': 'RANGE:0::1', " + condition + "}}"))
                .as(condition).containsExactly("/i?o=0", "/i?o=1", "/i?o=2");
        }
    }

    @Test
    void endsAtTheMaximumOfRequestsAndWithoutContent() throws Exception {
        Function<WebServer.Asked, WebServer.Answer> answers = asked ->
            asked.uri().toString().endsWith("=5") ? new WebServer.Answer(204, "", Map.of()) : WebServer.Answer.json("{}");
        assertThat(asked(answers, "{'relativeUrl': 'i?o={o}'}",
            "{'paginationRules': {'QueryParameters.{o}': 'RANGE:0::1', 'MaxRequestNumber': '3'}}")).hasSize(3);
        assertThat(asked(answers, "{'relativeUrl': 'i?o={o}'}", "{'paginationRules': {'QueryParameters.{o}': 'RANGE:0::1'}}")).hasSize(6);
    }

    @Test
    void followsLinkHeadersByDefaultAndNotWhenTheRuleIsFalse() throws Exception {
        Function<WebServer.Asked, WebServer.Answer> answers = asked -> new WebServer.Answer(200, "{}",
            asked.uri().toString().contains("page") ? Map.of() : Map.of("Link", "</a?page=1>; rel=\"prev\", </a?page=2>; rel=\"next\""));
        assertThat(asked(answers, "{'relativeUrl': 'a'}", "{'paginationRules': {'supportRFC5988': 'true'}}"))
            .containsExactly("/a", "/a?page=2");
        assertThat(asked(answers, "{'relativeUrl': 'a'}", "{}")).hasSize(2);
        assertThat(asked(answers, "{'relativeUrl': 'a'}", "{'paginationRules': {'supportRFC5988': 'false'}}")).hasSize(1);
    }

    @Test
    void postsTheBodyAndKnowsBasicAuthenticationAndSecretHeaders() throws Exception {
        try (WebServer server = new WebServer(asked -> WebServer.Answer.json("{}"))) {
            RestService service = service(server, "'authenticationType': 'Basic', 'userName': 'me', 'password': {'type': 'SecureString', "
                + "'value': 'pw'}, 'authHeaders': {'x-api-key': {'type': 'SecureString', 'value': 'k'}}");
            new RestSource(service, dataset("{}"), settings("{'requestMethod': 'Post', 'requestBody': '{\"q\": 1}'}"))
                .download(folder.resolve("pages"));
            WebServer.Asked asked = server.asked().getFirst();
            assertThat(asked.method()).isEqualTo("POST");
            assertThat(asked.text()).isEqualTo("{\"q\": 1}");
            assertThat(asked.header("Authorization")).isEqualTo("Basic bWU6cHc=");
            assertThat(asked.header("x-api-key")).isEqualTo("k");
        }
    }

    @Test
    void asksTheTokenEndpointForClientCredentials() throws Exception {
        try (WebServer server = new WebServer(asked ->
            WebServer.Answer.json(asked.uri().getPath().equals("/token") ? "{\"access_token\": \"abc\"}" : "{}"))) {
            RestService service = service(server, "'authenticationType': 'OAuth2ClientCredential', 'clientId': 'id', "
                + "'clientSecret': {'type': 'SecureString', 'value': 's&'}, 'tokenEndpoint': '" + server.url() + "/token', 'scope': 'all'");
            new RestSource(service, dataset("{}"), settings("{}")).download(folder.resolve("pages"));
            assertThat(server.asked().get(0).text())
                .isEqualTo("grant_type=client_credentials&client_id=id&client_secret=s%26&scope=all");
            assertThat(server.asked().get(1).header("Authorization")).isEqualTo("Bearer abc");
        }
    }

    @Test
    void refusesOtherAuthenticationAndUnknownRulesByName() throws Exception {
        try (WebServer server = new WebServer(asked -> WebServer.Answer.json("{}"))) {
            RestService service = service(server, "'authenticationType': 'ClientCertificate'");
            assertThatThrownBy(() -> new RestSource(service, dataset("{}"), settings("{}")).download(folder.resolve("a")))
                .isInstanceOfSatisfying(LazuliException.class, e -> assertThat(e.code()).isEqualTo(CommonError.NOT_SUPPORTED))
                .hasMessageContaining("ClientCertificate");
            assertThatThrownBy(() -> read(server, "{}", "{'paginationRules': {'NextUrl': '$.next'}}"))
                .hasMessageContaining("'NextUrl'");
        }
    }

    @Test
    void failsOnAStatusWithAddressAndBody() throws Exception {
        try (WebServer server = new WebServer(asked -> new WebServer.Answer(403, "no entry", Map.of()))) {
            assertThatThrownBy(() -> read(server, "{'relativeUrl': 'x'}", "{}"))
                .hasMessageContaining("403").hasMessageContaining("/x").hasMessageContaining("no entry");
        }
    }

    @Test
    void sendsBatchesCompressedAndTriesAgainWhenTheServerIsBusy() throws Exception {
        int[] calls = {0};
        try (WebServer server = new WebServer(asked -> new WebServer.Answer(calls[0]++ == 0 ? 503 : 200, "", Map.of()))) {
            RestSink sink = new RestSink(service(server, "'authenticationType': 'Anonymous'"), dataset("{'relativeUrl': 'in'}"),
                settings("{'requestMethod': 'PUT', 'writeBatchSize': 2, 'httpCompressionType': 'gzip', 'requestInterval': 10}"));
            sink.send(List.of("{\"a\":1}", "{\"a\":2}", "{\"a\":3}").iterator());
            assertThat(server.asked()).extracting(RestSourceTest::unpacked)
                .containsExactly("[{\"a\":1},{\"a\":2}]", "[{\"a\":1},{\"a\":2}]", "[{\"a\":3}]");
            assertThat(server.asked()).allSatisfy(asked -> assertThat(asked.method()).isEqualTo("PUT"));
        }
    }

    @Test
    void downloadsAFile() throws Exception {
        try (WebServer server = new WebServer(asked -> new WebServer.Answer(200, "a,b\n1,2\n", Map.of()))) {
            RestService service = service(server, "'authenticationType': 'Anonymous'");
            Path file = folder.resolve("file");
            HttpDownload download = new HttpDownload(service, dataset("{'location': {'relativeUrl': '/f.csv'}}"),
                settings("{'requestMethod': 'GET', 'additionalHeaders': 'X-A: 1\\nX-B: 2'}"));
            assertThat(download.to(file)).isEqualTo(8);
            assertThat(file).hasContent("a,b\n1,2\n");
            assertThat(server.asked().getFirst().header("X-B")).isEqualTo("2");
        }
    }

    private static String unpacked(WebServer.Asked asked) {
        try (GZIPInputStream plain = new GZIPInputStream(new ByteArrayInputStream(asked.body()))) {
            return new String(plain.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> asked(Function<WebServer.Asked, WebServer.Answer> answers, String dataset, String source) throws Exception {
        try (WebServer server = new WebServer(answers)) {
            read(server, dataset, source);
            return server.asked().stream().map(asked -> asked.uri().toString()).toList();
        }
    }

    private List<String> read(WebServer server, String dataset, String source) throws Exception {
        ObjectNode settings = json(source);
        settings.put("requestInterval", "00:00:00.001");
        Path file = Files.createTempFile(folder, "pages", ".json");
        RestService service = service(server, "'authenticationType': 'Anonymous'");
        new RestSource(service, dataset(dataset), new Settings(settings, "source")).download(file);
        return Files.readAllLines(file);
    }

    private static RestService service(WebServer server, String properties) {
        return RestService.of(new ResolvedLinkedService("rest", "RestService",
            json("{'url': '" + server.url() + "/', " + properties + "}"), Place.UNKNOWN), SECRETS);
    }

    private static ResolvedDataset dataset(String properties) {
        return new ResolvedDataset("items", "RestResource", json(properties), null, null, Place.UNKNOWN);
    }

    private static Settings settings(String properties) {
        return new Settings(json(properties), "source");
    }

    /** JSON with single quotes, where no value has one. */
    private static ObjectNode json(String text) {
        return (ObjectNode) JsonMapper.builder().enable(JsonReadFeature.ALLOW_SINGLE_QUOTES).build().readTree(text);
    }
}
