package io.lazuli.storage.metadata;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What a page blob has besides its bytes.
 *
 * @param ranges the pages that were written and not cleared, in order, with gaps between them
 */
public record Pages(long sequenceNumber, List<Range> ranges) {
    /** Bytes of a blob, both ends included. */
    public record Range(long first, long last) {
        /** The part of it within another. */
        public Range within(Range other) {
            return new Range(Math.max(first, other.first), Math.min(last, other.last));
        }

        public boolean isEmpty() {
            return last < first;
        }
    }

    public Pages {
        ranges = ranges == null ? List.of() : ranges;
    }

    public Pages withSequenceNumber(long number) {
        return new Pages(number, ranges);
    }

    /** With a range more that was written. */
    public Pages with(Range written) {
        long first = written.first();
        long last = written.last();
        List<Range> all = new ArrayList<>();
        for (Range range : ranges) {
            if (range.last() + 1 < first || range.first() > last + 1) {
                all.add(range);
            } else {
                first = Math.min(first, range.first());
                last = Math.max(last, range.last());
            }
        }
        all.add(new Range(first, last));
        all.sort(Comparator.comparing(Range::first));
        return new Pages(sequenceNumber, all);
    }

    /** Without a range that was cleared or cut off. */
    public Pages without(Range cleared) {
        List<Range> left = new ArrayList<>();
        for (Range range : ranges) {
            left.add(range.within(new Range(0, cleared.first() - 1)));
            left.add(range.within(new Range(cleared.last() + 1, Long.MAX_VALUE)));
        }
        left.removeIf(Range::isEmpty);
        return new Pages(sequenceNumber, left);
    }
}
