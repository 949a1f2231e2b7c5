package io.lazuli.datafactory.connector.file;

import io.lazuli.algebra.source.Compression;
import io.lazuli.files.Compressions;
import io.lazuli.files.Encodings;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** The compression and encoding that a dataset of whole-file formats states. */
public final class FileCompression {
    private static final Map<String, Compression> CODECS = codecs();
    private static final Map<String, Compressions.Level> LEVELS =
        Map.of("Optimal", Compressions.Level.OPTIMAL, "Fastest", Compressions.Level.FASTEST);

    private FileCompression() {
    }

    private static Map<String, Compression> codecs() {
        Map<String, Compression> codecs = new LinkedHashMap<>();
        codecs.put("none", Compression.NONE);
        codecs.put("gzip", Compression.GZIP);
        codecs.put("deflate", Compression.DEFLATE);
        codecs.put("bzip2", Compression.BZIP2);
        codecs.put("ZipDeflate", Compression.ZIP);
        codecs.put("Tar", Compression.TAR);
        codecs.put("TarGZip", Compression.TAR_GZIP);
        codecs.put("snappy", Compression.SNAPPY);
        codecs.put("lz4", Compression.LZ4);
        codecs.put("zstd", Compression.ZSTD);
        return codecs;
    }

    /** {@code compressionCodec}, or {@code compression.type}; {@code NONE} without either. */
    public static Compression of(Settings properties) {
        level(properties);
        Optional<Compression> codec = properties.choice("compressionCodec", CODECS);
        return codec.or(() -> nested(properties).choice("type", CODECS)).orElse(Compression.NONE);
    }

    /** {@code compressionLevel}, or {@code compression.level}; {@code OPTIMAL} without either. */
    public static Compressions.Level level(Settings properties) {
        Optional<Compressions.Level> level = properties.choice("compressionLevel", LEVELS);
        return level.or(() -> nested(properties).choice("level", LEVELS)).orElse(Compressions.Level.OPTIMAL);
    }

    private static Settings nested(Settings properties) {
        JsonNode compression = properties.json().path("compression");
        return new Settings(compression.isObject() ? compression : MissingNode.getInstance(), properties.where() + ".compression");
    }

    /** The Java name of {@code encodingName}, UTF-8 without it. */
    static String encoding(Settings properties) {
        return Encodings.charset(properties.text("encodingName").orElse("UTF-8")).name();
    }

    /** What a compressed file's name ends with, empty for no compression. */
    public static String extension(Compression compression) {
        return switch (compression) {
            case NONE -> "";
            case GZIP -> ".gz";
            case DEFLATE -> ".deflate";
            case BZIP2 -> ".bz2";
            case SNAPPY -> ".snappy";
            case LZ4 -> ".lz4";
            case ZSTD -> ".zst";
            case ZIP -> ".zip";
            case TAR -> ".tar";
            case TAR_GZIP -> ".tar.gz";
        };
    }
}
