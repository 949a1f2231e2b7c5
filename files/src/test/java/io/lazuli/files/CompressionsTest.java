package io.lazuli.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.algebra.AlgebraError;
import io.lazuli.algebra.source.Compression;
import io.lazuli.foundation.LazuliException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.DeflaterOutputStream;
import org.apache.commons.compress.compressors.lz4.FramedLZ4CompressorOutputStream;
import org.apache.commons.compress.compressors.snappy.FramedSnappyCompressorOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CompressionsTest {
    private static final byte[] TEXT = "a line of text that repeats\n".repeat(40_000).getBytes(StandardCharsets.UTF_8);

    @ParameterizedTest
    @EnumSource(value = Compression.class, names = {"GZIP", "DEFLATE", "BZIP2", "SNAPPY", "LZ4", "ZSTD"})
    void readsWhatItWrites(Compression compression) throws IOException {
        for (Compressions.Level level : Compressions.Level.values()) {
            byte[] compressed = compress(TEXT, compression, level);
            assertThat(compressed.length).isLessThan(TEXT.length / 10);
            assertThat(decompress(compressed, compression)).isEqualTo(TEXT);
            assertThat(decompress(compress(new byte[0], compression, level), compression)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(value = Compression.class, names = {"GZIP", "BZIP2", "SNAPPY", "LZ4", "ZSTD"})
    void failsOnDamagedDataWithTheFilesName(Compression compression) throws IOException {
        byte[] compressed = compress(TEXT, compression, Compressions.Level.OPTIMAL);
        byte[] cut = Arrays.copyOf(compressed, compressed.length / 2);
        assertThatThrownBy(() -> decompress(cut, compression)).isInstanceOfSatisfying(LazuliException.class, e -> {
            assertThat(e.code()).isEqualTo(AlgebraError.MALFORMED_DATA);
            assertThat(e).hasMessageContaining("orders.csv");
        });
        byte[] text = "id,name\n1,a plain file\n2,a plain file\n".getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> decompress(text, compression)).isInstanceOf(LazuliException.class).hasMessageContaining("orders.csv");
    }

    @Test
    void readsDeflateWithTheHeaderOfZlib() throws IOException {
        assertThat(decompress(written(DeflaterOutputStream::new), Compression.DEFLATE)).isEqualTo(TEXT);
    }

    @Test
    void readsSnappyAndLz4InTheirOwnFrames() throws IOException {
        assertThat(decompress(written(FramedSnappyCompressorOutputStream::new), Compression.SNAPPY)).isEqualTo(TEXT);
        assertThat(decompress(written(FramedLZ4CompressorOutputStream::new), Compression.LZ4)).isEqualTo(TEXT);
    }

    @Test
    void readsGzipFilesThatWereConcatenated() throws IOException {
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.write(compress("one\n".getBytes(StandardCharsets.UTF_8), Compression.GZIP, Compressions.Level.FASTEST));
        both.write(compress("two\n".getBytes(StandardCharsets.UTF_8), Compression.GZIP, Compressions.Level.FASTEST));
        assertThat(decompress(both.toByteArray(), Compression.GZIP)).asString().isEqualTo("one\ntwo\n");
    }

    private interface Opening {
        OutputStream open(OutputStream bytes) throws IOException;
    }

    private static byte[] written(Opening opening) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream compressing = opening.open(bytes)) {
            compressing.write(TEXT);
        }
        return bytes.toByteArray();
    }

    private static byte[] compress(byte[] plain, Compression compression, Compressions.Level level) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream compressing = Compressions.compress(bytes, compression, level)) {
            compressing.write(plain);
        }
        return bytes.toByteArray();
    }

    private static byte[] decompress(byte[] compressed, Compression compression) throws IOException {
        try (InputStream plain = Compressions.decompress(new ByteArrayInputStream(compressed), compression, "orders.csv")) {
            return plain.readAllBytes();
        }
    }
}
