package io.lazuli.storage.content;

import java.util.Map;
import java.util.TreeMap;

/** Which places of a file are taken: those that are free are taken again before the file grows. Used under its owner's lock. */
final class AsideRoom {
    /** Places from one on until before another. */
    record Range(long from, long end) {
        long length() {
            return end - from;
        }
    }

    private final int most;
    private final TreeMap<Long, Range> free = new TreeMap<>();
    private long end;

    /** {@code most} are taken at a time. */
    AsideRoom(int most) {
        this.most = most;
    }

    /** Places for so many bytes together, and for more when there are. */
    Range take(int bytes) {
        Range found = free.values().stream().filter(range -> range.length() >= Math.min(bytes, most)).findFirst().orElse(null);
        if (found == null) {
            end += most;
            return new Range(end - most, end);
        }
        free.remove(found.from());
        Range taken = new Range(found.from(), Math.min(found.end(), found.from() + most));
        release(new Range(taken.end(), found.end()));
        return taken;
    }

    /** Makes places free. Behind the last that are taken the file ends. */
    void release(Range range) {
        if (range.length() == 0) {
            return;
        }
        Map.Entry<Long, Range> before = free.lowerEntry(range.from());
        Range next = free.remove(range.end());
        boolean touches = before != null && before.getValue().end() == range.from();
        Range whole = new Range(touches ? before.getKey() : range.from(), next == null ? range.end() : next.end());
        free.put(whole.from(), whole);
        if (whole.end() == end) {
            free.remove(whole.from());
            end = whole.from();
        }
    }

    /** Where the places that are taken end. */
    long end() {
        return end;
    }
}
