package io.lazuli.storage.blob;

import io.lazuli.storage.content.Blobs;
import io.lazuli.storage.content.StagedFile;
import io.lazuli.storage.http.ByteRange;
import io.lazuli.storage.metadata.BlobRecord;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.function.Consumer;

/** A blob of this lake, or a part of it. */
record LakeSource(Blobs.Opened opened, ByteRange range) implements CopySource {
    private static final int BUFFER_BYTES = 256 * 1024;

    @Override
    public long size() {
        return range.length();
    }

    @Override
    public BlobRecord properties() {
        return opened.blob().record();
    }

    @Override
    public Map<String, String> tags() {
        return properties().tags();
    }

    @Override
    public void writeTo(StagedFile content, Consumer<ByteBuffer> observer) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(Math.clamp(range.length(), 1, BUFFER_BYTES));
        long position = range.offset();
        long end = range.offset() + range.length();
        while (position < end) {
            buffer.clear().limit((int) Math.min(buffer.capacity(), end - position));
            int read = opened.channel().read(buffer, position);
            if (read < 0) {
                throw new IOException("The source became shorter while it was read");
            }
            position += read;
            buffer.flip();
            observer.accept(buffer.slice());
            while (buffer.hasRemaining()) {
                content.channel().write(buffer);
            }
        }
    }

    @Override
    public void close() throws IOException {
        opened.close();
    }
}
