package io.lazuli.datafactory.connector.delta;

import io.delta.kernel.internal.actions.DeletionVectorDescriptor;
import io.delta.kernel.internal.actions.Metadata;
import io.delta.kernel.internal.actions.Protocol;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * A write whose data files are there, so that only the log has to say it.
 *
 * @param base the version that it changes, empty where it makes the table
 * @param info what the log tells people about it
 * @param rows inserted, updated and deleted
 * @param dataChange whether the table has other rows afterwards, not only other files
 */
record PreparedWrite(
    Optional<DeltaVersion> base, Protocol protocol, Metadata metadata, List<DeltaFile> removed, List<DataFiles.Written> added,
    DataFiles files, ObjectNode info, long rows, boolean blindAppend, boolean dataChange) implements AutoCloseable {
    /**
     * Whether it can follow another version, too: one that only added or removed rows, where this one only adds; one that still has all
     * files that this one removes, where this one leaves the rows what they are.
     */
    boolean follows(Optional<DeltaVersion> other) {
        if (base.map(DeltaVersion::number).equals(other.map(DeltaVersion::number))) {
            return true;
        }
        return base.isPresent() && other.isPresent()
            && other.get().snapshot().getMetadata().equals(base.get().snapshot().getMetadata())
            && other.get().snapshot().getProtocol().equals(base.get().snapshot().getProtocol())
            && (blindAppend || !dataChange && stillHas(other.get()));
    }

    /** Whether the files that this one removes are all there, with the same rows deleted. */
    private boolean stillHas(DeltaVersion other) {
        Map<Path, Optional<String>> there = new HashMap<>();
        other.files().forEach(file -> there.put(file.path(), deleted(file)));
        return removed.stream().allMatch(file -> deleted(file).equals(there.get(file.path())));
    }

    private static Optional<String> deleted(DeltaFile file) {
        return file.deletionVector().map(DeletionVectorDescriptor::getUniqueId);
    }

    boolean changesProtocol() {
        return base.isEmpty() || !base.get().snapshot().getProtocol().equals(protocol);
    }

    boolean changesMetadata() {
        return base.isEmpty() || !base.get().snapshot().getMetadata().equals(metadata);
    }

    @Override
    public void close() {
        files.close();
    }
}
