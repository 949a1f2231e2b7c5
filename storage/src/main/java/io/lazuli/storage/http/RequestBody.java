package io.lazuli.storage.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Blocker;

/** The bytes of a request as they come in, never all at once in memory. */
public final class RequestBody {
    /** From here on a thread for a slow observer is worth its while. */
    private static final long LONG_BYTES = 1 << 20;
    /** As much as clients send in one request by themselves: they read the answer behind it. */
    private static final long MOST_SKIPPED_BYTES = 256L << 20;
    private static final long MOST_SKIPPED_NANOS = TimeUnit.MINUTES.toNanos(1);

    private interface Observer {
        void see(ByteBuffer bytes, Content.Chunk owner) throws IOException;
    }

    private final Request request;
    private final StructuredReader structured;

    RequestBody(Request request) {
        this(request, null);
    }

    /** With a reader for a body that is a structured message. */
    RequestBody(Request request, StructuredReader structured) {
        this.request = request;
        this.structured = structured;
    }

    /**
     * Writes the body, or the content of a structured one, to a file from {@code position} on and gives the number of bytes.
     *
     * @param observer sees each piece, from its position to its limit, before it is written
     * @param slow sees all pieces in their order too; on another thread when the body is long
     */
    public long writeTo(FileChannel file, long position, Consumer<ByteBuffer> observer, Optional<Consumer<ByteBuffer>> slow)
            throws IOException {
        long length = request.getLength();
        if (slow.isEmpty() || length >= 0 && length < LONG_BYTES) {
            return write(file, position, (bytes, owner) -> {
                observer.accept(bytes.slice());
                slow.ifPresent(second -> second.accept(bytes.slice()));
            });
        }
        try (Beside beside = new Beside(slow.get())) {
            long written = write(file, position, (bytes, owner) -> {
                beside.show(bytes.slice(), owner);
                observer.accept(bytes.slice());
            });
            beside.end();
            return written;
        }
    }

    private long write(FileChannel file, long position, Observer observer) throws IOException {
        long written = 0;
        while (true) {
            Content.Chunk chunk = next();
            if (Content.Chunk.isFailure(chunk)) {
                throw new IOException("The client stopped sending: " + chunk.getFailure(), chunk.getFailure());
            }
            try {
                written += write(chunk, file, position + written, observer);
                if (chunk.isLast()) {
                    end();
                    return written;
                }
            } finally {
                chunk.release();
            }
        }
    }

    /** The body as text, for small documents; {@code RequestBodyTooLarge} over the limit. */
    String text(int limitBytes) throws IOException {
        byte[] bytes = Content.Source.asInputStream(request).readNBytes(limitBytes + 1);
        if (bytes.length > limitBytes) {
            throw new ServiceFailure(413, "RequestBodyTooLarge",
                "The request body is too large and exceeds the maximum permissible limit.").with("MaxLimit", Integer.toString(limitBytes));
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /**
     * Reads what the client still sends and forgets it: a connection can be used again only when its last request was read whole. Says
     * whether it was; a client that sends too much or for too long is not waited for.
     */
    boolean skip() throws IOException {
        long begin = System.nanoTime();
        for (long skipped = 0; skipped <= MOST_SKIPPED_BYTES && System.nanoTime() - begin <= MOST_SKIPPED_NANOS;) {
            Content.Chunk chunk = next();
            skipped += chunk.remaining();
            chunk.release();
            if (chunk.isLast() || Content.Chunk.isFailure(chunk)) {
                return true;
            }
        }
        return false;
    }

    private long write(Content.Chunk chunk, FileChannel file, long position, Observer observer) throws IOException {
        ByteBuffer piece = chunk.getByteBuffer();
        long written = 0;
        for (ByteBuffer bytes = content(piece); bytes != null; bytes = structured == null ? null : content(piece)) {
            observer.see(bytes, chunk);
            while (bytes.hasRemaining()) {
                written += file.write(bytes, position + written);
            }
        }
        return written;
    }

    private ByteBuffer content(ByteBuffer piece) {
        return structured == null ? piece : structured.content(piece);
    }

    private void end() {
        if (structured != null) {
            structured.end();
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
