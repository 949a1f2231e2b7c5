package io.lazuli.engine.duckdb.format;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.source.AvroFormat;
import io.lazuli.algebra.source.FileFormat;
import io.lazuli.algebra.source.RowCursor;
import io.lazuli.algebra.type.Schema;
import io.lazuli.foundation.CommonError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;

/** Writes Avro container files whose fields are all unions with null. */
final class AvroWriter implements FormatWriter {
    /** Azure's default. */
    private static final String RECORD_NAME = "topLevelRecord";

    @Override
    public void write(RowCursor rows, FileFormat format, Path file) {
        AvroFormat avro = (AvroFormat) format;
        Schema columns = rows.schema();
        org.apache.avro.Schema own = AvroSchemas.record(columns.fields(), named(avro.recordName(), RECORD_NAME), avro.recordNamespace());
        try (DataFileWriter<GenericRecord> writer = new DataFileWriter<>(new GenericDatumWriter<>(own, new GenericData()))) {
            writer.setCodec(codec(avro.codec()));
            writer.create(own, Files.newOutputStream(file, StandardOpenOption.CREATE_NEW));
            GenericRecord row = new GenericData.Record(own);
            while (rows.next()) {
                for (int i = 0; i < columns.size(); i++) {
                    row.put(i, AvroSchemas.value(rows.value(i), columns.fields().get(i).type(), own.getFields().get(i).schema()));
                }
                writer.append(row);
            }
        } catch (IOException e) {
            throw failure(CommonError.IO_ERROR, "%s cannot be written: %s", file, e.getMessage(), e);
        }
    }

    private static String named(String name, String otherwise) {
        return name == null || name.isEmpty() ? otherwise : name;
    }

    private static CodecFactory codec(String name) {
        Map<String, CodecFactory> codecs = Map.of("none", CodecFactory.nullCodec(), "deflate", CodecFactory.deflateCodec(6),
            "snappy", CodecFactory.snappyCodec(), "bzip2", CodecFactory.bzip2Codec());
        CodecFactory codec = codecs.get(name);
        if (codec == null) {
            throw failure(CommonError.NOT_SUPPORTED, "Avro codec '%s' is not supported; supported are %s", name,
                codecs.keySet().stream().sorted().toList());
        }
        return codec;
    }
}
