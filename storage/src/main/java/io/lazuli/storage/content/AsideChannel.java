package io.lazuli.storage.content;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import javax.crypto.Cipher;
import javax.crypto.KeyGenerator;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Bytes that wait in a file until they become part of an encrypted one: encrypted with a key that exists only in memory, and gone with
 * it. They are written at any position, also over others. Thread-safe.
 */
final class AsideChannel extends ContentChannel {
    private static final int TAG_BYTES = 16;
    private static final int NONCE_BYTES = 12;

    /**
     * Bytes that were written at once, or what others have left of them.
     *
     * @param place in the file, which tells them from all others
     * @param stored their number when they were written
     * @param skip how many of these come before the first one
     */
    private record Piece(long from, long end, long place, int stored, int skip) {
        Piece until(long other) {
            return new Piece(from, other, place, stored, skip);
        }

        Piece beginning(long other) {
            return new Piece(other, end, place, stored, skip + (int) (other - from));
        }
    }

    private final FileChannel file;
    private final SecretKey key;
    private final TreeMap<Long, Piece> pieces = new TreeMap<>();
    private long fileEnd;
    private Piece current;
    private byte[] plain;

    AsideChannel(FileChannel file) {
        this.file = file;
        try {
            KeyGenerator keys = KeyGenerator.getInstance("AES");
            keys.init(256);
            key = keys.generateKey();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Every Java has AES", impossible);
        }
    }

    /** What one request writes, which is there once it is accepted. */
    final class Addition extends ContentChannel {
        private final List<Piece> written = new ArrayList<>();

        @Override
        public int write(ByteBuffer source, long to) throws IOException {
            int count = source.remaining();
            if (count > 0) {
                written.add(store(source, to));
            }
            return count;
        }

        void accept() {
            written.forEach(AsideChannel.this::add);
        }

        @Override
        public long size() {
            return written.stream().mapToLong(Piece::end).max().orElse(0);
        }

        @Override
        public void force(boolean metadata) {
            // Nothing of it outlives the process.
        }

        @Override
        protected void implCloseChannel() {
            // The file stays open for others.
        }
    }

    private Piece store(ByteBuffer source, long to) throws IOException {
        int count = source.remaining();
        long place = reserve(count + TAG_BYTES);
        ByteBuffer secret = ByteBuffer.allocate(count + TAG_BYTES);
        apply(Cipher.ENCRYPT_MODE, place, source, secret);
        secret.flip();
        while (secret.hasRemaining()) {
            file.write(secret, place + secret.position());
        }
        return new Piece(to, to + count, place, count, 0);
    }

    private synchronized long reserve(int length) {
        long place = fileEnd;
        fileEnd += length;
        return place;
    }

    /** What it lies over is cut. */
    private synchronized void add(Piece piece) {
        Map.Entry<Long, Piece> before = pieces.lowerEntry(piece.from());
        if (before != null && before.getValue().end() > piece.from()) {
            Piece old = before.getValue();
            pieces.put(old.from(), old.until(piece.from()));
            keepEnd(old, piece.end());
        }
        NavigableMap<Long, Piece> covered = pieces.subMap(piece.from(), true, piece.end(), false);
        Piece last = covered.isEmpty() ? null : covered.lastEntry().getValue();
        covered.clear();
        if (last != null) {
            keepEnd(last, piece.end());
        }
        pieces.put(piece.from(), piece);
    }

    private void keepEnd(Piece old, long from) {
        if (old.end() > from) {
            pieces.put(from, old.beginning(from));
        }
    }

    @Override
    public synchronized int read(ByteBuffer target, long from) throws IOException {
        int count = 0;
        while (target.hasRemaining()) {
            Map.Entry<Long, Piece> entry = pieces.floorEntry(from + count);
            if (entry == null || entry.getValue().end() <= from + count) {
                break;
            }
            Piece piece = entry.getValue();
            int start = piece.skip() + (int) (from + count - piece.from());
            int step = (int) Math.min(target.remaining(), piece.end() - from - count);
            target.put(bytes(piece), start, step);
            count += step;
        }
        return count == 0 ? -1 : count;
    }

    private byte[] bytes(Piece piece) throws IOException {
        if (current == null || current.place() != piece.place()) {
            ByteBuffer secret = ByteBuffer.allocate(piece.stored() + TAG_BYTES);
            while (secret.hasRemaining()) {
                if (file.read(secret, piece.place() + secret.position()) < 0) {
                    throw new IOException("The file became shorter while it was read");
                }
            }
            plain = new byte[piece.stored()];
            apply(Cipher.DECRYPT_MODE, piece.place(), secret.flip(), ByteBuffer.wrap(plain));
            current = piece;
        }
        return plain;
    }

    private void apply(int mode, long place, ByteBuffer in, ByteBuffer out) throws IOException {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            byte[] nonce = ByteBuffer.allocate(NONCE_BYTES).putLong(place).array();
            cipher.init(mode, key, new GCMParameterSpec(TAG_BYTES * 8, nonce));
            cipher.doFinal(in, out);
        } catch (GeneralSecurityException damaged) {
            throw new IOException("What was appended and not flushed is damaged", damaged);
        }
    }

    @Override
    public synchronized long size() {
        return pieces.isEmpty() ? 0 : pieces.lastEntry().getValue().end();
    }

    @Override
    public void force(boolean metadata) {
        // Nothing of it outlives the process.
    }

    @Override
    protected void implCloseChannel() throws IOException {
        file.close();
    }
}
