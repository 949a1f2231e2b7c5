package io.lazuli.storage.query;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;

/** The stream of Avro records that is an answer: data, errors, progress, the end. Data is sent in pieces. */
final class QueryAnswer extends OutputStream {
    private static final int PIECE_BYTES = 1 << 20;
    private static final String NAMESPACE = "com.microsoft.azure.storage.queryBlobContents";
    private static final Schema UNION = new Schema.Parser().parse("""
        [{"type": "record", "name": "resultData", "namespace": "%1$s", "fields": [{"name": "data", "type": "bytes"}]},
         {"type": "record", "name": "error", "namespace": "%1$s", "fields": [{"name": "fatal", "type": "boolean"},
          {"name": "name", "type": "string"}, {"name": "description", "type": "string"}, {"name": "position", "type": "long"}]},
         {"type": "record", "name": "progress", "namespace": "%1$s", "fields": [{"name": "bytesScanned", "type": "long"},
          {"name": "totalBytes", "type": "long"}]},
         {"type": "record", "name": "end", "namespace": "%1$s", "fields": [{"name": "totalBytes", "type": "long"}]}]
        """.formatted(NAMESPACE));

    private final DataFileWriter<GenericData.Record> writer;
    private final ByteArrayOutputStream piece = new ByteArrayOutputStream();

    QueryAnswer(OutputStream out) throws IOException {
        writer = new DataFileWriter<>(new GenericDatumWriter<GenericData.Record>(UNION));
        writer.create(UNION, out);
    }

    private static GenericData.Record record(String name) {
        return new GenericData.Record(UNION.getTypes().get(UNION.getIndexNamed(NAMESPACE + "." + name)));
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
            GenericData.Record data = record("resultData");
            data.put("data", ByteBuffer.wrap(piece.toByteArray()));
            piece.reset();
            writer.append(data);
            writer.flush();
        }
    }

    /** Tells of something that went wrong; a fatal error is the last record. */
    void error(boolean fatal, String name, String description) throws IOException {
        sendPiece();
        GenericData.Record error = record("error");
        error.put("fatal", fatal);
        error.put("name", name);
        error.put("description", description);
        error.put("position", 0L);
        writer.append(error);
        writer.flush();
    }

    /** All data was sent. */
    void end(long totalBytes) throws IOException {
        sendPiece();
        GenericData.Record progress = record("progress");
        progress.put("bytesScanned", totalBytes);
        progress.put("totalBytes", totalBytes);
        writer.append(progress);
        GenericData.Record end = record("end");
        end.put("totalBytes", totalBytes);
        writer.append(end);
        writer.flush();
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }
}
