package io.lazuli.storage.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** A request within a request, without a body, and its answer, which is kept as text. */
public final class PartExchange {
    private final PartRequest request;
    private final PartResponse response;

    private PartExchange(PartRequest request, PartResponse response) {
        this.request = request;
        this.response = response;
    }

    /** A part of a request, with a line such as {@code DELETE /account/container/blob HTTP/1.1} and headers of its own. */
    static PartExchange of(Request outer, Response outerResponse, String method, String uri, HttpFields headers) {
        PartRequest request = new PartRequest(outer, method, parsed(outer.getHttpURI(), uri), headers);
        return new PartExchange(request, new PartResponse(request, outerResponse));
    }

    /** At the host of the whole request. */
    private static HttpURI parsed(HttpURI outer, String uri) {
        try {
            HttpURI parsed = HttpURI.from(uri);
            if (parsed.getPath() != null) {
                return HttpURI.build(parsed).scheme(outer.getScheme()).authority(outer.getHost(), outer.getPort()).asImmutable();
            }
        } catch (IllegalArgumentException malformed) {
            throw noResource();
        }
        throw noResource();
    }

    private static ServiceFailure noResource() {
        return ServiceFailure.badRequest("InvalidUri", "The requested URI does not represent any resource on the server.");
    }

    /** The exchange that operations see. */
    public Exchange exchange(Target target) {
        return new Exchange(request, response, target, Exchange.newRequestId());
    }

    public String rawPath() {
        return request.getHttpURI().getPath();
    }

    public String rawQuery() {
        return request.getHttpURI().getQuery();
    }

    public String header(String name) {
        return request.getHeaders().get(name);
    }

    /** The answer's status line, headers and body. */
    public String answer() {
        StringBuilder text = new StringBuilder("HTTP/1.1 ").append(response.status).append(' ')
            .append(HttpStatus.getMessage(response.status)).append("\r\n");
        response.headers.forEach(field -> text.append(field.getName()).append(": ").append(field.getValue()).append("\r\n"));
        // Clients take whatever follows the empty line for a body.
        text.append("\r\n");
        return response.body.size() == 0 ? text.toString()
            : text.append(response.body.toString(StandardCharsets.UTF_8)).append("\r\n").toString();
    }

    private static final class PartRequest extends Request.Wrapper {
        private final String method;
        private final HttpURI uri;
        private final HttpFields headers;

        PartRequest(Request outer, String method, HttpURI uri, HttpFields headers) {
            super(outer);
            this.method = method;
            this.uri = uri;
            this.headers = headers;
        }

        @Override
        public String getMethod() {
            return method;
        }

        @Override
        public HttpURI getHttpURI() {
            return uri;
        }

        @Override
        public HttpFields getHeaders() {
            return headers;
        }

        @Override
        public long getLength() {
            return 0;
        }

        /** What a part's failure does to its status line does not concern the whole answer's. */
        @Override
        public void addHttpStreamWrapper(Function<HttpStream, HttpStream> wrapper) {
            // The part's answer is text within the whole one.
        }

        @Override
        public Content.Chunk read() {
            return Content.Chunk.EOF;
        }
    }

    private static final class PartResponse extends Response.Wrapper {
        private final HttpFields.Mutable headers = HttpFields.build();
        private final ByteArrayOutputStream body = new ByteArrayOutputStream();
        private int status = 200;

        PartResponse(Request request, Response outer) {
            super(request, outer);
        }

        @Override
        public void setStatus(int status) {
            this.status = status;
        }

        @Override
        public int getStatus() {
            return status;
        }

        @Override
        public HttpFields.Mutable getHeaders() {
            return headers;
        }

        @Override
        public boolean isCommitted() {
            return false;
        }

        @Override
        public void write(boolean last, ByteBuffer content, Callback callback) {
            if (content != null) {
                byte[] bytes = new byte[content.remaining()];
                content.get(bytes);
                body.writeBytes(bytes);
            }
            callback.succeeded();
        }
    }
}
