package io.lazuli.storage.watch;

import io.lazuli.storage.FileStatus;
import io.lazuli.storage.metadata.BlobRecord;
import java.util.concurrent.TimeUnit;

/**
 * By what one content of a file is told from another.
 *
 * @param stamp when it was written, in microseconds since 1970
 */
public record Version(long size, long stamp) {
    public static Version of(BlobRecord record) {
        return new Version(record.size(), record.stamp());
    }

    static Version of(FileStatus file) {
        return new Version(file.size(),
            TimeUnit.SECONDS.toMicros(file.lastModified().getEpochSecond()) + file.lastModified().getNano() / 1000);
    }
}
