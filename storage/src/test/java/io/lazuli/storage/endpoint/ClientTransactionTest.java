package io.lazuli.storage.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.storage.common.sas.AccountSasPermission;
import com.azure.storage.common.sas.AccountSasResourceType;
import com.azure.storage.common.sas.AccountSasService;
import com.azure.storage.common.sas.AccountSasSignatureValues;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A path tells which request of a client made it or moved it where it is. */
class ClientTransactionTest {
    private static final String HEADER = "x-ms-client-transaction-id";

    @TempDir
    private Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private StorageWorld world;
    private String signature;

    @BeforeEach
    void start() {
        world = new StorageWorld(folder);
        world.container("lake");
        signature = world.blobs().generateAccountSas(new AccountSasSignatureValues(OffsetDateTime.now().plusHours(1),
            AccountSasPermission.parse("rwdlc"), new AccountSasService().setBlobAccess(true),
            new AccountSasResourceType().setService(true).setContainer(true).setObject(true)));
    }

    @AfterEach
    void stop() {
        http.close();
        world.close();
    }

    private HttpResponse<Void> send(String method, String pathAndQuery, String... headers) throws IOException, InterruptedException {
        String separator = pathAndQuery.contains("?") ? "&" : "?";
        return http.send(HttpRequest.newBuilder(URI.create(world.url() + "/lake/" + pathAndQuery + separator + signature))
            .method(method, BodyPublishers.noBody()).headers(headers).build(), BodyHandlers.discarding());
    }

    private void make(String pathAndQuery, String... headers) throws IOException, InterruptedException {
        assertThat(send("PUT", pathAndQuery, headers).statusCode()).isEqualTo(201);
    }

    private String transaction(String path) throws IOException, InterruptedException {
        return send("HEAD", path + "?action=getStatus", "x-ms-version", "2025-07-05").headers().firstValue(HEADER).orElse("none");
    }

    @Test
    void theStatusOfAPathTellsIt() throws IOException, InterruptedException {
        make("d?resource=directory", HEADER, "one");
        make("d/f?resource=file", HEADER, "two");
        assertThat(transaction("d")).isEqualTo("one");
        assertThat(transaction("d/f")).isEqualTo("two");
        make("e?mode=legacy", "x-ms-rename-source", "/lake/d", HEADER, "three");
        assertThat(transaction("e")).isEqualTo("three");
        assertThat(transaction("e/f")).isEqualTo("two");
        make("g?mode=legacy", "x-ms-rename-source", "/lake/e/f", HEADER, "four");
        assertThat(transaction("g")).isEqualTo("four");
        make("g?resource=file", "x-ms-version", "2025-07-05");
        assertThat(transaction("g")).isEqualTo("none");
    }

    @Test
    void soDoesAFileThatAnotherProgramMade() throws IOException, InterruptedException {
        Files.writeString(world.file("lake", "plain"), "text");
        make("moved?mode=legacy", "x-ms-rename-source", "/lake/plain", HEADER, "one");
        assertThat(transaction("moved")).isEqualTo("one");
    }
}
