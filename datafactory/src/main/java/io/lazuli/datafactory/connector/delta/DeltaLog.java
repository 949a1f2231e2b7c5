package io.lazuli.datafactory.connector.delta;

import static io.lazuli.foundation.LazuliException.failure;

import io.delta.kernel.Table;
import io.delta.kernel.exceptions.CheckpointAlreadyExistsException;
import io.delta.kernel.exceptions.KernelException;
import io.delta.kernel.internal.TableConfig;
import io.lazuli.foundation.CommonError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The log of a table as it grows: a file for each version, made whole, and never where another has made it. */
final class DeltaLog {
    private final Path folder;
    private final DeltaKernel kernel;

    DeltaLog(Path folder, DeltaKernel kernel) {
        this.folder = folder;
        this.kernel = kernel;
    }

    /** Writes the version after the base and gives its number; empty when someone else was faster. */
    Optional<Long> commit(PreparedWrite write, Optional<DeltaVersion> base) {
        long version = base.map(DeltaVersion::number).orElse(-1L) + 1;
        Path file = folder.resolve("_delta_log").resolve("%020d.json".formatted(version));
        List<String> lines = lines(write, base, System.currentTimeMillis()).stream().map(JsonNode::toString).toList();
        try {
            AtomicFile.write(file, false, part -> Files.write(part, lines, StandardCharsets.UTF_8));
        } catch (FileAlreadyExistsException faster) {
            return Optional.empty();
        } catch (IOException e) {
            throw failure(CommonError.IO_ERROR, "%s cannot be written: %s", file, e.getMessage(), e);
        }
        if (version > 0 && version % TableConfig.CHECKPOINT_INTERVAL.fromMetadata(write.metadata()) == 0) {
            checkpoint(version);
        }
        return Optional.of(version);
    }

    private static List<ObjectNode> lines(PreparedWrite write, Optional<DeltaVersion> base, long now) {
        List<ObjectNode> lines = new ArrayList<>();
        ObjectNode info = JsonMapper.shared().createObjectNode();
        Map<String, String> configuration = write.metadata().getConfiguration();
        if (TableConfig.IN_COMMIT_TIMESTAMPS_ENABLED.fromMetadata(configuration)) {
            info.put("inCommitTimestamp", base.map(version -> Math.max(now, version.timestamp() + 1)).orElse(now));
        }
        info.put("timestamp", now);
        info.setAll(write.info());
        base.ifPresent(version -> info.put("readVersion", version.number()));
        info.put("isolationLevel", "Serializable").put("isBlindAppend", write.blindAppend());
        lines.add(LogEntry.commitInfo(info));
        if (write.changesProtocol()) {
            lines.add(LogEntry.protocol(write.protocol()));
        }
        if (write.changesMetadata()) {
            lines.add(LogEntry.metadata(write.metadata()));
        }
        write.removed().forEach(file -> lines.add(LogEntry.remove(file, now, write.dataChange())));
        write.added().forEach(file -> lines.add(LogEntry.add(file, now, write.dataChange())));
        return lines;
    }

    /** The version is written: a checkpoint only makes it faster to read, and the next may succeed where this one does not. */
    private void checkpoint(long version) {
        try {
            Table.forPath(kernel, folder.toString()).checkpoint(kernel, version);
        } catch (CheckpointAlreadyExistsException made) {
            return;
        } catch (IOException | KernelException e) {
            LoggerFactory.getLogger(DeltaLog.class).warn("No checkpoint of {} at version {}", folder, version, e);
        }
    }
}
