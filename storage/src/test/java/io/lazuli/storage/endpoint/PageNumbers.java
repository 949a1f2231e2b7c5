package io.lazuli.storage.endpoint;

import com.azure.storage.blob.models.PageRange;
import com.azure.storage.blob.models.PageRangeItem;
import java.util.ArrayList;
import java.util.List;

/** Ranges of page blobs by the numbers of their pages. */
final class PageNumbers {
    private static final long PAGE_BYTES = 512;

    private PageNumbers() {
    }

    static PageRange range(long first, long count) {
        return new PageRange().setStart(first * PAGE_BYTES).setEnd((first + count) * PAGE_BYTES - 1);
    }

    /** Ranges as {@code first+count}, cleared ones with {@code clear} before it. */
    static List<String> shown(Iterable<PageRangeItem> ranges) {
        List<String> shown = new ArrayList<>();
        ranges.forEach(item -> shown.add((item.isClear() ? "clear " : "") + item.getRange().getOffset() / PAGE_BYTES + "+"
            + item.getRange().getLength() / PAGE_BYTES));
        return shown;
    }
}
