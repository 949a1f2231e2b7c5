package io.lazuli.storage.content;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Encrypts content on its way to a file, from the beginning to the end; the end is written by {@link #finish}. */
final class EncryptingChannel extends ContentChannel {
    private final FileChannel file;
    private final EncryptedContent content;
    private final ByteBuffer chunk = ByteBuffer.allocate(EncryptedContent.CHUNK_BYTES);
    private long chunks;

    EncryptingChannel(FileChannel file, CustomerKey key) throws IOException {
        this.file = file;
        this.content = EncryptedContent.begin(file, key);
    }

    @Override
    public int write(ByteBuffer source, long to) throws IOException {
        if (to != size()) {
            throw new IOException("Encrypted content is written from the beginning to the end");
        }
        int count = source.remaining();
        while (source.hasRemaining()) {
            int step = Math.min(source.remaining(), chunk.remaining());
            chunk.put(chunk.position(), source, source.position(), step);
            chunk.position(chunk.position() + step);
            source.position(source.position() + step);
            if (!chunk.hasRemaining()) {
                writeChunk();
            }
        }
        return count;
    }

    private void writeChunk() throws IOException {
        ByteBuffer secret = content.encrypt(chunks, chunk.flip());
        long place = EncryptedContent.place(chunks++);
        while (secret.hasRemaining()) {
            place += file.write(secret, place);
        }
        chunk.clear();
    }

    /** Writes what is left. */
    void finish() throws IOException {
        if (chunk.position() > 0) {
            writeChunk();
        }
    }

    @Override
    public long size() {
        return chunks * EncryptedContent.CHUNK_BYTES + chunk.position();
    }

    @Override
    public void force(boolean metadata) throws IOException {
        file.force(metadata);
    }

    @Override
    protected void implCloseChannel() throws IOException {
        file.close();
    }
}
