package io.lazuli.engine.duckdb.file;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.source.FileFormat;
import io.lazuli.algebra.source.JsonFormat;
import io.lazuli.algebra.source.RowCursor;
import io.lazuli.algebra.type.Field;
import io.lazuli.engine.duckdb.format.FormatWriter;
import io.lazuli.foundation.CommonError;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/** JSON as Azure's copies write it: a compact object a line, or one array with an object a line. */
public final class JsonWriter implements FormatWriter {
    private static final JsonMapper MAPPER = JsonMapper.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
        .disable(StreamWriteFeature.AUTO_CLOSE_CONTENT).build();

    @Override
    public void write(RowCursor rows, FileFormat format, Path file) {
        JsonFormat json = (JsonFormat) format;
        boolean array = json.shape() == JsonFormat.Shape.ARRAY_OF_OBJECTS;
        try (Writer writer = TextFile.create(file, json.encoding(), json.compression());
            JsonGenerator generator = MAPPER.writer().withRootValueSeparator("").createGenerator(writer)) {
            String separator = array ? "[" : "";
            while (rows.next()) {
                generator.writeRaw(separator);
                row(generator, rows);
                separator = array ? ",\r\n" : "\r\n";
            }
            generator.writeRaw(array ? separator.equals("[") ? "[]" : "]" : "");
        } catch (IOException e) {
            throw failure(CommonError.IO_ERROR, "%s cannot be written: %s", file, e.getMessage(), e);
        }
    }

    private static void row(JsonGenerator generator, RowCursor rows) {
        List<Field> fields = rows.schema().fields();
        generator.writeStartObject();
        for (int i = 0; i < fields.size(); i++) {
            generator.writeName(fields.get(i).name());
            JsonValue.write(generator, rows.value(i), fields.get(i).type());
        }
        generator.writeEndObject();
    }
}
