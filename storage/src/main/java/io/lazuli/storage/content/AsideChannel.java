package io.lazuli.storage.content;

import io.lazuli.storage.content.AppendedPieces.Piece;
import io.lazuli.storage.content.AsideRoom.Range;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Bytes that wait in a file until they become part of another one. Each request writes to places of its own, and its bytes are here once
 * they are accepted, over those that were here before: a request that is refused changes nothing. Thread-safe.
 */
final class AsideChannel extends ContentChannel {
    /** A request takes so many places at a time, so that its bytes lie together, and gives back what it leaves. */
    private static final int EXTENT_BYTES = 1 << 20;
    private static final int COPIED_BYTES = 64 * 1024;

    private final FileChannel file;
    private final AsideCipher cipher;
    private final AsideRoom room = new AsideRoom(EXTENT_BYTES);
    private AppendedPieces pieces = new AppendedPieces();
    private long currentPlace = -1;
    private ByteBuffer current;

    /** With a cipher for the bytes of an encrypted file, null for plain ones. */
    AsideChannel(FileChannel file, AsideCipher cipher) {
        this.file = file;
        this.cipher = cipher;
    }

    /** What one request writes. Used by one thread; closing it without having accepted it forgets it. */
    final class Addition extends ContentChannel {
        private final List<Piece> written = new ArrayList<>();
        private final List<Range> extents = new ArrayList<>();
        private final List<Range> unused = new ArrayList<>();
        private long place;
        private long limit;
        private boolean accepted;

        @Override
        public int write(ByteBuffer source, long to) throws IOException {
            if (!source.hasRemaining()) {
                return 0;
            }
            Piece piece = cipher == null ? store(source, to) : encrypt(source, to);
            boolean continues = !written.isEmpty() && written.getLast().isContinuedBy(piece);
            written.add(continues ? written.removeLast().with(piece) : piece);
            int count = (int) (piece.end() - to);
            source.position(source.position() + count);
            return count;
        }

        /** As much as there is room for. */
        private Piece store(ByteBuffer source, long to) throws IOException {
            require(1, source.remaining());
            int count = (int) Math.min(source.remaining(), limit - place);
            return put(source.slice(source.position(), count), new Piece(to, to + count, place, 0, 0));
        }

        private Piece encrypt(ByteBuffer source, long to) throws IOException {
            int count = Math.min(source.remaining(), EXTENT_BYTES / 2);
            ByteBuffer secret = cipher.encrypt(source.slice(source.position(), count));
            require(secret.remaining(), secret.remaining());
            return put(secret, new Piece(to, to + count, place, secret.remaining(), 0));
        }

        private Piece put(ByteBuffer bytes, Piece piece) throws IOException {
            place += bytes.remaining();
            for (long at = piece.place(); bytes.hasRemaining();) {
                at += file.write(bytes, at);
            }
            return piece;
        }

        private void require(int least, int wanted) throws IOException {
            if (limit - place < least) {
                if (place < limit) {
                    Range last = extents.removeLast();
                    extents.add(new Range(last.from(), place));
                    release(List.of(new Range(place, limit)));
                }
                Range extent = take(wanted);
                extents.add(extent);
                place = extent.from();
                limit = extent.end();
            }
        }

        /** Called by one thread at a time, as is all that follows it. */
        void accept() {
            synchronized (AsideChannel.this) {
                written.forEach(piece -> unused.addAll(pieces.add(piece)));
                accepted = true;
            }
        }

        /** Accepts it and does what needs it; when that fails, all is as it was before. */
        <T> T acceptFor(Work<T> work) throws IOException {
            AppendedPieces before = snapshot();
            accept();
            try {
                return work.run();
            } catch (IOException | RuntimeException refused) {
                takeBack(before);
                throw refused;
            }
        }

        private void takeBack(AppendedPieces before) {
            synchronized (AsideChannel.this) {
                pieces = before;
                accepted = false;
                unused.clear();
            }
        }

        /** Writes the same to another file, and tells how many bytes. */
        long copyTo(FileChannel to) throws IOException {
            long count = 0;
            for (Piece piece : written) {
                for (long from = piece.from(); from < piece.end(); from += COPIED_BYTES) {
                    ByteBuffer bytes = copy(piece, from, (int) Math.min(COPIED_BYTES, piece.end() - from));
                    for (long at = from; bytes.hasRemaining();) {
                        at += to.write(bytes, at);
                    }
                }
                count += piece.end() - piece.from();
            }
            return count;
        }

        @Override
        public long size() {
            return written.stream().mapToLong(Piece::end).max().orElse(0);
        }

        @Override
        public void force(boolean metadata) {
            // Nothing of it outlives the process.
        }

        /** The file stays open for others. */
        @Override
        protected void implCloseChannel() throws IOException {
            if (accepted) {
                unused.add(new Range(place, limit));
                release(unused);
            } else {
                release(extents);
            }
        }
    }

    /** What needs bytes that are accepted. */
    interface Work<T> {
        T run() throws IOException;
    }

    private synchronized Range take(int bytes) {
        return room.take(bytes);
    }

    /** What is free at the end takes no space on the disk. */
    private synchronized void release(Collection<Range> unused) throws IOException {
        unused.forEach(room::release);
        currentPlace = -1;
        file.truncate(room.end());
    }

    private synchronized AppendedPieces snapshot() {
        return pieces.copy();
    }

    private synchronized ByteBuffer copy(Piece piece, long from, int count) throws IOException {
        return bytes(piece, from, count);
    }

    /** Forgets the bytes before a position. Not while another request is accepted. */
    synchronized void removeBefore(long position) throws IOException {
        release(pieces.remove(0, position));
    }

    /** Where the bytes that begin at a position end without a gap. */
    synchronized long endOf(long from) {
        return pieces.endOf(from);
    }

    @Override
    public synchronized int read(ByteBuffer target, long from) throws IOException {
        int count = 0;
        for (Piece piece = pieces.at(from); piece != null && target.hasRemaining(); piece = pieces.at(from + count)) {
            int step = (int) Math.min(target.remaining(), piece.end() - from - count);
            target.put(bytes(piece, from + count, step));
            count += step;
        }
        return count == 0 && target.hasRemaining() ? -1 : count;
    }

    private ByteBuffer bytes(Piece piece, long from, int count) throws IOException {
        if (piece.stored() == 0) {
            return stored(piece.place(from), count);
        }
        if (currentPlace != piece.place()) {
            current = cipher.decrypt(stored(piece.place(), piece.stored()));
            currentPlace = piece.place();
        }
        return current.slice((int) (piece.skip() + from - piece.from()), count);
    }

    private ByteBuffer stored(long place, int count) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(count);
        while (bytes.hasRemaining()) {
            if (file.read(bytes, place + bytes.position()) < 0) {
                throw new IOException("The file became shorter while it was read");
            }
        }
        return bytes.flip();
    }

    /** Plain bytes go to the target as they lie in the file. */
    @Override
    public long transferTo(long from, long count, WritableByteChannel target) throws IOException {
        if (cipher != null) {
            return super.transferTo(from, count, target);
        }
        Piece piece = at(from);
        return piece == null ? 0 : file.transferTo(piece.place(from), Math.min(count, piece.end() - from), target);
    }

    private synchronized Piece at(long position) {
        return pieces.at(position);
    }

    @Override
    public synchronized long size() {
        return pieces.end();
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
