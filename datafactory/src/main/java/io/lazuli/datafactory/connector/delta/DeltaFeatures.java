package io.lazuli.datafactory.connector.delta;

import static io.lazuli.foundation.LazuliException.failure;

import io.delta.kernel.exceptions.KernelException;
import io.delta.kernel.internal.SnapshotImpl;
import io.delta.kernel.internal.TableConfig;
import io.delta.kernel.internal.tablefeatures.TableFeatures;
import io.lazuli.algebra.AlgebraError;
import io.lazuli.foundation.CommonError;
import java.util.Map;
import java.util.Set;

/** What a table asks of those who write it. */
final class DeltaFeatures {
    /** Features that Delta Kernel writes and the files written here do not heed. */
    private static final Set<String> REFUSED = Set.of("rowTracking", "icebergCompatV2", "icebergWriterCompatV1", "clustering",
        "variantType", "variantType-preview", "variantShredding-preview");

    private DeltaFeatures() {
    }

    /** Fails with {@code NOT_SUPPORTED} and the feature's name, or where rows of a table may only be added and this takes some away. */
    static void requireWritable(SnapshotImpl snapshot, String table, boolean removing, boolean changingRows) {
        try {
            TableFeatures.validateKernelCanWriteToTable(snapshot.getProtocol(), snapshot.getMetadata(), table);
        } catch (KernelException | UnsupportedOperationException e) {
            throw failure(CommonError.NOT_SUPPORTED, "Delta table '%s': %s", table, e.getMessage(), e);
        }
        snapshot.getProtocol().getImplicitlyAndExplicitlySupportedFeatures().stream().map(feature -> feature.featureName())
            .filter(REFUSED::contains).findFirst().ifPresent(name -> {
                throw failure(CommonError.NOT_SUPPORTED, "Writing to Delta table '%s', which has the feature %s, is not supported", table,
                    name);
            });
        Map<String, String> configuration = snapshot.getMetadata().getConfiguration();
        if (removing && TableConfig.APPEND_ONLY_ENABLED.fromMetadata(configuration)) {
            throw failure(AlgebraError.CONSTRAINT_VIOLATED, "Delta table '%s' only takes new rows: its property %s is true", table,
                TableConfig.APPEND_ONLY_ENABLED.getKey());
        }
        if (changingRows && TableConfig.CHANGE_DATA_FEED_ENABLED.fromMetadata(configuration)) {
            throw failure(CommonError.NOT_SUPPORTED, "Updating and deleting rows of Delta table '%s', which keeps a change data feed, "
                + "is not supported", table);
        }
    }
}
