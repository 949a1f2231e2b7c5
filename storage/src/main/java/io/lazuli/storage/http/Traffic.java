package io.lazuli.storage.http;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;

/** What has gone over the connection for a request: when, between whom and how much. Sizes are in bytes. */
public final class Traffic {
    private final Request request;
    private final Response response;
    private final Instant began = Instant.now();
    private final long startNanos = System.nanoTime();

    Traffic(Request request, Response response) {
        this.request = request;
        this.response = response;
    }

    /** When the request arrived. */
    public Instant began() {
        return began;
    }

    public long elapsedNanos() {
        return System.nanoTime() - startNanos;
    }

    public int status() {
        return response.getStatus();
    }

    /** The client's address and port. */
    public String client() {
        return Request.getRemoteAddr(request) + ":" + Request.getRemotePort(request);
    }

    /** The protocol of a secure connection such as {@code TLSv1.3}, else null. */
    public String tlsVersion() {
        return request.getAttribute(EndPoint.SslSessionData.ATTRIBUTE) instanceof EndPoint.SslSessionData session
            && session.sslSession() != null ? session.sslSession().getProtocol() : null;
    }

    /** Those of the named headers that were sent, names in lower case. */
    public Map<String, String> headers(Collection<String> names) {
        return chosen(request.getHeaders(), names);
    }

    /** Those of the named headers that the answer has, names in lower case. */
    public Map<String, String> answerHeaders(Collection<String> names) {
        return chosen(response.getHeaders(), names);
    }

    private static Map<String, String> chosen(HttpFields fields, Collection<String> names) {
        Map<String, String> found = new HashMap<>();
        for (HttpField field : fields) {
            if (field.getValue() != null && names.contains(field.getLowerCaseName())) {
                found.put(field.getLowerCaseName(), field.getValue());
            }
        }
        return found;
    }

    public long headerBytes() {
        return bytes(request.getHeaders());
    }

    public long answerHeaderBytes() {
        return bytes(response.getHeaders());
    }

    private static long bytes(HttpFields fields) {
        long size = 0;
        for (HttpField field : fields) {
            size += field.getName().length() + (field.getValue() == null ? 0 : field.getValue().length()) + ": \r\n".length();
        }
        return size;
    }

    /** How much of the body has come. */
    public long bodyBytes() {
        return Math.max(0, Request.getContentBytesRead(request));
    }

    public long answerBodyBytes() {
        return Math.max(0, Response.getContentBytesWritten(response));
    }
}
