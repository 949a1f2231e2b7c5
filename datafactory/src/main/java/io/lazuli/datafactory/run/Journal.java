package io.lazuli.datafactory.run;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.Place;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A file of events, of a run for example, one JSON object a line, only ever appended to. An event is on the disk when {@link #append}
 * returns; events of parallel activities share one flush.
 */
public final class Journal implements AutoCloseable {
    // A stream, not a channel: an interrupt, which is how activities are cancelled, closes a channel.
    private final FileOutputStream stream;
    private final JsonMapper mapper;
    private final Path file;
    private final ReentrantLock flushing = new ReentrantLock();
    private long written;
    private volatile long flushed;

    private Journal(Path file, JsonMapper mapper) throws IOException {
        this.file = file;
        this.mapper = mapper;
        this.stream = new FileOutputStream(file.toFile(), true);
    }

    /** Opens a journal to append to, and makes it when it is not there; a torn last line is cut off. */
    public static Journal open(Path file, JsonMapper mapper) {
        try {
            Files.createDirectories(file.getParent());
            if (Files.exists(file)) {
                cutTornLine(file);
            }
            return new Journal(file, mapper);
        } catch (IOException problem) {
            throw broken(file, problem);
        }
    }

    /** Gives the events to {@code reader} in their order, without a torn last line. */
    public static void read(Path file, JsonMapper mapper, Consumer<ObjectNode> reader) {
        try {
            byte[] bytes = Files.readAllBytes(file);
            int start = 0;
            for (int line = 1; start < bytes.length; line++) {
                int end = indexOfLineEnd(bytes, start);
                if (end < 0) {
                    return;
                }
                ObjectNode event = parse(bytes, start, end, mapper);
                if (event == null && end < bytes.length - 1) {
                    throw failure(CommonError.IO_ERROR, Place.of(file, null).within(line, 1), "This line of the journal is not JSON");
                }
                if (event != null) {
                    reader.accept(event);
                }
                start = end + 1;
            }
        } catch (IOException problem) {
            throw broken(file, problem);
        }
    }

    private static ObjectNode parse(byte[] bytes, int start, int end, JsonMapper mapper) {
        try {
            return mapper.readTree(bytes, start, end - start) instanceof ObjectNode event ? event : null;
        } catch (JacksonException torn) {
            return null;
        }
    }

    private static int indexOfLineEnd(byte[] bytes, int start) {
        for (int i = start; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    private static void cutTornLine(Path file) throws IOException {
        try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
            long length = access.length();
            while (length > 0) {
                access.seek(length - 1);
                if (access.read() == '\n') {
                    break;
                }
                length--;
            }
            access.setLength(length);
        }
    }

    /** Appends an event; {@code applied} sees it in the journal's order, before it is safe on the disk. */
    public void append(ObjectNode event, Consumer<ObjectNode> applied) {
        byte[] line = (mapper.writeValueAsString(event) + "\n").getBytes(StandardCharsets.UTF_8);
        try {
            long mine;
            synchronized (stream) {
                stream.write(line);
                mine = ++written;
                applied.accept(event);
            }
            flush(mine);
        } catch (IOException problem) {
            throw broken(file, problem);
        }
    }

    private void flush(long mine) throws IOException {
        flushing.lock();
        try {
            if (flushed < mine) {
                long upTo;
                synchronized (stream) {
                    upTo = written;
                }
                stream.getFD().sync();
                flushed = upTo;
            }
        } finally {
            flushing.unlock();
        }
    }

    @Override
    public void close() {
        try {
            stream.close();
        } catch (IOException problem) {
            throw broken(file, problem);
        }
    }

    private static RuntimeException broken(Path file, IOException problem) {
        return failure(CommonError.IO_ERROR, Place.of(file, null), "The journal cannot be used: %s", problem.getMessage(), problem);
    }
}
