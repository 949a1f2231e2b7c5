package io.lazuli.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lazuli.storage.authorisation.AccountKeys;
import io.lazuli.storage.http.HttpDates;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A client of the storage service that does what clients do most, often enough for the compiler to know it. */
final class TrainingClient implements AutoCloseable {
    private static final int TIMES = 500;
    private static final int BYTES = 1024;
    /** The lines from the length to the last of the headers that a signature covers, all empty here. */
    private static final int SIGNED_AFTER_LENGTH = 9;
    private static final String CONTAINER = "/training";

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI endpoint;
    private final byte[] key;

    /** {@code endpoint} is that of the emulator's account, whose key everybody knows. */
    TrainingClient(String endpoint, String key) {
        this.endpoint = URI.create(endpoint);
        this.key = Base64.getDecoder().decode(key);
    }

    void run() throws IOException, InterruptedException, GeneralSecurityException {
        send("PUT", CONTAINER, "restype=container", 0);
        for (int i = 0; i < TIMES; i++) {
            send("PUT", CONTAINER + "/blob-" + i, null, BYTES);
            send("GET", CONTAINER + "/blob-" + i, null, 0);
        }
        send("PUT", CONTAINER + "/large", null, 1 << 24);
        send("GET", CONTAINER + "/large", null, 0);
        for (int i = 0; i < 3; i++) {
            send("GET", CONTAINER, "comp=list&restype=container", 0);
        }
        for (int i = 0; i < TIMES; i++) {
            send("DELETE", CONTAINER + "/blob-" + i, null, 0);
        }
    }

    private void send(String method, String path, String query, int length) throws IOException, InterruptedException,
            GeneralSecurityException {
        String date = HttpDates.format(Instant.now());
        String resource = endpoint.getPath() + path;
        boolean blob = length > 0;
        String headers = (blob ? "x-ms-blob-type:BlockBlob\n" : "") + "x-ms-date:" + date + "\nx-ms-version:2021-12-02\n";
        String text = method + "\n\n\n" + (blob ? length : "") + "\n".repeat(SIGNED_AFTER_LENGTH) + headers
            + "/" + AccountKeys.EMULATOR + resource
            + (query == null ? "" : "\n" + query.replace('=', ':').replace('&', '\n'));
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        String signature = Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(UTF_8)));
        HttpRequest.Builder request = HttpRequest.newBuilder(endpoint.resolve(resource + (query == null ? "" : "?" + query)))
            .method(method, method.equals("PUT") ? BodyPublishers.ofByteArray(new byte[length]) : BodyPublishers.noBody())
            .header("x-ms-date", date).header("x-ms-version", "2021-12-02")
            .header("Authorization", "SharedKey " + AccountKeys.EMULATOR + ":" + signature);
        HttpResponse<Void> answer = http.send((blob ? request.header("x-ms-blob-type", "BlockBlob") : request).build(),
            BodyHandlers.discarding());
        if (answer.statusCode() / 100 != 2) {
            throw new IOException(method + " " + resource + ": " + answer.statusCode());
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
