package io.lazuli.storage.endpoint;

import static io.lazuli.storage.endpoint.TestIdentities.ACCOUNT_READER;
import static io.lazuli.storage.endpoint.TestIdentities.CONTRIBUTOR;
import static io.lazuli.storage.endpoint.TestIdentities.OWNER;
import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.util.BinaryData;
import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.models.BlobContainerItem;
import com.azure.storage.blob.models.BlobStorageException;
import com.azure.storage.blob.models.PageRange;
import com.azure.storage.blob.specialized.AppendBlobClient;
import com.azure.storage.blob.specialized.BlobLeaseClient;
import com.azure.storage.blob.specialized.BlobLeaseClientBuilder;
import com.azure.storage.file.datalake.DataLakeFileClient;
import com.azure.storage.file.datalake.DataLakeFileSystemClient;
import com.azure.storage.file.datalake.models.DataLakeStorageException;
import io.lazuli.governance.principal.Principal;
import io.lazuli.storage.content.AccountSettings;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Policies and legal holds of containers, set as by Azure's resource manager, and what they forbid. */
class ContainerImmutabilityTest {
    private static final String POLICY = "BlobImmutableDueToPolicy";
    private static final String HOLD = "BlobImmutableDueToLegalHold";
    private static final String DEFAULT = "/immutabilityPolicies/default";

    @TempDir
    private Path folder;

    private StorageWorld world;
    private HttpClient http;

    @BeforeEach
    void start() {
        world = new StorageWorld(folder);
        http = HttpClient.newBuilder().sslContext(world.trust()).build();
    }

    @AfterEach
    void stop() {
        http.close();
        world.close();
    }

