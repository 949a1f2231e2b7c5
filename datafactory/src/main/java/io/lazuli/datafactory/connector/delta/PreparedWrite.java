package io.lazuli.datafactory.connector.delta;

import io.delta.kernel.internal.actions.Metadata;
import io.delta.kernel.internal.actions.Protocol;
import java.util.List;
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
    /** Whether it can follow another version, too: one that only added or removed rows, where this one only adds. */
    boolean follows(Optional<DeltaVersion> other) {
        return base.map(DeltaVersion::number).equals(other.map(DeltaVersion::number)) || blindAppend && base.isPresent()
            && other.isPresent() && other.get().snapshot().getMetadata().equals(base.get().snapshot().getMetadata())
            && other.get().snapshot().getProtocol().equals(base.get().snapshot().getProtocol());
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
