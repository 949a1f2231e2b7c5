package io.lazuli.engine.duckdb.format;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.source.FileFormat;
import io.lazuli.algebra.source.OrcFormat;
import io.lazuli.algebra.source.RowCursor;
import io.lazuli.foundation.CommonError;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.orc.CompressionKind;
import org.apache.orc.OrcFile;
import org.apache.orc.TypeDescription;
import org.apache.orc.Writer;
import org.apache.orc.storage.ql.exec.vector.VectorizedRowBatch;

/** Writes ORC files. */
final class OrcWriter implements FormatWriter {
    private static final Map<String, CompressionKind> CODECS =
        Map.of("none", CompressionKind.NONE, "zlib", CompressionKind.ZLIB, "snappy", CompressionKind.SNAPPY, "lzo", CompressionKind.LZO);

    @Override
    public void write(RowCursor rows, FileFormat format, Path file) {
        String codec = ((OrcFormat) format).codec();
        if (!CODECS.containsKey(codec)) {
            throw failure(CommonError.NOT_SUPPORTED, "ORC codec '%s' is not supported; supported are %s", codec,
                CODECS.keySet().stream().sorted().toList());
        }
        TypeDescription own = OrcTypes.struct(rows.schema().fields());
        Configuration configuration = OrcFiles.configuration();
        try (Writer writer = OrcFile.createWriter(OrcFiles.path(file), OrcFile.writerOptions(configuration)
            .fileSystem(OrcFiles.fileSystem(configuration)).setSchema(own).compress(CODECS.get(codec)).useUTCTimestamp(true)
            .setProlepticGregorian(true))) {
            writeRows(rows, own, writer);
        } catch (IOException e) {
            throw failure(CommonError.IO_ERROR, "%s cannot be written: %s", file, e.getMessage(), e);
        }
    }

    private static void writeRows(RowCursor rows, TypeDescription own, Writer writer) throws IOException {
        VectorizedRowBatch batch = own.createRowBatch();
        while (rows.next()) {
            int row = batch.size++;
            for (int i = 0; i < batch.cols.length; i++) {
                OrcVectors.set(batch.cols[i], own.getChildren().get(i), row, rows.value(i));
            }
            if (batch.size == batch.getMaxSize()) {
                writer.addRowBatch(batch);
                batch.reset();
            }
        }
        if (batch.size > 0) {
            writer.addRowBatch(batch);
        }
    }
}
