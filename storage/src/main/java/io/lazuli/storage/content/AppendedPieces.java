package io.lazuli.storage.content;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Which bytes of a file wait aside, and where: what came later lies over what was there. Used under its owner's lock. */
final class AppendedPieces {
    /**
     * Bytes that were written at once, or what others have left of them.
     *
     * @param from its first position in the file that the bytes are for
     * @param place in the file aside, of the first byte that was written
     * @param stored how many were encrypted together; 0 for plain bytes, which can be read from any of them on
     * @param skip how many of those that were written come before the first one
     */
    record Piece(long from, long end, long place, int stored, long skip) {
        private Piece until(long other) {
            return new Piece(from, other, place, stored, skip);
        }

        private Piece beginning(long other) {
            return new Piece(other, end, place, stored, skip + other - from);
        }

        /** Whether the next one goes on where this one ends, here and there. */
        boolean isContinuedBy(Piece next) {
            return stored == 0 && next.stored == 0 && end == next.from && place(end) == next.place(next.from);
        }

        Piece with(Piece next) {
            return new Piece(from, next.end, place, stored, skip);
        }

        /** Where the plain byte of a position is. */
        long place(long position) {
            return place + skip + position - from;
        }
    }

    private final TreeMap<Long, Piece> pieces = new TreeMap<>();

    /** What it lies over is cut. */
    void add(Piece piece) {
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
        if (before != null && before.getValue().isContinuedBy(piece)) {
            pieces.put(before.getKey(), before.getValue().with(piece));
        } else {
            pieces.put(piece.from(), piece);
        }
    }

    private void keepEnd(Piece old, long from) {
        if (old.end() > from) {
            pieces.put(from, old.beginning(from));
        }
    }

    /** The piece that holds a position, null when none does. */
    Piece at(long position) {
        Map.Entry<Long, Piece> entry = pieces.floorEntry(position);
        return entry == null || entry.getValue().end() <= position ? null : entry.getValue();
    }

    /** Where the bytes that begin at a position end without a gap; the position itself when there are none. */
    long endOf(long from) {
        long end = from;
        for (Piece piece = at(end); piece != null; piece = at(end)) {
            end = piece.end();
        }
        return end;
    }

    /** Where the last byte ends, 0 for none. */
    long end() {
        return pieces.isEmpty() ? 0 : pieces.lastEntry().getValue().end();
    }
}
