package io.lazuli.storage.http;

import java.nio.ByteBuffer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.util.Callback;

/**
 * Tells a browser by name which headers of an answer its page may see: browsers take no beginnings of names, such as a CORS rule's
 * {@code x-ms-meta-*}, so that these become the headers that the answer has.
 */
final class ExposedHeaders extends HttpStream.Wrapper {
    private static final String HEADER = "Access-Control-Expose-Headers";
    private static final String ANY = "*";

    private final List<String> exposed;

    /** Takes names, and beginnings of names with an asterisk at their end. */
    ExposedHeaders(HttpStream stream, List<String> exposed) {
        super(stream);
        this.exposed = exposed;
    }

    @Override
    public void send(MetaData.Request request, MetaData.Response response, boolean last, ByteBuffer content, Callback callback) {
        super.send(request, response == null ? null : described(response), last, content, callback);
    }

    private MetaData.Response described(MetaData.Response response) {
        Set<String> names = new LinkedHashSet<>();
        for (String name : exposed) {
            if (name.endsWith(ANY)) {
                String begin = name.substring(0, name.length() - ANY.length()).toLowerCase(Locale.ROOT);
                response.getHttpFields().stream().map(HttpField::getName).filter(sent -> sent.toLowerCase(Locale.ROOT).startsWith(begin))
                    .filter(sent -> !sent.regionMatches(true, 0, "Access-Control-", 0, "Access-Control-".length())).forEach(names::add);
            } else {
                names.add(name);
            }
        }
        HttpFields.Mutable fields = HttpFields.build(response.getHttpFields());
        if (!names.isEmpty()) {
            fields.put(HEADER, String.join(",", names));
        }
        return new MetaData.Response(response.getStatus(), response.getReason(), response.getHttpVersion(), fields,
            response.getContentLength(), response.getTrailersSupplier());
    }
}
