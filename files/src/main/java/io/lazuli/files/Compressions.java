package io.lazuli.files;

import static io.lazuli.foundation.LazuliException.failure;

import com.github.luben.zstd.ZstdInputStream;
import com.github.luben.zstd.ZstdOutputStream;
import io.airlift.compress.lz4.Lz4HadoopStreams;
import io.airlift.compress.snappy.SnappyHadoopStreams;
import io.lazuli.algebra.source.Compression;
import io.lazuli.foundation.CommonError;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.apache.commons.compress.compressors.lz4.FramedLZ4CompressorInputStream;
import org.apache.commons.compress.compressors.snappy.FramedSnappyCompressorInputStream;

/**
 * Compresses and decompresses streams, all kinds but the archives.
 *
 * <p>Written are: deflate without zlib's header, as .NET does; snappy and lz4 in Hadoop's blocks, as Azure's data flows do. Read are also
 * deflate with zlib's header, and snappy and lz4 in their own frame formats, which the first bytes tell apart.
 */
public final class Compressions {
    private static final int BUFFER_BYTES = 1 << 16;

    /** How much time to spend on size. */
    public enum Level { OPTIMAL, FASTEST }

    private Compressions() {
    }

    public static boolean isArchive(Compression compression) {
        return compression == Compression.ZIP || compression == Compression.TAR || compression == Compression.TAR_GZIP;
    }

    /**
     * The decompressed bytes. What is not of the compression fails with {@code MALFORMED_DATA} and the file's name, here or while reading.
     * Closing the result closes {@code bytes}.
     */
    public static InputStream decompress(InputStream bytes, Compression compression, String file) throws IOException {
        if (compression == Compression.NONE) {
            return bytes;
        }
        try {
            return new CheckedDecompression(opened(new BufferedInputStream(bytes, BUFFER_BYTES), compression), compression, file);
        } catch (IOException e) {
            throw CheckedDecompression.malformed(compression, file, e);
        }
    }

    private static InputStream opened(BufferedInputStream bytes, Compression compression) throws IOException {
        return switch (compression) {
            case GZIP -> new GZIPInputStream(bytes, BUFFER_BYTES);
            case DEFLATE -> new InflaterInputStream(bytes, new Inflater(!startsWithZlibHeader(bytes)), BUFFER_BYTES);
            case BZIP2 -> new BZip2CompressorInputStream(bytes, true);
            case SNAPPY -> startsWith(bytes, 0xFF, 0x06, 0x00, 0x00, 's', 'N', 'a', 'P', 'p', 'Y')
                ? new FramedSnappyCompressorInputStream(bytes) : new SnappyHadoopStreams().createInputStream(bytes);
            case LZ4 -> startsWith(bytes, 0x04, 0x22, 0x4D, 0x18)
                ? new FramedLZ4CompressorInputStream(bytes, true) : new Lz4HadoopStreams().createInputStream(bytes);
            case ZSTD -> new ZstdInputStream(bytes);
            case NONE -> bytes;
            case ZIP, TAR, TAR_GZIP -> throw archive(compression);
        };
    }

    /** A stream that compresses into {@code bytes}; closing it ends the compressed data and closes {@code bytes}. */
    public static OutputStream compress(OutputStream bytes, Compression compression, Level level) throws IOException {
        boolean fast = level == Level.FASTEST;
        return switch (compression) {
            case NONE -> bytes;
            case GZIP -> new LeveledGzip(bytes, fast);
            case DEFLATE -> new RawDeflate(bytes, fast);
            case BZIP2 -> new BZip2CompressorOutputStream(bytes, fast ? BZip2CompressorOutputStream.MIN_BLOCKSIZE
                : BZip2CompressorOutputStream.MAX_BLOCKSIZE);
            case SNAPPY -> new SnappyHadoopStreams().createOutputStream(bytes);
            case LZ4 -> new Lz4HadoopStreams().createOutputStream(bytes);
            case ZSTD -> new ZstdOutputStream(bytes, fast ? 1 : 6);
            case ZIP, TAR, TAR_GZIP -> throw archive(compression);
        };
    }

    private static RuntimeException archive(Compression compression) {
        return failure(CommonError.INVALID_ARGUMENT, "%s is an archive of files, not a compression of one stream", compression);
    }

    /** A raw stream that begins so would be one uncompressed block of a very particular length, which no compressor starts with. */
    private static boolean startsWithZlibHeader(BufferedInputStream bytes) throws IOException {
        bytes.mark(2);
        int method = bytes.read();
        int flags = bytes.read();
        bytes.reset();
        return method == 0x78 && flags >= 0 && (method << 8 | flags) % 31 == 0;
    }

    private static boolean startsWith(BufferedInputStream bytes, int... expected) throws IOException {
        bytes.mark(expected.length);
        byte[] start = bytes.readNBytes(expected.length);
        bytes.reset();
        boolean equal = start.length == expected.length;
        for (int i = 0; equal && i < expected.length; i++) {
            equal = (start[i] & 0xFF) == expected[i];
        }
        return equal;
    }

    private static final class LeveledGzip extends GZIPOutputStream {
        LeveledGzip(OutputStream bytes, boolean fast) throws IOException {
            super(bytes, BUFFER_BYTES);
            def.setLevel(fast ? Deflater.BEST_SPEED : Deflater.DEFAULT_COMPRESSION);
        }
    }

    private static final class RawDeflate extends DeflaterOutputStream {
        RawDeflate(OutputStream bytes, boolean fast) {
            super(bytes, new Deflater(fast ? Deflater.BEST_SPEED : Deflater.DEFAULT_COMPRESSION, true), BUFFER_BYTES);
        }

        @Override
        public void close() throws IOException {
            try {
                super.close();
            } finally {
                def.end();
            }
        }
    }
}
