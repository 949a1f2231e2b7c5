package io.lazuli.server;

import static io.lazuli.server.QueryWorld.ORDERS;
import static io.lazuli.server.QueryWorld.SALES;
import static io.lazuli.server.QueryWorld.json;
import static io.lazuli.server.QueryWorld.query;
import static io.lazuli.server.QueryWorld.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.util.BinaryData;
import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.models.BlobQueryParquetSerialization;
import com.azure.storage.blob.models.BlobRequestConditions;
import com.azure.storage.blob.models.BlobStorageException;
import com.azure.storage.blob.models.CustomerProvidedKey;
import com.azure.storage.blob.options.BlobQueryOptions;
import com.azure.storage.blob.sas.BlobSasPermission;
import com.azure.storage.blob.sas.BlobServiceSasSignatureValues;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Queries over blobs that are encrypted with a key of the client. */
class EncryptedQueriesTest {
    private static final byte[] KEY = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    private Path folder;

    private QueryWorld world;

    @BeforeEach
    void start() {
        world = new QueryWorld(folder);
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private static String outcome(ThrowingCallable call) {
        try {
            call.call();
            return "done";
        } catch (BlobStorageException failure) {
            return failure.getStatusCode() + " " + failure.getErrorCode();
        } catch (Throwable other) {
            throw new AssertionError(other);
        }
    }

    /** Whether no file holds any of the texts; false while files come and go. */
    private boolean isNowhere(String... texts) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path path : files.filter(Files::isRegularFile).toList()) {
                if (Stream.of(texts).anyMatch(Files.readString(path, StandardCharsets.ISO_8859_1)::contains)) {
                    return false;
                }
            }
            return true;
        } catch (IOException | UncheckedIOException changing) {
            return false;
        }
    }

    @Test
    void readsBlobsThatAreEncryptedWithTheClientsKey() throws IOException {
        world.keyed("sales.csv", KEY).upload(BinaryData.fromString(SALES));
        world.keyed("orders.json", KEY).upload(BinaryData.fromString(ORDERS));
        world.keyed("n.parquet", KEY).uploadFromFile(world.numbers().toString());
        assertThat(query(world.keyed("sales.csv", KEY), "SELECT id FROM BlobStorage WHERE price > 10", text(true), text(false)))
            .isEqualTo("1\n2\n");
        assertThat(query(world.keyed("orders.json", KEY), "SELECT name FROM BlobStorage WHERE id = 2", json(), json()))
            .isEqualTo("{\"name\":\"desk\"}\n");
        assertThat(query(world.keyed("n.parquet", KEY), "SELECT text FROM BlobStorage WHERE n >= 2", new BlobQueryParquetSerialization(),
            text(false))).isEqualTo("b\n");
        assertThat(query(world.keyed("sales.csv", KEY), "SELECT sys.split(10485760) FROM BlobStorage", text(false), text(false)))
            .isEqualTo(SALES.length() + "\n");
        try (InputStream in = world.keyed("sales.csv", KEY).openQueryInputStream("SELECT _2 FROM BlobStorage WHERE _1 = '3'")) {
            assertThat(in).hasContent("Lamp");
        }
        // Decrypted copies go when the answers have gone.
        ServedWorkspace.await(() -> isNowhere("Lamp", "mouse"));
    }

    @Test
    void refusesQueriesWithOtherKeysAsItDoesReads() {
        world.keyed("secret.csv", KEY).upload(BinaryData.fromString(SALES));
        world.put("plain.csv", SALES);
        byte[] other = KEY.clone();
        other[0]++;
        for (BlobClient blob : List.of(world.keyed("secret.csv", null), world.keyed("secret.csv", other), world.keyed("plain.csv", KEY))) {
            assertThat(outcome(() -> query(blob, new BlobQueryOptions("SELECT * FROM BlobStorage", new ByteArrayOutputStream()))))
                .startsWith("409 Blob").isEqualTo(outcome(blob::downloadContent));
        }
        assertThat(outcome(() -> query(world.keyed("secret.csv", KEY), "SELECT", text(true), text(true)))).isEqualTo("400 InvalidInput");
        assertThat(outcome(() -> query(world.keyed("secret.csv", KEY), new BlobQueryOptions("SELECT * FROM BlobStorage",
            new ByteArrayOutputStream()).setRequestConditions(new BlobRequestConditions().setIfMatch("\"0x1\"")))))
            .isEqualTo("412 ConditionNotMet");
    }

    @Test
    void takesTheKeyFromTheHeadersOfARequest() throws Exception {
        world.keyed("a.csv", KEY).upload(BinaryData.fromString("1,Lamp\n"));
        String signature = world.blob("a.csv").generateSas(new BlobServiceSasSignatureValues(OffsetDateTime.now().plusHours(1),
            BlobSasPermission.parse("r")));
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + world.state().port()
            + "/contoso/raw/a.csv?comp=query&" + signature)).header("x-ms-version", "2025-01-05")
            .header("x-ms-encryption-key", Base64.getEncoder().encodeToString(KEY)).header("x-ms-encryption-algorithm", "AES256")
            .header("x-ms-encryption-key-sha256", new CustomerProvidedKey(KEY).getKeySha256())
            .POST(BodyPublishers.ofString("<QueryRequest><Expression>SELECT _2 FROM BlobStorage</Expression></QueryRequest>")).build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            java.net.http.HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("x-ms-encryption-key-sha256")).contains(new CustomerProvidedKey(KEY).getKeySha256());
            assertThat(answer.body()).contains("Lamp\n");
        }
    }

    @Test
    void removesDecryptedCopiesThatAKilledProcessLeft() throws IOException {
        world.close();
        Files.createDirectories(folder.resolve("queries"));
        Files.writeString(folder.resolve("queries/left"), "secret");
        start();
        assertThat(folder.resolve("queries")).isEmptyDirectory();
    }
}
