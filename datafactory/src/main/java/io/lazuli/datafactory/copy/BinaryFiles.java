package io.lazuli.datafactory.copy;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.datafactory.activity.file.BinaryCopy;
import io.lazuli.datafactory.connector.ResolvedDataset;
import io.lazuli.datafactory.connector.file.DatasetFormats;
import io.lazuli.datafactory.connector.file.Settings;
import io.lazuli.foundation.CommonError;

/** Copies of whole files, without a look at their rows. */
final class BinaryFiles {
    private BinaryFiles() {
    }

    /** Whether the copy is one of files as they are; {@code NOT_SUPPORTED} when only one of the sides is binary, as in Azure. */
    static boolean between(ResolvedDataset input, ResolvedDataset output) {
        boolean from = DatasetFormats.isBinary(input);
        if (from != DatasetFormats.isBinary(output)) {
            throw failure(CommonError.NOT_SUPPORTED, (from ? output : input).place(),
                "Binary files are copied to binary datasets only: dataset '%s' is of type %s and dataset '%s' of type %s",
                input.name(), input.type(), output.name(), output.type());
        }
        return from;
    }

    static CopyCounts copy(BinaryCopy.Source source, BinaryCopy.Sink sink, Settings activity, String runId, CopyLog log)
        throws InterruptedException {
        BinaryCopy.Result result = new BinaryCopy(source, sink, activity).copy(runId);
        if (log != null) {
            result.skipped().forEach(skipped -> log.fileSkipped(skipped.path(), skipped.reason()));
            result.written().forEach(path -> log.info("FileWrite", path, "Complete writing file. File is successfully copied."));
        }
        return new CopyCounts(result.dataRead(), result.dataWritten(), result.filesRead(), result.filesWritten(), -1, -1,
            result.skipped().size());
    }
}
