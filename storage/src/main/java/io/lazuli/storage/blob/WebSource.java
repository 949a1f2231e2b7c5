package io.lazuli.storage.blob;

import io.lazuli.storage.content.StagedFile;
import io.lazuli.storage.http.Exchange;
import io.lazuli.storage.http.ServiceFailure;
import io.lazuli.storage.metadata.BlobKind;
import io.lazuli.storage.metadata.BlobRecord;
import io.lazuli.storage.metadata.ContentHeaders;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an address elsewhere gives: a blob of another lake or of Azure, or a file of any web server. */
final class WebSource implements CopySource {
    private static final Logger LOG = LoggerFactory.getLogger(WebSource.class);
    private static final int BUFFER_BYTES = 256 * 1024;
    private static final int MAX_TAGS_BYTES = 64 * 1024;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String META = "x-ms-meta-";
    /** The version that a token of Microsoft Entra needs. */
    private static final String VERSION = "2023-11-03";
    private static final List<String> CONDITIONS = List.of("If-Match", "If-None-Match", "If-Modified-Since", "If-Unmodified-Since");

    private final HttpClient client;
    private final URI address;
    private final String authorization;
    private final HttpResponse<InputStream> response;
    private final Range range;

    /** The part of the source that is wanted; {@code last} is -1 for all up to the end. */
    record Range(long first, long last) {
        static final Range WHOLE = new Range(0, -1);

        private String header() {
            return "bytes=" + first + "-" + (last < 0 ? "" : Long.toString(last));
        }
    }

    private WebSource(HttpClient client, URI address, String authorization, HttpResponse<InputStream> response, Range range) {
        this.client = client;
        this.address = address;
        this.authorization = authorization;
        this.response = response;
        this.range = range;
    }

    /** Asks for the source; {@code CannotVerifyCopySource} or {@code SourceConditionNotMet} when it is not given. */
    static WebSource open(HttpClient client, URI address, Exchange exchange, Range range) throws IOException {
        String authorization = exchange.header("x-ms-copy-source-authorization");
        HttpRequest.Builder request = request(address, authorization);
        for (String condition : CONDITIONS) {
            String value = exchange.header("x-ms-source-" + condition);
            if (value != null) {
                request.header(condition, value);
            }
        }
        String tags = exchange.header("x-ms-source-if-tags");
        if (tags != null) {
            request.header("x-ms-if-tags", tags);
        }
        if (!range.equals(Range.WHOLE)) {
            request.header("Range", range.header());
        }
        HttpResponse<InputStream> response = send(client, request.build());
        if (response.statusCode() != 200 && response.statusCode() != 206) {
            response.body().close();
            throw refused(response.statusCode());
        }
        return new WebSource(client, address, authorization, response, range);
    }

    private static HttpRequest.Builder request(URI address, String authorization) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address).timeout(PATIENCE);
        return authorization == null ? request : request.header("Authorization", authorization).header("x-ms-version", VERSION);
    }

    private static HttpResponse<InputStream> send(HttpClient client, HttpRequest request) throws IOException {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            throw new IOException("The service ends", ended);
        } catch (IOException problem) {
            LOG.debug("A copy's source does not answer", problem);
            throw new ServiceFailure(500, "CannotVerifyCopySource", "Could not verify the copy source: " + request.uri().getAuthority()
                + trouble(problem));
        }
    }

    private static String trouble(IOException problem) {
        return switch (problem) {
            case HttpConnectTimeoutException _, ConnectException _ -> " cannot be reached.";
            case HttpTimeoutException _ -> " does not answer within " + PATIENCE.toSeconds() + " seconds.";
            case SSLException _ -> " cannot be reached: its certificate is not one that is trusted here, or it does not speak TLS.";
            default -> " ends the connection before it has answered.";
        };
    }

    private static ServiceFailure refused(int status) {
        return switch (status) {
            case 304, 412 -> new ServiceFailure(status, "SourceConditionNotMet",
                "The source condition specified using HTTP conditional header(s) is not met.");
            case 416 -> new ServiceFailure(416, "InvalidRange", "The range specified is invalid for the current size of the resource.");
            case 401, 403, 404, 409 -> new ServiceFailure(status, "CannotVerifyCopySource",
                "The source of the copy answers with status " + status + ".");
            default -> new ServiceFailure(status < 500 ? 400 : 500, "CannotVerifyCopySource",
                "The source of the copy answers with status " + status + ".");
        };
    }

    @Override
    public long size() {
        long length = response.headers().firstValueAsLong("Content-Length").orElse(-1);
        if (length < 0 || response.statusCode() == 206) {
            return length;
        }
        long end = range.last < 0 ? length : Math.min(length, range.last + 1);
        return Math.max(0, end - range.first);
    }

    @Override
    public BlobRecord properties() {
        HttpHeaders headers = response.headers();
        Map<String, String> metadata = new TreeMap<>();
        headers.map().forEach((name, values) -> {
            if (name.toLowerCase(Locale.ROOT).startsWith(META)) {
                metadata.put(name.substring(META.length()), values.getFirst());
            }
        });
        ContentHeaders content = new ContentHeaders(text("Content-Type", ContentHeaders.DEFAULT_TYPE), text("Content-Encoding", null),
            text("Content-Language", null), text("Content-Disposition", null), text("Cache-Control", null),
            response.statusCode() == 200 ? text("Content-MD5", null) : text("x-ms-blob-content-md5", null));
        BlobKind kind = "AppendBlob".equals(text("x-ms-blob-type", "")) ? BlobKind.AppendBlob : BlobKind.BlockBlob;
        return BlobRecord.of(kind, content, metadata);
    }

    private String text(String header, String missing) {
        return response.headers().firstValue(header).orElse(missing);
    }

    @Override
    public Map<String, String> tags() throws IOException {
        URI tags = URI.create(address + (address.getRawQuery() == null ? "?" : "&") + "comp=tags");
        HttpResponse<InputStream> answer = send(client, request(tags, authorization).build());
        try (InputStream body = answer.body()) {
            if (answer.statusCode() != 200) {
                throw refused(answer.statusCode());
            }
            return Tags.parseDocument(new String(body.readNBytes(MAX_TAGS_BYTES), StandardCharsets.UTF_8));
        }
    }

    @Override
    public void writeTo(StagedFile content, Consumer<ByteBuffer> observer) throws IOException {
        InputStream body = response.body();
        // Who knows no ranges sends everything.
        if (response.statusCode() == 200) {
            body.skipNBytes(range.first);
        }
        long left = range.last < 0 ? Long.MAX_VALUE : range.last - range.first + 1;
        long expected = size();
        long copied = 0;
        byte[] buffer = new byte[BUFFER_BYTES];
        for (int read = 0; left > 0 && read >= 0; left -= Math.max(0, read)) {
            read = body.read(buffer, 0, (int) Math.min(buffer.length, left));
            ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, Math.max(0, read));
            copied += bytes.remaining();
            observer.accept(bytes.slice());
            while (bytes.hasRemaining()) {
                content.channel().write(bytes);
            }
        }
        if (expected >= 0 && copied != expected) {
            throw new IOException("The source ended after " + copied + " of " + expected + " bytes");
        }
    }

    @Override
    public void close() throws IOException {
        response.body().close();
    }
}
