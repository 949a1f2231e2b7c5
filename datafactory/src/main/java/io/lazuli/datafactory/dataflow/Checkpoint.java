package io.lazuli.datafactory.dataflow;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.foundation.CommonError;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * How far the sources of a flow that read only what is new have come, kept from run to run in a file of the data directory. What is noted
 * counts from {@link #save}, which comes when all sinks are written.
 */
final class Checkpoint {
    private final Path file;
    private final ObjectNode marks;
    private boolean changed;

    private Checkpoint(Path file, ObjectNode marks) {
        this.file = file;
        this.marks = marks;
    }

    /** The marks of that key, none yet in its first run. */
    static Checkpoint of(Path dataDirectory, String key) {
        Path file = dataDirectory.resolve("checkpoints").resolve(URLEncoder.encode(key, StandardCharsets.UTF_8) + ".json");
        try {
            boolean known = Files.exists(file);
            return new Checkpoint(file, known && JsonMapper.shared().readTree(Files.readString(file)) instanceof ObjectNode marks ? marks
                : JsonMapper.shared().createObjectNode());
        } catch (IOException | JacksonException e) {
            throw failure(CommonError.IO_ERROR, "The checkpoint %s cannot be read: %s; without the file the sources begin anew", file,
                e.getMessage(), e);
        }
    }

    /** Where a source ended, as a text. */
    Optional<String> last(String source) {
        return Optional.ofNullable(marks.get(source)).map(mark -> mark.asString(""));
    }

    void note(String source, String mark) {
        marks.put(source, mark);
        changed = true;
    }

    /** Keeps what was noted, whole or not at all. */
    void save() {
        if (!changed) {
            return;
        }
        try {
            Files.createDirectories(file.getParent());
            Path next = Files.createTempFile(file.getParent(), "next", ".tmp");
            Files.writeString(next, marks.toPrettyString());
            try (FileChannel channel = FileChannel.open(next, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw failure(CommonError.IO_ERROR, "The checkpoint %s cannot be written: %s", file, e.getMessage(), e);
        }
    }
}
