package io.lazuli.storage.content;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Decrypts the content of a file, from any position; content that was changed fails. */
final class DecryptingChannel extends ContentChannel {
    private final FileChannel file;
    private final EncryptedContent content;
    private final long size;
    private long current = -1;
    private ByteBuffer chunk;

    DecryptingChannel(FileChannel file, CustomerKey key) throws IOException {
        this.file = file;
        this.content = EncryptedContent.of(file, key);
        this.size = EncryptedContent.contentSize(file.size());
    }

    @Override
    public synchronized int read(ByteBuffer target, long from) throws IOException {
        if (from >= size) {
            return -1;
        }
        int count = 0;
        while (target.hasRemaining() && from + count < size) {
            load((from + count) / EncryptedContent.CHUNK_BYTES);
            int start = (int) ((from + count) % EncryptedContent.CHUNK_BYTES);
            int step = Math.min(target.remaining(), chunk.limit() - start);
            target.put(target.position(), chunk, start, step);
            target.position(target.position() + step);
            count += step;
        }
        return count;
    }

    private void load(long wanted) throws IOException {
        if (wanted == current) {
            return;
        }
        long rest = size - wanted * EncryptedContent.CHUNK_BYTES;
        ByteBuffer secret = ByteBuffer.allocate((int) Math.min(EncryptedContent.CHUNK_BYTES, rest) + EncryptedContent.TAG_BYTES);
        long place = EncryptedContent.place(wanted);
        while (secret.hasRemaining() && file.read(secret, place + secret.position()) >= 0) {
            continue;
        }
        chunk = content.decrypt(wanted, secret.flip());
        current = wanted;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public void force(boolean metadata) {
        // Nothing was written.
    }

    @Override
    protected void implCloseChannel() throws IOException {
        file.close();
    }
}
