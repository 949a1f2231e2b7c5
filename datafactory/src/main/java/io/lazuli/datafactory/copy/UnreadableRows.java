package io.lazuli.datafactory.copy;

import io.lazuli.datafactory.copy.failure.MalformedText;
import io.lazuli.files.BadRow;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Rows of text that are no rows: they have too many columns, or quotes in wrong places. Each is logged once, however often it is read. */
final class UnreadableRows implements Consumer<BadRow> {
    private final CopyLog log;
    private final Set<String> known = new HashSet<>();

    UnreadableRows(CopyLog log) {
        this.log = log;
    }

    @Override
    public synchronized void accept(BadRow row) {
        if (known.add(row.file().name() + "\n" + row.row()) && log != null) {
            String item = row.values().stream().map(value -> "\"" + String.valueOf(value).replace("\"", "\"\"") + "\"")
                .collect(Collectors.joining(","));
            MalformedText malformed = MalformedText.of(row.file().name(), row.line(), row.reason());
            log.rowSkipped(item, malformed.code(), malformed.message());
        }
    }

    synchronized long count() {
        return known.size();
    }
}
