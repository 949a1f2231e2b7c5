package io.lazuli.datafactory.connector.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** Sends requests; follows redirects. Whoever opened it closes it. */
public final class HttpTransport implements AutoCloseable {
    /** Headers that the client sets itself. */
    private static final Set<String> OWN_HEADERS = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

    static {
        OWN_HEADERS.addAll(Set.of("Connection", "Content-Length", "Expect", "Host", "Upgrade", "Transfer-Encoding"));
    }

    private final HttpClient client;

    /** {@code checkCertificates} is false for servers whose certificate is to be believed unseen. */
    public HttpTransport(boolean checkCertificates) {
        HttpClient.Builder builder = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NORMAL).connectTimeout(Duration.ofSeconds(60));
        this.client = checkCertificates ? builder.build() : builder.sslContext(trusting()).build();
    }

    /** Sends a request and reads the whole response, whatever its status. */
    public HttpReply send(HttpCall call) throws IOException, InterruptedException {
        HttpResponse<byte[]> response = client.send(request(call), HttpResponse.BodyHandlers.ofByteArray());
        return new HttpReply(response.statusCode(), response.headers(), response.body(), response.uri());
    }

    /** Sends a request and gives the body as a stream, which the caller closes. */
    public HttpResponse<InputStream> open(HttpCall call) throws IOException, InterruptedException {
        return client.send(request(call), HttpResponse.BodyHandlers.ofInputStream());
    }

    private static HttpRequest request(HttpCall call) {
        HttpRequest.Builder request = HttpRequest.newBuilder(call.uri()).timeout(call.timeout()).method(call.method(),
            call.body() == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofByteArray(call.body()));
        call.headers().forEach((name, value) -> {
            if (!OWN_HEADERS.contains(name)) {
                request.setHeader(name, value);
            }
        });
        return request.build();
    }

    private static SSLContext trusting() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[]{new Trusting()}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The JDK has no TLS", e);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
        client.close();
    }

    /** Believes every certificate; as an extended trust manager it also decides about host names. */
    private static final class Trusting extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
