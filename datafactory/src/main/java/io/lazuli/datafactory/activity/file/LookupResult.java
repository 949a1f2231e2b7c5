package io.lazuli.datafactory.activity.file;

import io.lazuli.datafactory.activity.ActivityFailure;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The rows of a Lookup as they come in: the first one, or all up to the limit of rows, which cuts, and of bytes, which fails. */
final class LookupResult {
    private static final String TOO_LONG = "5000";
    private static final int BYTES_PER_MEGABYTE = 1 << 20;

    private final ArrayNode rows = JsonNodeFactory.instance.arrayNode();
    private final boolean firstRowOnly;
    private final long maxRows;
    private final long maxBytes;
    private long bytes;

    LookupResult(boolean firstRowOnly, long maxRows, long maxBytes) {
        this.firstRowOnly = firstRowOnly;
        this.maxRows = firstRowOnly ? 1 : maxRows;
        this.maxBytes = maxBytes;
    }

    /** How many rows are kept at most. */
    int rowLimit() {
        return (int) Math.min(Integer.MAX_VALUE, maxRows);
    }

    /** Whether another row would be left out. */
    boolean isFull() {
        return rows.size() >= maxRows;
    }

    void add(ObjectNode row) {
        bytes += row.toString().getBytes(StandardCharsets.UTF_8).length;
        if (bytes > maxBytes) {
            throw new ActivityFailure(TOO_LONG,
                "The length of execution output is over limit (around " + maxBytes / BYTES_PER_MEGABYTE + "MB currently).");
        }
        rows.add(row);
    }

    /** {@code firstRow}, which is left out when there was none, or {@code count} and {@code value}. */
    ObjectNode output() {
        ObjectNode output = JsonNodeFactory.instance.objectNode();
        if (!firstRowOnly) {
            output.put("count", rows.size()).set("value", rows);
        } else if (!rows.isEmpty()) {
            output.set("firstRow", rows.get(0));
        }
        return output;
    }
}
