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
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The journal {@code audit.jsonl} of a data directory: one event a line, only ever added to. What {@link #append} was given is with the
 * operating system when it returns, so that it survives the end of this process. When the file is full it gets a number,
 * {@code audit-000001.jsonl}, and a new one is begun; the oldest are removed when there are too many. Thread-safe.
 */
public final class AuditJournal implements AutoCloseable {
    private static final String FILE = "audit.jsonl";
    private static final String FULL = "audit-%06d.jsonl";
    private static final Pattern FULL_NAME = Pattern.compile("audit-(\\d{6})\\.jsonl");
    private static final long MOST_BYTES = 16L << 20;
    private static final int MOST_FULL_FILES = 64;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path file;
    private final long mostBytes;
    private final int mostFiles;
    private FileChannel channel;

    /** The journal of a data directory, in files of 16 MB, of which 64 are kept; its file is made with the first event. */
    public AuditJournal(Path dataDirectory) {
        this(dataDirectory, MOST_BYTES, MOST_FULL_FILES);
    }

    AuditJournal(Path dataDirectory, long mostBytes, int mostFiles) {
        this.file = dataDirectory.resolve(FILE);
        this.mostBytes = mostBytes;
        this.mostFiles = mostFiles;
    }

    public synchronized void append(AuditEvent event) {
        try {
            if (channel == null) {
                channel = open(file);
            }
            if (channel.size() >= mostBytes) {
                beginAnew();
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

    private void beginAnew() throws IOException {
        channel.close();
        channel = null;
        List<Path> full = full();
        int last = full.isEmpty() ? 0 : number(full.getLast());
        Files.move(file, file.resolveSibling(FULL.formatted(last + 1)), StandardCopyOption.ATOMIC_MOVE);
        for (Path old : full.subList(0, Math.max(0, full.size() + 1 - mostFiles))) {
            Files.deleteIfExists(old);
        }
        channel = open(file);
    }

    private static int number(Path full) {
        Matcher name = FULL_NAME.matcher(full.getFileName().toString());
        return name.matches() ? Integer.parseInt(name.group(1)) : 0;
    }

    /** The files that are full, the oldest first. */
    private List<Path> full() throws IOException {
        if (!Files.isDirectory(file.getParent())) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(file.getParent())) {
            return entries.filter(entry -> FULL_NAME.matcher(entry.getFileName().toString()).matches()).sorted().toList();
        }
    }

    private LazuliException cannot(String what, Exception problem) {
        return failure(CommonError.IO_ERROR, Place.of(file, null), "Cannot %s the audit journal: %s", what, problem.getMessage(), problem);
    }

    /** The events from the oldest on; a line that was cut off is left out. */
    public List<AuditEvent> read() {
        try {
            List<AuditEvent> events = new ArrayList<>();
            List<Path> files = new ArrayList<>(full());
            files.add(file);
            for (Path each : files) {
                readInto(events, each);
            }
            return events;
        } catch (IOException | UncheckedIOException problem) {
            throw cannot("read", problem);
        }
    }

    private static void readInto(List<AuditEvent> events, Path each) throws IOException {
        try (Stream<String> lines = Files.lines(each)) {
            lines.flatMap(AuditJournal::parse).forEach(events::add);
        } catch (NoSuchFileException none) {
            return;
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
