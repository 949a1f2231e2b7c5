package io.lazuli.datafactory.connector.delta;

import static io.lazuli.foundation.LazuliException.failure;

import io.delta.kernel.data.Row;
import io.delta.kernel.internal.InternalScanFileUtils;
import io.delta.kernel.internal.actions.AddFile;
import io.delta.kernel.internal.actions.DeletionVectorDescriptor;
import io.lazuli.foundation.CommonError;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * A data file of a version of a table.
 *
 * @param add what the log says of it
 * @param partitionValues texts by the partition columns' names in the log, null or empty for null
 */
record DeltaFile(AddFile add, Path path, Map<String, String> partitionValues) {
    static DeltaFile of(Row scanned, Path table) {
        AddFile add = new AddFile(scanned.getStruct(InternalScanFileUtils.ADD_FILE_ORDINAL));
        String stored = InternalScanFileUtils.getAddFileStatus(scanned).getPath();
        Path path = stored.startsWith("/") ? Path.of(stored).normalize() : null;
        if (path == null || !path.startsWith(table.normalize())) {
            throw failure(CommonError.NOT_SUPPORTED, "Delta tables with files outside their folder (here %s) are not supported", stored);
        }
        return new DeltaFile(add, path, InternalScanFileUtils.getPartitionValues(scanned));
    }

    /** Which rows of the file are deleted; empty for none. */
    Optional<DeletionVectorDescriptor> deletionVector() {
        // Delta Kernel compares the kind of a vector by identity with its constants.
        return add.getDeletionVector().map(vector -> new DeletionVectorDescriptor(vector.getStorageType().intern(),
            vector.getPathOrInlineDv(), vector.getOffset(), vector.getSizeInBytes(), vector.getCardinality()));
    }
}
