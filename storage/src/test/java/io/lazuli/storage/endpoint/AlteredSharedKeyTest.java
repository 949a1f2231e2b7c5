package io.lazuli.storage.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.util.BinaryData;
import io.lazuli.storage.http.HttpDates;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A request that was signed with the account's key and altered on its way does nothing. */
class AlteredSharedKeyTest {
    private static final List<String> SIGNED = List.of("Content-Encoding", "Content-Language", "Content-Length", "Content-MD5",
        "Content-Type", "Date", "If-Modified-Since", "If-Match", "If-None-Match", "If-Unmodified-Since", "Range");

    @TempDir
    private Path folder;

    private StorageWorld world;

    @BeforeEach
    void start() {
        world = new StorageWorld(folder);
        world.container("raw");
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private record Sent(String method, String path, Map<String, String> query, Map<String, String> headers) {
        Sent with(String header, String value) {
            Map<String, String> changed = new LinkedHashMap<>(headers);
            if (value == null) {
                changed.remove(header);
            } else {
                changed.put(header, value);
            }
            return new Sent(method, path, query, changed);
        }

        Sent withQuery(String name, String value) {
            Map<String, String> changed = new LinkedHashMap<>(query);
            if (value == null) {
                changed.remove(name);
            } else {
                changed.put(name, value);
            }
            return new Sent(method, path, changed, headers);
        }
    }

    private Sent signed(Sent plain) {
        String standard = SIGNED.stream().map(name -> plain.headers.getOrDefault(name, "") + "\n").collect(Collectors.joining());
        String own = new TreeMap<>(plain.headers).entrySet().stream().filter(one -> one.getKey().startsWith("x-ms-"))
            .map(one -> one.getKey() + ":" + one.getValue() + "\n").collect(Collectors.joining());
        String query = new TreeMap<>(plain.query).entrySet().stream().map(one -> "\n" + one.getKey() + ":" + one.getValue())
            .collect(Collectors.joining());
        String text = plain.method + "\n" + standard + own + "/" + StorageWorld.ACCOUNT + plain.path + query;
        return plain.with("Authorization", "SharedKey " + StorageWorld.ACCOUNT + ":" + HandMadeSignature.hmac(world.key(), text));
    }

    private String send(Sent sent) throws IOException {
        String query = sent.query.entrySet().stream().map(one -> one.getKey() + "=" + HandMadeSignature.encode(one.getValue()))
            .collect(Collectors.joining("&"));
        String head = sent.method + " " + sent.path + (query.isEmpty() ? "" : "?" + query) + " HTTP/1.1\r\nHost: 127.0.0.1\r\n"
            + sent.headers.entrySet().stream().map(one -> one.getKey() + ": " + one.getValue() + "\r\n").collect(Collectors.joining())
            + "Connection: close\r\n\r\nbody";
        URI url = URI.create(world.url());
        try (Socket socket = new Socket(url.getHost(), url.getPort())) {
            socket.setSoTimeout(120_000);
            socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
            socket.shutdownOutput();
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            String code = answer.contains("x-ms-error-code: ") ? answer.replaceFirst("(?s).*x-ms-error-code: (\\w+).*", " $1") : "";
            return answer.isEmpty() ? "closed" : answer.substring(9, 12) + code;
        }
    }

    private Sent put() {
        return new Sent("PUT", "/contoso/raw/dir/a.txt", Map.of("timeout", "30"), Map.of("Content-Length", "4", "Content-Type", "text/csv",
            "If-None-Match", "*", "x-ms-blob-type", "BlockBlob", "x-ms-date", HttpDates.format(Instant.now()),
            "x-ms-meta-kind", "first one", "x-ms-version", "2025-01-05"));
    }

    @Test
    void takesWhatWasSigned() throws IOException {
        assertThat(send(signed(put()))).isEqualTo("201");
        assertThat(world.container("raw").getBlobClient("dir/a.txt").getProperties().getMetadata()).isEqualTo(Map.of("kind", "first one"));
    }

    @Test
    void refusesWhateverElseComesWithTheSignature() throws IOException {
        Sent signed = signed(put());
        List<Sent> altered = new ArrayList<>();
        for (String header : signed.headers.keySet()) {
            String value = signed.headers.get(header);
            altered.add(signed.with(header, null));
            altered.add(signed.with(header, value + "x"));
            altered.add(signed.with(header, ""));
            altered.add(signed.with(header, value.substring(1)));
        }
        for (String header : List.of("x-ms-meta-other", "x-ms-copy-source", "x-ms-lease-id", "x-ms-access-tier", "x-ms-", "If-Match",
                "Range", "Content-MD5", "Content-Encoding", "Content-Language", "If-Modified-Since", "x-ms-rename-source")) {
            altered.add(signed.with(header, "x"));
        }
        for (String name : List.of("comp", "timeout", "sig", "sp", "resource", "action", "snapshot", "versionid", "x")) {
            altered.add(signed.withQuery(name, "metadata"));
        }
        altered.add(signed.withQuery("timeout", null));
        for (String method : List.of("GET", "HEAD", "DELETE", "POST", "PATCH")) {
            altered.add(new Sent(method, signed.path, signed.query, signed.headers));
        }
        for (String path : List.of("/contoso/raw/dir/b.txt", "/contoso/raw/dir/a.tx", "/contoso/raw", "/contoso/raw/dir/a%2Etxt",
                "/raw/dir/a.txt", "/contoso/raw//dir/a.txt", "/contoso/raw/dir/../dir/a.txt")) {
            altered.add(new Sent(signed.method, path, signed.query, signed.headers));
        }
        for (String verb : List.of("DELETE", "GET", "PATCH")) {
            altered.add(signed.with("X-HTTP-Method-Override", verb));
        }
        assertRefused(altered);
    }

    private void assertRefused(List<Sent> requests) throws IOException {
        Map<String, String> wrong = new LinkedHashMap<>();
        for (Sent request : requests) {
            String answer = send(request);
            if (!answer.matches("closed|(400|401|403|405) (AuthenticationFailed|InvalidAuthenticationInfo|"
                + "NoAuthenticationInformation|InvalidHeaderValue|InvalidUri|InvalidInput|UnsupportedHttpVerb)")) {
                wrong.put(request.toString(), answer);
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(world.container("raw").listBlobs()).isEmpty();
    }

    @Test
    void refusesSignaturesWithAnyOtherSign() throws IOException {
        Sent signed = signed(put());
        String value = signed.headers.get("Authorization");
        List<Sent> altered = new ArrayList<>();
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            StringBuilder text = new StringBuilder(value);
            int at = random.nextInt(value.length());
            switch (seed % 3) {
                case 0 -> text.setCharAt(at, (char) (' ' + random.nextInt(95)));
                case 1 -> text.deleteCharAt(at);
                default -> text.insert(at, (char) (' ' + random.nextInt(95)));
            }
            if (!text.toString().strip().equals(value)) {
                altered.add(signed.with("Authorization", text.toString()));
            }
        }
        assertThat(altered).hasSizeGreaterThan(250);
        assertRefused(altered);
    }

    @Test
    void refusesOldAndFutureDates() throws IOException {
        world.container("raw").getBlobClient("kept").upload(BinaryData.fromString("x"));
        for (long seconds : new long[] {-16 * 60, 16 * 60, -100_000_000, 100_000_000}) {
            assertThat(send(signed(put().with("x-ms-date", HttpDates.format(Instant.now().plusSeconds(seconds))))))
                .isEqualTo("403 AuthenticationFailed");
        }
        assertThat(send(signed(put().with("x-ms-date", "yesterday")))).isEqualTo("403 AuthenticationFailed");
    }
}
