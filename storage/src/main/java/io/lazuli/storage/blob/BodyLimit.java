package io.lazuli.storage.blob;

import io.lazuli.storage.http.Exchange;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** Refuses a body with more bytes than an operation takes: at once when the request says how many come, else at the first too many. */
final class BodyLimit implements Consumer<ByteBuffer> {
    private final long most;
    private long seen;

    BodyLimit(Exchange exchange, long most) {
        this.most = most;
        // The length of a structured message is that of its frames too; its content is counted as it comes.
        if (exchange.header("x-ms-structured-body") == null) {
            require(exchange.contentLength());
        }
    }

    @Override
    public void accept(ByteBuffer bytes) {
        seen += bytes.remaining();
        require(seen);
    }

    private void require(long length) {
        if (length > most) {
            throw FromUrl.tooLarge(most);
        }
    }
}
