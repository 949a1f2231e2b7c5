package io.lazuli.storage.query;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;

/**
 * The stream of records that is an answer, as an Avro object container file: data, errors, progress, the end. Data is sent in pieces.
 *
 * <p>Avro's own writer splits names and namespaces in the schema, by which some clients do not know the records again.
 */
final class QueryAnswer extends OutputStream {
    private static final int PIECE_BYTES = 1 << 20;
    private static final int SYNC_BYTES = 16;
    private static final byte[] MAGIC = {'O', 'b', 'j', 1};
    private static final String SCHEMA = """
        [{"type": "record", "name": "%1$s.resultData", "fields": [{"name": "data", "type": "bytes"}]},
         {"type": "record", "name": "%1$s.error", "fields": [{"name": "fatal", "type": "boolean"}, {"name": "name", "type": "string"},
          {"name": "description", "type": "string"}, {"name": "position", "type": "long"}]},
         {"type": "record", "name": "%1$s.progress", "fields": [{"name": "bytesScanned", "type": "long"},
          {"name": "totalBytes", "type": "long"}]},
         {"type": "record", "name": "%1$s.end", "fields": [{"name": "totalBytes", "type": "long"}]}]
        """.formatted("com.microsoft.azure.storage.queryBlobContents");

    /** The places of the records in the schema. */
    private enum Kind { DATA, ERROR, PROGRESS, END }

    private final OutputStream out;
    private final byte[] sync = new byte[SYNC_BYTES];
    private final ByteArrayOutputStream piece = new ByteArrayOutputStream();

    QueryAnswer(OutputStream out) throws IOException {
        this.out = out;
        new SecureRandom().nextBytes(sync);
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        header.writeBytes(MAGIC);
        number(header, 2);
        text(header, "avro.schema");
        text(header, SCHEMA);
        text(header, "avro.codec");
        text(header, "null");
        number(header, 0);
        header.writeBytes(sync);
        header.writeTo(out);
    }

    /** Variable-length zig-zag coding. */
    private static void number(ByteArrayOutputStream to, long value) {
        long rest = value << 1 ^ value >> 63;
        while ((rest & ~0x7FL) != 0) {
            to.write((int) (rest & 0x7F | 0x80));
            rest >>>= 7;
        }
        to.write((int) rest);
    }

    private static void text(ByteArrayOutputStream to, String text) {
        bytes(to, text.getBytes(StandardCharsets.UTF_8));
    }

    private static void bytes(ByteArrayOutputStream to, byte[] bytes) {
        number(to, bytes.length);
        to.writeBytes(bytes);
    }

    private static ByteArrayOutputStream record(Kind kind) {
        ByteArrayOutputStream record = new ByteArrayOutputStream();
        number(record, kind.ordinal());
        return record;
    }

    /** A block of one record. */
    private void send(ByteArrayOutputStream record) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        number(head, 1);
        number(head, record.size());
        head.writeTo(out);
        record.writeTo(out);
        out.write(sync);
        out.flush();
    }

    @Override
    public void write(int oneByte) throws IOException {
        write(new byte[] {(byte) oneByte}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        piece.write(bytes, offset, length);
        if (piece.size() >= PIECE_BYTES) {
            sendPiece();
        }
    }

    private void sendPiece() throws IOException {
        if (piece.size() > 0) {
            ByteArrayOutputStream data = record(Kind.DATA);
            bytes(data, piece.toByteArray());
            piece.reset();
            send(data);
        }
    }

    /** Tells of something that went wrong; a fatal error is the last record. */
    void error(boolean fatal, String name, String description) throws IOException {
        sendPiece();
        ByteArrayOutputStream error = record(Kind.ERROR);
        error.write(fatal ? 1 : 0);
        text(error, name);
        text(error, description);
        number(error, 0);
        send(error);
    }

    /** Tells how much of the blob was read; also before anything else, as there are clients that cannot begin with an error. */
    void progress(long scannedBytes, long totalBytes) throws IOException {
        ByteArrayOutputStream progress = record(Kind.PROGRESS);
        number(progress, scannedBytes);
        number(progress, totalBytes);
        send(progress);
    }

    /** All data was sent. */
    void end(long totalBytes) throws IOException {
        sendPiece();
        progress(totalBytes, totalBytes);
        ByteArrayOutputStream end = record(Kind.END);
        number(end, totalBytes);
        send(end);
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
