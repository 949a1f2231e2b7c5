package io.lazuli.storage.http;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;

/** Answers with a part of a file as a {@link StructuredMessage}. */
public final class StructuredWriter {
    private static final long SEGMENT_BYTES = 4L << 20;
    private static final int MOST_SEGMENTS = 65_535;
    private static final int BUFFER_BYTES = 64 * 1024;

    private final FileChannel file;
    private final long length;
    private final long segmentBytes;
    private final int segments;
    private final Crc64 whole = new Crc64();
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    private long position;

    private StructuredWriter(FileChannel file, long offset, long length) {
        this.file = file;
        this.position = offset;
        this.length = length;
        segmentBytes = Math.max(SEGMENT_BYTES, Math.ceilDiv(length, MOST_SEGMENTS));
        segments = (int) Math.ceilDiv(length, segmentBytes);
    }

    public static void respond(Exchange exchange, int status, FileChannel file, long offset, long length) throws IOException {
        StructuredWriter writer = new StructuredWriter(file, offset, length);
        exchange.set(StructuredMessage.HEADER, StructuredMessage.FORM);
        exchange.set(StructuredMessage.CONTENT_LENGTH, length);
        exchange.set("Content-Length", writer.size());
        try (OutputStream out = new BufferedOutputStream(exchange.stream(status, null), BUFFER_BYTES)) {
            writer.writeTo(out);
        }
    }

    private long size() {
        return StructuredMessage.HEADER_BYTES + length + StructuredMessage.CHECKSUM_BYTES
            + (long) segments * (StructuredMessage.SEGMENT_HEADER_BYTES + StructuredMessage.CHECKSUM_BYTES);
    }

    private void writeTo(OutputStream out) throws IOException {
        out.write(frame(StructuredMessage.HEADER_BYTES).put((byte) StructuredMessage.VERSION).putLong(size())
            .putShort((short) StructuredMessage.CRC64).putShort((short) segments).array());
        long left = length;
        for (int number = 1; number <= segments; number++) {
            long bytes = Math.min(left, segmentBytes);
            out.write(frame(StructuredMessage.SEGMENT_HEADER_BYTES).putShort((short) number).putLong(bytes).array());
            segment(out, bytes);
            left -= bytes;
        }
        out.write(whole.value());
    }

    private static ByteBuffer frame(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private void segment(OutputStream out, long bytes) throws IOException {
        Crc64 ofSegment = new Crc64();
        long end = position + bytes;
        while (position < end) {
            int read = file.read(buffer.clear().limit((int) Math.min(BUFFER_BYTES, end - position)), position);
            if (read < 0) {
                throw new IOException("The file became shorter while it was read");
            }
            position += read;
            buffer.flip();
            ofSegment.update(buffer.slice());
            whole.update(buffer.slice());
            out.write(buffer.array(), 0, read);
        }
        out.write(ofSegment.value());
    }
}
