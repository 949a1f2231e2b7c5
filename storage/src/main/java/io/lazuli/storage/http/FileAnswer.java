package io.lazuli.storage.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.RetainableByteBuffer;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;

/** Sends parts of files as the content of an answer. */
final class FileAnswer {
    private static final int TRANSFER_BYTES = 256 * 1024;
    /** What is smaller is sent faster than it is mapped. */
    private static final int LARGE_BYTES = 1 << 20;

    private final Request request;
    private final Response response;

    FileAnswer(Request request, Response response) {
        this.request = request;
        this.response = response;
    }

    /** Sends at least one byte, and ends the answer. */
    void send(FileChannel file, long offset, long length) throws IOException {
        if (length < LARGE_BYTES || !sendMapped(file, offset, length)) {
            sendThroughBuffer(file, offset, length);
        }
    }

    /** False when the connection or the content has to be encrypted or decrypted. */
    private boolean sendMapped(FileChannel file, long offset, long length) throws IOException {
        if (!(request.getConnectionMetaData().getConnection().getEndPoint() instanceof FileEndPoint endPoint)) {
            return false;
        }
        try {
            endPoint.send(file, offset, length, (part, last) -> Content.Sink.write(response, last, part));
            return true;
        } catch (UnsupportedOperationException encrypted) {
            return false;
        }
    }

    private void sendThroughBuffer(FileChannel file, long offset, long length) throws IOException {
        int capacity = (int) Math.min(TRANSFER_BYTES, length);
        RetainableByteBuffer.Mutable pooled = request.getComponents().getByteBufferPool().acquire(capacity, true);
        try {
            transfer(file, offset, length, pooled.getByteBuffer(), capacity);
        } finally {
            pooled.release();
        }
    }

    private void transfer(FileChannel file, long offset, long length, ByteBuffer buffer, int capacity) throws IOException {
        long position = offset;
        long end = offset + length;
        while (position < end) {
            buffer.clear().limit((int) Math.min(capacity, end - position));
            int read = file.read(buffer, position);
            if (read < 0) {
                throw new IOException("The file became shorter while it was read");
            }
            position += read;
            Content.Sink.write(response, position == end, buffer.flip());
        }
    }
}
