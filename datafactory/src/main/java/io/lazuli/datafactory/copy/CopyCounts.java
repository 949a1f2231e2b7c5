package io.lazuli.datafactory.copy;

import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a copy moved. {@code files…} are -1 where a side has no files, {@code rows…} where files are copied as they are; bytes are those
 * of files, or an estimate for tables. What is skipped are rows, or files where no rows are counted.
 */
record CopyCounts(long dataRead, long dataWritten, long filesRead, long filesWritten, long rowsRead, long rowsCopied, long rowsSkipped) {
    static final CopyCounts NONE = new CopyCounts(0, 0, -1, -1, 0, 0, 0);

    /** The counts that an earlier attempt left in JSON; {@code fresh} has those that it did not. */
    static CopyCounts of(ObjectNode json, CopyCounts fresh) {
        return new CopyCounts(json.path("dataRead").asLong(fresh.dataRead), json.path("dataWritten").asLong(0),
            json.path("filesRead").asLong(-1), json.path("filesWritten").asLong(-1), json.path("rowsRead").asLong(0),
            json.path("rowsCopied").asLong(0), json.path("rowsRead").asLong(0) - json.path("rowsCopied").asLong(0));
    }

    CopyCounts rows(long copied, long skipped) {
        return new CopyCounts(dataRead, dataWritten, filesRead, filesWritten, rowsRead + copied + skipped, rowsCopied + copied,
            rowsSkipped + skipped);
    }

    CopyCounts read(long bytes, long files) {
        return new CopyCounts(bytes, dataWritten, files, filesWritten, rowsRead, rowsCopied, rowsSkipped);
    }

    CopyCounts written(long bytes, long files) {
        return new CopyCounts(dataRead, bytes, filesRead, files, rowsRead, rowsCopied, rowsSkipped);
    }

    ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("dataRead", dataRead).put("dataWritten", dataWritten);
        if (filesRead >= 0) {
            json.put("filesRead", filesRead);
        }
        if (filesWritten >= 0) {
            json.put("filesWritten", filesWritten);
        }
        json.put("sourcePeakConnections", 1).put("sinkPeakConnections", 1);
        if (rowsRead < 0) {
            return rowsSkipped > 0 ? json.put("filesSkipped", rowsSkipped) : json;
        }
        return json.put("rowsRead", rowsRead).put("rowsCopied", rowsCopied);
    }
}
