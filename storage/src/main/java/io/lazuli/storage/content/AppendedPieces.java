package io.lazuli.storage.content;

import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

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

        private AsideRoom.Range places() {
            return stored == 0 ? new AsideRoom.Range(place(from), place(end)) : new AsideRoom.Range(place, place + stored);
        }
    }

    private final TreeMap<Long, Piece> pieces = new TreeMap<>();

    /** The same pieces, which can be changed without changing these. */
    AppendedPieces copy() {
        AppendedPieces copy = new AppendedPieces();
        copy.pieces.putAll(pieces);
        return copy;
    }

    /** Puts a piece over what is there; tells of the places that nothing uses any more. */
    Set<AsideRoom.Range> add(Piece piece) {
        Set<AsideRoom.Range> unused = remove(piece.from(), piece.end());
        Map.Entry<Long, Piece> before = pieces.lowerEntry(piece.from());
        if (before != null && before.getValue().isContinuedBy(piece)) {
            pieces.put(before.getKey(), before.getValue().with(piece));
        } else {
            pieces.put(piece.from(), piece);
        }
        return unused;
    }

    /** Forgets what is from a position on until before another; tells of the places that nothing uses any more. */
    Set<AsideRoom.Range> remove(long from, long end) {
        split(from);
        split(end);
        NavigableMap<Long, Piece> between = pieces.subMap(from, true, end, false);
        List<Piece> removed = List.copyOf(between.values());
        between.clear();
        return removed.stream().filter(part -> !isUsed(part)).map(Piece::places).collect(Collectors.toSet());
    }

    private void split(long position) {
        Piece piece = at(position);
        if (piece != null && piece.from() < position) {
            pieces.put(piece.from(), piece.until(position));
            pieces.put(position, piece.beginning(position));
        }
    }

    /** Of bytes that were encrypted together all are needed as long as some are. */
    private boolean isUsed(Piece removed) {
        long first = removed.from() - removed.skip();
        return removed.stored() > 0 && pieces.subMap(first, true, first + removed.stored(), false).values().stream()
            .anyMatch(other -> other.place() == removed.place());
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
