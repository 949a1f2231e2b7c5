package io.lazuli.storage.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.function.Consumer;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Blocker;

/** The bytes of a request as they come in, never all at once in memory. */
public final class RequestBody {
    private final Request request;

    RequestBody(Request request) {
        this.request = request;
    }

    /**
     * Writes the body to a file from {@code position} on and gives the number of bytes.
     *
     * @param observer sees every piece before it is written, for a digest
     */
    public long writeTo(FileChannel file, long position, Consumer<ByteBuffer> observer) throws IOException {
        long written = 0;
        while (true) {
            Content.Chunk chunk = next();
            if (Content.Chunk.isFailure(chunk)) {
                throw new IOException("The client stopped sending: " + chunk.getFailure(), chunk.getFailure());
            }
            try {
                ByteBuffer bytes = chunk.getByteBuffer();
                observer.accept(bytes.slice());
                while (bytes.hasRemaining()) {
                    written += file.write(bytes, position + written);
                }
                if (chunk.isLast()) {
                    return written;
                }
            } finally {
                chunk.release();
            }
        }
    }

    private Content.Chunk next() throws IOException {
        while (true) {
            Content.Chunk chunk = request.read();
            if (chunk != null) {
                return chunk;
            }
            try (Blocker.Runnable arrival = Blocker.runnable()) {
                request.demand(arrival);
                arrival.block();
            }
        }
    }
}
