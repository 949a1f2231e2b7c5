package io.lazuli.storage.content;

import io.lazuli.storage.metadata.Pages.Range;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.List;

/** The file of a page blob, which may have terabytes of which little was ever written: only that is read. */
record PageFile(Blob blob) {
    /** Where in the file the pages between two offsets lie that were written. */
    List<Range> written(long from, long end) {
        Range asked = new Range(from, Math.min(end, blob.size()) - 1);
        return blob.record().pages().ranges().stream().map(range -> range.within(asked)).filter(range -> !range.isEmpty())
            .map(range -> new Range(blob.place(range.first()), blob.place(range.last() + 1) - 1)).toList();
    }

    /** Copies the file, with holes where nothing was written. */
    void copy(FileChannel from, FileChannel to) throws IOException {
        copy(from, new Range(0, blob.place(0) - 1), to);
        for (Range range : written(0, blob.size())) {
            copy(from, range, to);
        }
        FileOverwrite.setSize(to, blob.record().size());
    }

    private static void copy(FileChannel from, Range range, FileChannel to) throws IOException {
        to.position(range.first());
        for (long at = range.first(); at <= range.last();) {
            long step = from.transferTo(at, range.last() + 1 - at, to);
            if (step <= 0) {
                throw new IOException("The file became shorter while it was copied");
            }
            at += step;
        }
    }
}
