package io.lazuli.storage.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import com.azure.core.util.BinaryData;
import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobServiceClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.blob.models.BlobAnalyticsLogging;
import com.azure.storage.blob.models.BlobCorsRule;
import com.azure.storage.blob.models.BlobErrorCode;
import com.azure.storage.blob.models.BlobHttpHeaders;
import com.azure.storage.blob.models.BlobMetrics;
import com.azure.storage.blob.models.BlobRetentionPolicy;
import com.azure.storage.blob.models.BlobServiceProperties;
import com.azure.storage.blob.models.BlobStorageException;
import com.azure.storage.blob.models.GeoReplication;
import com.azure.storage.blob.models.GeoReplicationStatus;
import com.azure.storage.blob.models.PublicAccessType;
import com.azure.storage.blob.models.StaticWebsite;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is set for an account's Blob service: kept, answered to browsers, and served as a site. */
class ServicePropertiesTest {
    @TempDir
    private Path folder;

    private StorageWorld world;

    @BeforeEach
    void start() {
        world = new StorageWorld(folder);
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private static BlobRetentionPolicy days(int days) {
        return new BlobRetentionPolicy().setEnabled(true).setDays(days);
    }

    private static BlobCorsRule rule(String origins, String methods) {
        return new BlobCorsRule().setAllowedOrigins(origins).setAllowedMethods(methods).setAllowedHeaders("x-ms-*,content-type")
            .setExposedHeaders("x-ms-request-id").setMaxAgeInSeconds(60);
    }

    @Test
    void keepsAllPropertiesOverARestart() {
        world.blobs().setProperties(new BlobServiceProperties()
            .setLogging(new BlobAnalyticsLogging().setVersion("2.0").setRead(true).setWrite(true).setDelete(false)
                .setRetentionPolicy(days(7)))
            .setHourMetrics(new BlobMetrics().setVersion("1.0").setEnabled(true).setIncludeApis(true).setRetentionPolicy(days(3)))
            .setMinuteMetrics(new BlobMetrics().setVersion("1.0").setEnabled(false)
                .setRetentionPolicy(new BlobRetentionPolicy().setEnabled(false)))
            .setCors(List.of(rule("https://contoso.com", "GET,PUT"), rule("*", "GET")))
            .setDefaultServiceVersion("2021-12-02").setDeleteRetentionPolicy(days(14))
            .setStaticWebsite(new StaticWebsite().setEnabled(true).setIndexDocument("index.html").setErrorDocument404Path("404.html")));
        world.close();
        world = new StorageWorld(folder);
        BlobServiceProperties found = world.blobs().getProperties();
        assertThat(found.getLogging().isRead()).isTrue();
        assertThat(found.getLogging().isDelete()).isFalse();
        assertThat(found.getLogging().getRetentionPolicy().getDays()).isEqualTo(7);
        assertThat(found.getHourMetrics().isIncludeApis()).isTrue();
        assertThat(found.getHourMetrics().getRetentionPolicy().getDays()).isEqualTo(3);
        assertThat(found.getMinuteMetrics().isEnabled()).isFalse();
        assertThat(found.getCors()).extracting(BlobCorsRule::getAllowedOrigins, BlobCorsRule::getAllowedMethods)
            .containsExactly(tuple("https://contoso.com", "GET,PUT"), tuple("*", "GET"));
        assertThat(found.getDefaultServiceVersion()).isEqualTo("2021-12-02");
        assertThat(found.getDeleteRetentionPolicy().isEnabled()).isTrue();
        assertThat(found.getDeleteRetentionPolicy().getDays()).isEqualTo(14);
        assertThat(found.getStaticWebsite().getIndexDocument()).isEqualTo("index.html");
        assertThat(world.blobs().getBlobContainerClient("$web").exists()).isTrue();
    }

    @Test
    void leavesWhatADocumentDoesNotNameAsItIs() {
        world.blobs().setProperties(new BlobServiceProperties().setDeleteRetentionPolicy(days(5)));
        world.blobs().setProperties(new BlobServiceProperties().setCors(List.of(rule("*", "GET"))));
        BlobServiceProperties found = world.blobs().getProperties();
        assertThat(found.getDeleteRetentionPolicy().getDays()).isEqualTo(5);
        assertThat(found.getCors()).hasSize(1);
        world.blobs().setProperties(new BlobServiceProperties().setCors(List.of()));
        assertThat(world.blobs().getProperties().getCors()).isEmpty();
    }

    @Test
    void refusesValuesThatAzureRefuses() {
        assertThatThrownBy(() -> world.blobs().setProperties(new BlobServiceProperties().setCors(List.of(rule("*", "FETCH")))))
            .isInstanceOfSatisfying(BlobStorageException.class, failure -> {
                assertThat(failure.getStatusCode()).isEqualTo(400);
                assertThat(failure.getErrorCode()).hasToString("InvalidXmlNodeValue");
            });
    }

    private HttpResponse<String> send(String method, String path, Map<String, String> headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(world.url() + path))
            .method(method, HttpRequest.BodyPublishers.noBody());
        headers.forEach(request::header);
        try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    /** The headers of an answer that speak to browsers. */
    private static Map<String, String> browserHeaders(HttpResponse<String> answer) {
        return answer.headers().map().entrySet().stream()
            .filter(entry -> entry.getKey().startsWith("access-control") || entry.getKey().equals("vary"))
            .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().getFirst()));
    }

    @Test
    void answersBrowsersThatAskBeforeTheySend() throws Exception {
        world.blobs().setProperties(new BlobServiceProperties().setCors(List.of(rule("https://contoso.com", "PUT"))));
        HttpResponse<String> allowed = send("OPTIONS", "/raw/a.txt", Map.of("Origin", "https://contoso.com",
            "Access-Control-Request-Method", "PUT", "Access-Control-Request-Headers", "x-ms-blob-type,content-type"));
        assertThat(allowed.statusCode()).isEqualTo(200);
        assertThat(browserHeaders(allowed)).isEqualTo(Map.of("access-control-allow-origin", "https://contoso.com",
            "access-control-allow-methods", "PUT", "access-control-allow-headers", "x-ms-blob-type,content-type",
            "access-control-max-age", "60", "access-control-allow-credentials", "true", "vary", "Origin"));
        HttpResponse<String> otherOrigin = send("OPTIONS", "/raw/a.txt",
            Map.of("Origin", "https://fabrikam.com", "Access-Control-Request-Method", "PUT"));
        assertThat(otherOrigin.statusCode()).isEqualTo(403);
        assertThat(otherOrigin.headers().firstValue("x-ms-error-code")).contains("CorsPreflightFailure");
        HttpResponse<String> otherHeader = send("OPTIONS", "/raw/a.txt", Map.of("Origin", "https://contoso.com",
            "Access-Control-Request-Method", "PUT", "Access-Control-Request-Headers", "authorization"));
        assertThat(otherHeader.statusCode()).isEqualTo(403);
        assertThat(send("OPTIONS", "/raw/a.txt", Map.of("Origin", "https://contoso.com")).statusCode()).isEqualTo(400);
    }

    @Test
    void tellsBrowsersWhoMaySeeAnAnswer() throws Exception {
        world.blobs().setProperties(new BlobServiceProperties().setCors(List.of(rule("https://contoso.com", "GET"))));
        assertThat(browserHeaders(send("GET", "/raw/a.txt", Map.of("Origin", "https://contoso.com")))).isEqualTo(
            Map.of("access-control-allow-origin", "https://contoso.com", "access-control-allow-credentials", "true",
                "access-control-expose-headers", "x-ms-request-id", "vary", "Origin"));
        assertThat(browserHeaders(send("GET", "/raw/a.txt", Map.of("Origin", "https://fabrikam.com"))))
            .isEqualTo(Map.of("vary", "Origin"));
        world.blobs().setProperties(new BlobServiceProperties().setCors(List.of(rule("*", "GET"))));
        assertThat(browserHeaders(send("GET", "/raw/a.txt", Map.of("Origin", "https://fabrikam.com")))).isEqualTo(
            Map.of("access-control-allow-origin", "*", "access-control-expose-headers", "x-ms-request-id"));
    }

    @Test
    void namesTheHeadersThatAPageMaySee() throws Exception {
        world.container("raw").setAccessPolicy(PublicAccessType.BLOB, List.of());
        world.container("raw").getBlobClient("a.txt").upload(BinaryData.fromString("1"));
        world.container("raw").getBlobClient("a.txt").setMetadata(Map.of("one", "1", "two", "2"));
        world.blobs().setProperties(new BlobServiceProperties().setCors(List.of(rule("*", "GET").setExposedHeaders("ETag,x-ms-meta-*"))));
        assertThat(exposed("/raw/a.txt")).containsExactlyInAnyOrder("ETag", "x-ms-meta-one", "x-ms-meta-two");
        assertThat(exposed("/raw/none.txt")).containsExactly("ETag");
        world.blobs().setProperties(new BlobServiceProperties().setCors(List.of(rule("*", "GET").setExposedHeaders("*"))));
        assertThat(exposed("/raw/a.txt")).contains("Content-Length", "ETag", "x-ms-request-id", "x-ms-meta-one")
            .doesNotContain("*", "Access-Control-Allow-Origin");
    }

    private List<String> exposed(String path) throws IOException, InterruptedException {
        return List.of(browserHeaders(send("GET", path, Map.of("Origin", "https://contoso.com")))
            .get("access-control-expose-headers").split(","));
    }

    private void site() {
        world.blobs().setProperties(new BlobServiceProperties().setStaticWebsite(
            new StaticWebsite().setEnabled(true).setIndexDocument("index.html").setErrorDocument404Path("missing.html")));
        BlobContainerClient web = world.blobs().getBlobContainerClient("$web");
        for (String page : List.of("index.html", "docs/index.html", "missing.html")) {
            web.getBlobClient(page).upload(BinaryData.fromString("page " + page));
            web.getBlobClient(page).setHttpHeaders(new BlobHttpHeaders().setContentType("text/html"));
        }
    }

    private HttpResponse<String> page(String path) throws IOException, InterruptedException {
        String url = world.url().replace("/" + StorageWorld.ACCOUNT, "/lazuli/web/" + StorageWorld.ACCOUNT) + path;
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    @Test
    void servesASiteToEverybody() throws Exception {
        site();
        assertThat(page("").body()).isEqualTo("page index.html");
        assertThat(page("/").headers().firstValue("content-type")).contains("text/html");
        assertThat(page("/docs/").body()).isEqualTo("page docs/index.html");
        assertThat(page("/docs").body()).isEqualTo("page docs/index.html");
        assertThat(page("/docs/index.html").statusCode()).isEqualTo(200);
        assertThat(page("/none.html").statusCode()).isEqualTo(404);
        assertThat(page("/none.html").body()).isEqualTo("page missing.html");
    }

    @Test
    void servesASiteAtItsOwnHost() throws Exception {
        site();
        URI url = URI.create(world.url());
        try (Socket socket = new Socket(url.getHost(), url.getPort())) {
            socket.getOutputStream().write(("GET /docs/index.html HTTP/1.1\r\nHost: contoso.z6.web.core.windows.net\r\n"
                + "Connection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8)).startsWith("HTTP/1.1 200")
                .endsWith("page docs/index.html");
        }
    }

    @Test
    void servesNoSiteUntilItIsEnabled() throws Exception {
        world.container("$web").getBlobClient("index.html").upload(BinaryData.fromString("page"));
        HttpResponse<String> answer = page("/index.html");
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().firstValue("x-ms-error-code")).contains("WebContentNotFound");
    }

    @Test
    void theSecondaryEndpointIsForReadingAndHasStatistics() {
        world.container("raw").getBlobClient("a").upload(BinaryData.fromString("text"));
        BlobServiceClient secondary = new BlobServiceClientBuilder().endpoint(world.url() + "-secondary").credential(world.credential())
            .retryOptions(StorageWorld.once()).buildClient();
        GeoReplication replication = secondary.getStatistics().getGeoReplication();
        assertThat(replication.getStatus()).isEqualTo(GeoReplicationStatus.LIVE);
        assertThat(replication.getLastSyncTime()).isBefore(OffsetDateTime.now().plusMinutes(1));
        BlobClient blob = secondary.getBlobContainerClient("raw").getBlobClient("a");
        assertThat(blob.downloadContent().toString()).isEqualTo("text");
        assertThatThrownBy(() -> blob.upload(BinaryData.fromString("other"), true)).isInstanceOfSatisfying(BlobStorageException.class,
            failure -> assertThat(failure.getErrorCode()).isEqualTo(BlobErrorCode.INSUFFICIENT_ACCOUNT_PERMISSIONS));
        assertThatThrownBy(() -> world.blobs().getStatistics()).isInstanceOfSatisfying(BlobStorageException.class,
            failure -> assertThat(failure.getErrorCode()).isEqualTo(BlobErrorCode.INVALID_QUERY_PARAMETER_VALUE));
    }
}
