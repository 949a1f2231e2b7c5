package io.lazuli.storage.http;

import java.nio.ByteBuffer;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.util.Callback;

/** Sends a failure's sentence in the status line, as Azure does; clients show it when an answer has no body. */
final class ReasonPhrase extends HttpStream.Wrapper {
    private static final int MOST = 300;

    private final String sentence;

    ReasonPhrase(HttpStream stream, String sentence) {
        super(stream);
        String line = sentence.length() > MOST ? sentence.substring(0, MOST) : sentence;
        this.sentence = line.replaceAll("[^\\x20-\\x7e]", "?");
    }

    @Override
    public void send(MetaData.Request request, MetaData.Response response, boolean last, ByteBuffer content, Callback callback) {
        super.send(request, response == null ? null : worded(response), last, content, callback);
    }

    private MetaData.Response worded(MetaData.Response response) {
        Supplier<HttpFields> trailers = response.getTrailersSupplier();
        return new MetaData.Response(response.getStatus(), sentence, response.getHttpVersion(), response.getHttpFields(),
            response.getContentLength(), trailers);
    }
}
