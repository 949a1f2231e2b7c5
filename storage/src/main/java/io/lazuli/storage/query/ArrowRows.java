package io.lazuli.storage.query;

import com.google.flatbuffers.FlatBufferBuilder;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.flatbuf.Buffer;
import org.apache.arrow.flatbuf.Endianness;
import org.apache.arrow.flatbuf.FieldNode;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.MetadataVersion;
import org.apache.arrow.flatbuf.RecordBatch;
import org.apache.arrow.flatbuf.Schema;

/**
 * Rows as a stream in Arrow's format for interprocess communication: a schema, record batches, an end. A value that is not of its field's
 * type is null.
 *
 * <p>Arrow's own writer keeps batches outside the heap, by means that Java is about to take away; its classes for metadata are used here.
 */
final class ArrowRows implements RowWriter {
    private static final int CONTINUATION = -1;
    private static final int ALIGNMENT = 8;
    private static final int BATCH_ROWS = 8192;
    private static final int BATCH_BYTES = 1 << 20;

    private final OutputStream out;
    private final List<ArrowField> fields;
    private final List<BlobQuery.Column> columns;
    private List<ArrowColumn> values;

    ArrowRows(OutputStream out, List<ArrowField> fields, List<BlobQuery.Column> columns) throws IOException {
        this.out = out;
        this.fields = fields;
        this.columns = columns;
        schema();
        begin();
    }

    private void begin() {
        values = fields.stream().map(ArrowColumn::new).toList();
    }

    private void schema() throws IOException {
        FlatBufferBuilder metadata = new FlatBufferBuilder();
        int all = Schema.createFieldsVector(metadata, fields.stream().mapToInt(field -> field.write(metadata)).toArray());
        Schema.startSchema(metadata);
        Schema.addEndianness(metadata, Endianness.Little);
        Schema.addFields(metadata, all);
        message(metadata, MessageHeader.Schema, Schema.endSchema(metadata), 0);
    }

    @Override
    public void row(BlobQuery.Rows rows) throws IOException {
        int size = 0;
        for (int i = 0; i < fields.size(); i++) {
            Object value = rows.value(i);
            values.get(i).add(value != null && columns.get(i).json() ? RowText.unwrapped((String) value) : value);
            size += values.get(i).size();
        }
        if (values.getFirst().rows() == BATCH_ROWS || size >= BATCH_BYTES) {
            batch();
        }
    }

    @Override
    public void end() throws IOException {
        if (values.getFirst().rows() > 0) {
            batch();
        }
        out.write(integers(CONTINUATION, 0));
    }

    private void batch() throws IOException {
        List<byte[]> buffers = new ArrayList<>();
        values.forEach(column -> buffers.addAll(column.buffers()));
        int rows = values.getFirst().rows();
        FlatBufferBuilder metadata = new FlatBufferBuilder();
        RecordBatch.startNodesVector(metadata, values.size());
        for (ArrowColumn column : values.reversed()) {
            FieldNode.createFieldNode(metadata, rows, column.nulls());
        }
        int nodes = metadata.endVector();
        long length = buffers.stream().mapToLong(buffer -> padded(buffer.length)).sum();
        long end = length;
        RecordBatch.startBuffersVector(metadata, buffers.size());
        for (byte[] buffer : buffers.reversed()) {
            end -= padded(buffer.length);
            Buffer.createBuffer(metadata, end, buffer.length);
        }
        int places = metadata.endVector();
        message(metadata, MessageHeader.RecordBatch, RecordBatch.createRecordBatch(metadata, rows, nodes, places, 0, 0), length);
        for (byte[] buffer : buffers) {
            out.write(buffer);
            out.write(new byte[padded(buffer.length) - buffer.length]);
        }
        begin();
    }

    private void message(FlatBufferBuilder metadata, byte kind, int header, long bodyLength) throws IOException {
        Message.finishMessageBuffer(metadata, Message.createMessage(metadata, MetadataVersion.V5, kind, header, bodyLength, 0));
        byte[] bytes = metadata.sizedByteArray();
        int length = padded(bytes.length);
        out.write(integers(CONTINUATION, length));
        out.write(bytes);
        out.write(new byte[length - bytes.length]);
    }

    private static int padded(int length) {
        return (length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }

    private static byte[] integers(int first, int second) {
        return ByteBuffer.allocate(2 * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(first).putInt(second).array();
    }
}