    private HttpResponse<String> manage(Principal principal, String method, String container, String what, String body, String... headers)
            throws Exception {
        URI url = URI.create(world.secureUrl().replaceFirst("/contoso$", "") + "/subscriptions/" + TestIdentities.TENANT
            + "/resourceGroups/lazuli/providers/Microsoft.Storage/storageAccounts/"
            + container.replace("/", "/blobServices/default/containers/") + what + "?api-version=2024-01-01");
        String token = world.identities().security().tokens().issue(principal, "https://management.azure.com/", Duration.ofHours(1));
        HttpRequest.Builder request = HttpRequest.newBuilder(url).method(method, BodyPublishers.ofString(body))
            .header("Authorization", "Bearer " + token).header("Content-Type", "application/json");
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private JsonNode done(String method, String what, String body, String... headers) throws Exception {
        HttpResponse<String> answer = manage(OWNER, method, "contoso/raw", what, body, headers);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body().isEmpty() ? null : JsonMapper.builder().build().readTree(answer.body());
    }

    private String refused(Principal principal, String method, String what, String body, String... headers) throws Exception {
        HttpResponse<String> answer = manage(principal, method, "contoso/raw", what, body, headers);
        return answer.statusCode() + " " + JsonMapper.builder().build().readTree(answer.body()).path("error").path("code").asString();
    }

    private static String period(int days, String... allowed) {
        StringBuilder text = new StringBuilder("{\"properties\":{\"immutabilityPeriodSinceCreationInDays\":" + days);
        for (String name : allowed) {
            text.append(",\"").append(name).append("\":true");
        }
        return text + "}}";
    }

    private void policy(int days, String... allowed) throws Exception {
        done("PUT", DEFAULT, period(days, allowed));
    }

    private static String outcome(ThrowingCallable call) {
        try {
            call.call();
            return "done";
        } catch (BlobStorageException failure) {
            return failure.getStatusCode() + " " + failure.getErrorCode();
        } catch (DataLakeStorageException failure) {
            return failure.getStatusCode() + " " + failure.getErrorCode();
        } catch (Throwable other) {
            throw new AssertionError(other);
        }
    }

    private Map<String, String> attempts() {
        BlobContainerClient container = world.container("raw");
        DataLakeFileSystemClient lake = world.lake("raw");
        BlobClient blob = container.getBlobClient("dir/a.txt");
        BinaryData text = BinaryData.fromString("other");
        Map<String, String> outcomes = new LinkedHashMap<>();
        outcomes.put("overwrite", outcome(() -> blob.upload(text, true)));
        outcomes.put("block list", outcome(() -> {
            blob.getBlockBlobClient().stageBlock("AAAA", text);
            blob.getBlockBlobClient().commitBlockList(List.of("AAAA"), true);
        }));
        outcomes.put("copy", outcome(() -> blob.copyFromUrl(StorageWorld.signed(container.getBlobClient("dir/b.txt")))));
        outcomes.put("metadata", outcome(() -> blob.setMetadata(Map.of("k", "v"))));
        outcomes.put("headers", outcome(() -> blob.setHttpHeaders(null)));
        outcomes.put("snapshot", outcome(blob::createSnapshot));
        outcomes.put("append", outcome(() -> container.getBlobClient("log").getAppendBlobClient()
            .appendBlock(new ByteArrayInputStream(new byte[3]), 3)));
        outcomes.put("pages", outcome(() -> container.getBlobClient("pages").getPageBlobClient()
            .uploadPages(new PageRange().setStart(0).setEnd(511), new ByteArrayInputStream(new byte[512]))));
        DataLakeFileClient file = lake.getFileClient("dir/a.txt");
        outcomes.put("append to a file", outcome(() -> {
            file.append(BinaryData.fromString("more"), 4);
            file.flush(8, true);
        }));
        outcomes.put("rename", outcome(() -> file.rename(null, "dir/c.txt")));
        outcomes.put("rename a directory", outcome(() -> lake.getDirectoryClient("dir").rename(null, "other")));
        outcomes.put("rename onto", outcome(() -> lake.getFileClient("free/x").rename(null, "dir/a.txt")));
        outcomes.put("delete", outcome(blob::delete));
        outcomes.put("delete a file", outcome(file::delete));
        outcomes.put("delete a directory", outcome(() -> lake.getDirectoryClient("dir").deleteRecursively()));
        outcomes.put("delete the container", outcome(container::delete));
        return outcomes;
    }

    private void fill() {
        BlobContainerClient container = world.container("raw");
        container.getBlobClient("dir/a.txt").upload(BinaryData.fromString("text"));
        container.getBlobClient("dir/b.txt").upload(BinaryData.fromString("text"));
        container.getBlobClient("free/x").upload(BinaryData.fromString("text"));
        container.getBlobClient("log").getAppendBlobClient().create();
        container.getBlobClient("pages").getPageBlobClient().create(512);
    }

    private void assertUntouched() {
        BlobContainerClient container = world.container("raw");
        assertThat(container.getBlobClient("dir/a.txt").downloadContent().toString()).isEqualTo("text");
        container.getBlobClient("new").upload(BinaryData.fromString("new ones are made"));
        container.getBlobClient("dir/a.txt").setTags(Map.of("still", "tagged"));
        container.setMetadata(Map.of("still", "described"));
    }

    @Test
    void aPolicyKeepsAllBlobs() throws Exception {
        fill();
        policy(7);
        Map<String, String> outcomes = attempts();
        assertThat(outcomes.values()).hasSize(16).containsOnly("409 " + POLICY);
        assertUntouched();
    }

    @Test
    void aLegalHoldKeepsAllBlobsUntilItsLastTagIsCleared() throws Exception {
        fill();
        assertThat(done("POST", "/setLegalHold", "{\"tags\":[\"Case1\",\"audit\"]}").toString())
            .isEqualTo("{\"hasLegalHold\":true,\"tags\":[\"audit\",\"case1\"],\"allowProtectedAppendWritesAll\":false}");
        Map<String, String> outcomes = attempts();
        assertThat(outcomes.remove("delete the container")).isEqualTo("409 ContainerHasLegalHold");
        assertThat(outcomes.values()).containsOnly("409 " + HOLD);
        assertUntouched();
        done("POST", "/clearLegalHold", "{\"tags\":[\"audit\"]}");
        assertThat(outcome(() -> world.container("raw").getBlobClient("dir/a.txt").delete())).isEqualTo("409 " + HOLD);
        done("POST", "/clearLegalHold", "{\"tags\":[\"case1\"]}");
        assertThat(outcome(() -> world.container("raw").getBlobClient("dir/a.txt").delete())).isEqualTo("done");
    }

    @Test
    void whatIsOverLetsBlobsBeDeletedAndNotChanged() throws Exception {
        fill();
        for (String name : new String[] {"dir/a.txt", "log"}) {
            // As another program wrote it a month ago.
            Path file = world.file("raw", name);
            Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(30, ChronoUnit.DAYS)));
        }
        policy(7);
        BlobContainerClient container = world.container("raw");
        assertThat(outcome(() -> container.getBlobClient("dir/a.txt").upload(BinaryData.fromString("x"), true))).isEqualTo("409 " + POLICY);
        assertThat(outcome(() -> container.getBlobClient("dir/a.txt").setMetadata(Map.of("k", "v")))).isEqualTo("409 " + POLICY);
        assertThat(outcome(() -> container.getBlobClient("dir/a.txt").delete())).isEqualTo("done");
        assertThat(outcome(() -> container.getBlobClient("dir/b.txt").delete())).isEqualTo("409 " + POLICY);
        assertThat(outcome(() -> world.lake("raw").getDirectoryClient("dir").deleteRecursively())).isEqualTo("409 " + POLICY);
    }

    private String appends(String name) {
        AppendBlobClient log = world.container("raw").getBlobClient(name).getAppendBlobClient();
        return outcome(() -> log.appendBlock(new ByteArrayInputStream(new byte[3]), 3));
    }

    private String flushes() {
        DataLakeFileClient file = world.lake("raw").getFileClient("dir/a.txt");
        long size = file.getProperties().getFileSize();
        return outcome(() -> {
            file.append(BinaryData.fromString("more"), size);
            file.flush(size + 4, true);
        });
    }

    @Test
    void protectedAppendsAreAllowedAsThePolicySays() throws Exception {
        fill();
        policy(7, "allowProtectedAppendWrites");
        assertThat(appends("log")).isEqualTo("done");
        assertThat(flushes()).isEqualTo("409 " + POLICY);
        policy(7, "allowProtectedAppendWritesAll");
        assertThat(appends("log")).isEqualTo("done");
        world.container("raw").getBlobClient("new log").getAppendBlobClient().create();
        assertThat(appends("new log")).isEqualTo("done");
        assertThat(flushes()).isEqualTo("done");
        assertThat(outcome(() -> world.container("raw").getBlobClient("log").delete())).isEqualTo("409 " + POLICY);
        done("POST", "/setLegalHold", "{\"tags\":[\"case1\"]}");
        assertThat(appends("log")).isEqualTo("409 " + HOLD);
        done("POST", "/setLegalHold", "{\"tags\":[\"case1\"],\"allowProtectedAppendWritesAll\":true}");
        assertThat(appends("log")).isEqualTo("done");
        assertThat(flushes()).isEqualTo("done");
        assertThat(refused(OWNER, "PUT", DEFAULT, period(7, "allowProtectedAppendWrites", "allowProtectedAppendWritesAll")))
            .isEqualTo("400 InvalidRequestPropertyValue");
    }

    @Test
    void aLockedPolicyIsExtendedAtMostFiveTimes() throws Exception {
        world.container("raw");
        JsonNode unlocked = done("PUT", DEFAULT, period(3));
        assertThat(unlocked.path("properties").path("state").asString()).isEqualTo("Unlocked");
        assertThat(refused(OWNER, "POST", DEFAULT + "/lock", "")).isEqualTo("400 MissingRequiredHeader");
        assertThat(refused(OWNER, "POST", DEFAULT + "/lock", "", "If-Match", "\"0x1\"")).isEqualTo("412 PreconditionFailed");
        assertThat(refused(OWNER, "POST", DEFAULT + "/extend", period(5), "If-Match", "*")).isEqualTo("409 ImmutabilityPolicyStateInvalid");
        JsonNode locked = done("POST", DEFAULT + "/lock", "", "If-Match", unlocked.path("etag").asString());
        assertThat(locked.path("properties").path("state").asString()).isEqualTo("Locked");
        assertThat(refused(OWNER, "PUT", DEFAULT, period(9))).isEqualTo("409 ImmutabilityPolicyStateInvalid");
        assertThat(refused(OWNER, "DELETE", DEFAULT, "", "If-Match", "*")).isEqualTo("409 ImmutabilityPolicyStateInvalid");
        assertThat(refused(OWNER, "POST", DEFAULT + "/extend", period(2), "If-Match", "*")).isEqualTo("409 ImmutabilityPolicyStateInvalid");
        for (int days = 4; days <= 8; days++) {
            done("POST", DEFAULT + "/extend", period(days), "If-Match", "*");
        }
        assertThat(refused(OWNER, "POST", DEFAULT + "/extend", period(9), "If-Match", "*")).isEqualTo("409 ImmutabilityPolicyStateInvalid");
        assertThat(done("GET", DEFAULT, "").path("properties").path("immutabilityPeriodSinceCreationInDays").asInt()).isEqualTo(8);
        assertThat(outcome(() -> world.container("raw").delete())).isEqualTo("409 ContainerImmutabilityPolicyLocked");
    }

    @Test
    void anEmptyContainerIsDeletedByTheResourceManager() throws Exception {
        BlobContainerClient container = world.container("raw");
        policy(3);
        done("POST", DEFAULT + "/lock", "", "If-Match", "*");
        container.getBlobClient("a").upload(BinaryData.fromString("text"));
        assertThat(refused(OWNER, "DELETE", "", "")).isEqualTo("409 ContainerProtectedFromDeletion");
        Files.delete(world.file("raw", "a"));
        BlobLeaseClient lease = new BlobLeaseClientBuilder().containerClient(container).buildClient();
        lease.acquireLease(-1);
        assertThat(refused(OWNER, "DELETE", "", "")).isEqualTo("409 LeaseIdMissing");
        lease.releaseLease();
        done("DELETE", "", "");
        assertThat(container.exists()).isFalse();
    }

    @Test
    void aContainerWithVersionsIsNotEmpty() throws Exception {
        world.close();
        world = new StorageWorld(folder, Map.of(StorageWorld.ACCOUNT, new AccountSettings(false, true, 0)));
        BlobClient blob = world.container("raw").getBlobClient("a");
        blob.upload(BinaryData.fromString("text"));
        blob.delete();
        assertThat(manage(OWNER, "DELETE", "contoso/raw", "", "").body()).contains("ContainerProtectedFromDeletion");
        blob.upload(BinaryData.fromString("text"));
        blob.setLegalHold(true);
        blob.upload(BinaryData.fromString("other"), true);
        blob.delete();
        assertThat(manage(OWNER, "DELETE", "contoso/raw", "", "").body()).contains(HOLD);
        assertThat(world.container("raw").exists()).isTrue();
    }

    @Test
    void takesTokensForTheResourceManagerAlone() throws Exception {
        world.container("raw");
        String url = world.secureUrl().replaceFirst("/contoso$", "") + "/subscriptions/" + TestIdentities.TENANT
            + "/resourceGroups/lazuli/providers/Microsoft.Storage/storageAccounts/contoso/blobServices/default/containers/raw";
        String other = world.identities().security().tokens().issue(OWNER, "https://storage.azure.com", Duration.ofHours(1));
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url)).DELETE();
        HttpResponse<String> anonymous = http.send(request.build(), BodyHandlers.ofString());
        HttpResponse<String> foreign = http.send(request.header("Authorization", "Bearer " + other).build(), BodyHandlers.ofString());
        HttpResponse<String> plain = http.send(HttpRequest.newBuilder(URI.create(url.replaceFirst("https", "http"))).DELETE()
            .header("Authorization", "Bearer " + other).build(), BodyHandlers.ofString());
        assertThat(anonymous.statusCode()).isEqualTo(401);
        assertThat(anonymous.headers().firstValue("WWW-Authenticate").orElse("")).startsWith("Bearer authorization_uri=");
        assertThat(foreign.body()).contains("InvalidAuthenticationToken");
        assertThat(plain.body()).contains("HttpsRequired");
        assertThat(world.container("raw").exists()).isTrue();
    }

    @Test
    void tellsOfItInPropertiesAndLists() throws Exception {
        BlobContainerClient container = world.container("raw");
        world.container("plain");
        policy(3);
        done("POST", "/setLegalHold", "{\"tags\":[\"case1\"]}");
        assertThat(container.getProperties().hasImmutabilityPolicy()).isTrue();
        assertThat(container.getProperties().hasLegalHold()).isTrue();
        assertThat(world.blobs().listBlobContainers()).filteredOn(item -> item.getProperties().isHasLegalHold()
            && item.getProperties().isHasImmutabilityPolicy()).extracting(BlobContainerItem::getName).containsExactly("raw");
        JsonNode shown = done("GET", "", "").path("properties");
        assertThat(shown.path("hasLegalHold").asBoolean()).isTrue();
        assertThat(shown.path("immutabilityPolicy").path("properties").path("immutabilityPeriodSinceCreationInDays").asInt()).isEqualTo(3);
        assertThat(shown.path("legalHold").path("tags").toString()).isEqualTo("[{\"tag\":\"case1\"}]");
    }

    @Test
    void whoMayNotIsRefusedAndNotedDown() throws Exception {
        world.container("raw");
        assertThat(refused(CONTRIBUTOR, "PUT", DEFAULT, period(3))).isEqualTo("403 AuthorizationFailed");
        assertThat(refused(ACCOUNT_READER, "POST", "/setLegalHold", "{\"tags\":[\"case1\"]}")).isEqualTo("403 AuthorizationFailed");
        assertThat(manage(ACCOUNT_READER, "GET", "contoso/raw", DEFAULT, "").statusCode()).isEqualTo(200);
        assertThat(refused(OWNER, "PUT", "/unknown", "")).isEqualTo("404 NotSupported");
        assertThat(refused(OWNER, "PUT", DEFAULT, "{")).isEqualTo("400 InvalidRequestContent");
        assertThat(refused(OWNER, "PUT", DEFAULT, period(0))).isEqualTo("400 InvalidRequestPropertyValue");
        assertThat(refused(OWNER, "POST", "/setLegalHold", "{\"tags\":[\"a b\"]}")).isEqualTo("400 InvalidRequestPropertyValue");
        for (String body : List.of("", "null", "[]", "7", "{\"tags\":\"case1\"}", "{\"tags\":[{}]}", "{\"tags\":[null]}",
                "{\"tags\":[[1]]}", "{\"properties\":[]}", "{\"properties\":{\"immutabilityPeriodSinceCreationInDays\":\"x\"}}",
                "{".repeat(3000))) {
            assertThat(refused(OWNER, "POST", "/setLegalHold", body)).as(body).startsWith("400 InvalidRequest");
            assertThat(refused(OWNER, "PUT", DEFAULT, body)).as(body).startsWith("400 InvalidRequest");
        }
        for (String name : List.of("a", "%2e%2e", "raw%2Fx", "%ff", "RAW", "%00")) {
            assertThat(manage(OWNER, "GET", "contoso/" + name, "", "").statusCode()).as(name).isIn(400, 404);
        }
        assertThat(manage(OWNER, "GET", "contoso/missing", "", "").body()).contains("ContainerNotFound");
        policy(3);
        assertThat(folder.resolve("audit.jsonl")).content().contains("immutabilityPolicies/write", "AuthorizationFailed", "allowed");
    }
}
