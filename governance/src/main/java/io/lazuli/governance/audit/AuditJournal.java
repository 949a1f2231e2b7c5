package io.lazuli.governance.audit;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.LazuliException;
import io.lazuli.foundation.Place;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The journal {@code audit.jsonl} of a data directory: one event a line, only ever added to. What {@link #append} was given is with the
 * operating system when it returns, so that it survives the end of this process. Thread-safe.
 */
public final class AuditJournal implements AutoCloseable {
    private static final String FILE = "audit.jsonl";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path file;
    private FileChannel channel;

    /** The journal of a data directory; its file is made with the first event. */
    public AuditJournal(Path dataDirectory) {
        this.file = dataDirectory.resolve(FILE);
    }

    public synchronized void append(AuditEvent event) {
        try {
            if (channel == null) {
                channel = open(file);
            }
            ByteBuffer line = ByteBuffer.wrap((JSON.writeValueAsString(event) + "\n").getBytes(StandardCharsets.UTF_8));
            while (line.hasRemaining()) {
                channel.write(line);
            }
        } catch (IOException problem) {
            throw cannot("write", problem);
        }
    }

    /** A line that was cut off when the machine stopped is ended, so that the next one stands alone. */
    private static FileChannel open(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        boolean cut = false;
        if (Files.exists(file) && Files.size(file) > 0) {
            try (FileChannel end = FileChannel.open(file, StandardOpenOption.READ)) {
                ByteBuffer last = ByteBuffer.allocate(1);
                end.read(last, end.size() - 1);
                cut = last.get(0) != '\n';
            }
        }
        FileChannel opened = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        if (cut) {
            opened.write(ByteBuffer.wrap(new byte[] {'\n'}));
        }
        return opened;
    }

    private LazuliException cannot(String what, Exception problem) {
        return failure(CommonError.IO_ERROR, Place.of(file, null), "Cannot %s the audit journal: %s", what, problem.getMessage(), problem);
    }

    /** The events from the oldest on; a line that was cut off is left out. */
    public List<AuditEvent> read() {
        if (!Files.exists(file)) {
            return List.of();
        }
        try (Stream<String> lines = Files.lines(file)) {
            return lines.flatMap(AuditJournal::parse).toList();
        } catch (IOException | UncheckedIOException problem) {
            throw cannot("read", problem);
        }
    }

    private static Stream<AuditEvent> parse(String line) {
        try {
            return line.isBlank() ? Stream.empty() : Stream.of(JSON.readValue(line, AuditEvent.class));
        } catch (JacksonException cutOff) {
            return Stream.empty();
        }
    }

    @Override
    public synchronized void close() {
        try {
            if (channel != null) {
                channel.close();
                channel = null;
            }
        } catch (IOException problem) {
            throw cannot("close", problem);
        }
    }
}
