package io.lazuli.datafactory.activity.file;

import io.lazuli.algebra.AlgebraError;
import io.lazuli.algebra.engine.Engine;
import io.lazuli.algebra.engine.Execution;
import io.lazuli.algebra.engine.Session;
import io.lazuli.algebra.plan.Scan;
import io.lazuli.algebra.source.FileFormat;
import io.lazuli.algebra.source.FileSource;
import io.lazuli.algebra.source.JsonFormat;
import io.lazuli.algebra.source.RowCursor;
import io.lazuli.algebra.source.SourceFile;
import io.lazuli.datafactory.activity.Services;
import io.lazuli.datafactory.connector.JsonValue;
import io.lazuli.datafactory.connector.ResolvedDataset;
import io.lazuli.datafactory.connector.file.DatasetFormats;
import io.lazuli.datafactory.connector.file.FileEntry;
import io.lazuli.datafactory.connector.file.FileLocation;
import io.lazuli.datafactory.connector.file.FileSelection;
import io.lazuli.datafactory.connector.file.FileStore;
import io.lazuli.datafactory.connector.file.Settings;
import io.lazuli.files.Compressions;
import io.lazuli.files.Encodings;
import io.lazuli.foundation.LazuliException;
import io.lazuli.storage.StorageFailures;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The rows of a dataset's files as JSON. Documents of JSON files stay as they are, with the members that each has; rows of other formats
 * come through the engine.
 */
final class FileRows {
    private static final JsonMapper JSON = JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
        .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

    private final Services services;
    private final FileSelection selection;
    private final FileFormat format;
    private final Execution execution;

    FileRows(Services services, FileSelection selection, ResolvedDataset dataset, Settings source, Execution execution) {
        this.services = services;
        this.format = DatasetFormats.format(dataset, source.json().path("formatSettings"));
        this.selection = selection;
        this.execution = execution;
    }

    static FileRows ofStore(Services services, ResolvedDataset dataset, Settings source, Execution execution) {
        JsonNode storeSettings = source.has("storeSettings") ? source.json().path("storeSettings") : source.json();
        FileStore store = services.files().open(dataset.linkedService());
        return new FileRows(services, FileSelection.select(store, FileLocation.of(dataset), storeSettings), dataset, source, execution);
    }

    void addTo(LookupResult result) {
        if (format instanceof JsonFormat json && !Compressions.isArchive(json.compression())) {
            selection.files().forEach(file -> addDocuments(file, json, result));
        } else if (!selection.files().isEmpty()) {
            addRows(result);
        }
    }

    private void addRows(LookupResult result) {
        List<SourceFile> files = selection.files().stream().map(file -> new SourceFile(file.file(), file.name())).toList();
        add(services.engine(), new FileSource(files, format, Optional.empty()), execution, result);
    }

    static void add(Engine engine, FileSource source, Execution execution, LookupResult result) {
        try (Session session = engine.open();
            RowCursor cursor = session.query(new Scan(source, engine.describe(source)), execution)) {
            while (!result.isFull() && cursor.next()) {
                result.add(JsonValue.row(cursor));
            }
        }
    }

    private static void addDocuments(FileEntry file, JsonFormat format, LookupResult result) {
        try (InputStream bytes = Compressions.decompress(Files.newInputStream(file.file()), format.compression(), file.name());
            Reader text = Encodings.reader(bytes, Charset.forName(format.encoding()), file.name());
            JsonParser parser = JSON.createParser(text)) {
            while (!result.isFull() && parser.nextToken() != null) {
                // The objects of an array are rows, as objects one after another are.
                if (parser.currentToken() == JsonToken.START_OBJECT) {
                    result.add((ObjectNode) JSON.readTree(parser));
                } else if (parser.currentToken().isScalarValue()) {
                    throw malformed(file, "a value " + parser.getString() + " where an object is expected", null);
                }
            }
        } catch (JacksonException problem) {
            throw malformed(file, problem.getOriginalMessage() + " at line " + problem.getLocation().getLineNr() + ", column "
                + problem.getLocation().getColumnNr(), problem);
        } catch (IOException problem) {
            throw StorageFailures.of("Cannot read " + file.path(), problem);
        }
    }

    private static LazuliException malformed(FileEntry file, String what, Throwable cause) {
        return new LazuliException(AlgebraError.MALFORMED_DATA, null, "File '" + file.path() + "' is not JSON: " + what, cause);
    }
}
