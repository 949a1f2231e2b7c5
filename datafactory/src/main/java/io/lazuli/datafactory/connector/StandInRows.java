package io.lazuli.datafactory.connector;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.source.Compression;
import io.lazuli.algebra.source.DelimitedFormat;
import io.lazuli.algebra.source.FileFormat;
import io.lazuli.algebra.source.FileSource;
import io.lazuli.algebra.source.JsonFormat;
import io.lazuli.algebra.source.ParquetFormat;
import io.lazuli.algebra.source.SourceFile;
import io.lazuli.datafactory.DataFactoryError;
import io.lazuli.datafactory.configuration.LazuliConfiguration;
import io.lazuli.datafactory.configuration.LinkedServiceSettings;
import io.lazuli.foundation.CommonError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What {@code lazuli.yaml} puts in the place of a system: a file of rows, or rows written out. Closing it removes what it made. */
public final class StandInRows implements AutoCloseable {
    private static final DelimitedFormat CSV =
        new DelimitedFormat(",", "\"", "\"", "", true, "", "UTF-8", 0, true, false, Compression.NONE);

    private final ResolvedLinkedService service;
    private final LinkedServiceSettings settings;
    private Path answer;

    private StandInRows(ResolvedLinkedService service, LinkedServiceSettings settings) {
        this.service = service;
        this.settings = settings;
    }

    /** The stand-in of a linked service, when it has one. */
    public static Optional<StandInRows> of(LazuliConfiguration configuration, ResolvedLinkedService service) {
        return configuration.linkedService(service.name()).filter(settings -> settings.mode() == LinkedServiceSettings.Mode.STAND_IN)
            .map(settings -> new StandInRows(service, settings));
    }

    /** What every reader gets, whatever it asks for. */
    public FileSource source() {
        if (settings.file() != null && !Files.isRegularFile(settings.file())) {
            throw failure(CommonError.NOT_FOUND, "The stand-in of linked service '%s', file %s, does not exist", service.name(),
                settings.file());
        }
        Path file = settings.file() == null ? answer() : settings.file();
        return new FileSource(List.of(new SourceFile(file, file.getFileName().toString())), format(file), Optional.empty());
    }

    private Path answer() {
        try {
            if (answer == null) {
                answer = Files.createTempFile("lazuli-stand-in", ".json");
                Files.writeString(answer, settings.answer().toString());
            }
            return answer;
        } catch (IOException e) {
            throw failure(CommonError.IO_ERROR, "The stand-in of linked service '%s' cannot be written to a file: %s", service.name(),
                e.getMessage(), e);
        }
    }

    /** The file that takes what is written to the system. */
    public Path target() {
        if (settings.file() == null) {
            throw failure(CommonError.NOT_SUPPORTED, "The stand-in of linked service '%s' is an answer, which takes no rows; "
                + "give it a 'file' in lazuli.yaml", service.name());
        }
        return settings.file();
    }

    /** By the file's ending. */
    public FileFormat format(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "csv" -> CSV;
            case "json" -> new JsonFormat(JsonFormat.Shape.ARRAY_OF_OBJECTS, "UTF-8", Compression.NONE);
            case "jsonl", "ndjson" -> new JsonFormat(JsonFormat.Shape.SET_OF_OBJECTS, "UTF-8", Compression.NONE);
            case "parquet" -> new ParquetFormat("snappy");
            default -> throw failure(DataFactoryError.INVALID_CONFIGURATION,
                "The stand-in of linked service '%s', file %s, must end with .csv, .json, .jsonl or .parquet", service.name(), file);
        };
    }

    @Override
    public void close() {
        try {
            if (answer != null) {
                Files.delete(answer);
            }
        } catch (IOException e) {
            throw failure(CommonError.IO_ERROR, "The file %s cannot be removed: %s", answer, e.getMessage(), e);
        }
    }
}
