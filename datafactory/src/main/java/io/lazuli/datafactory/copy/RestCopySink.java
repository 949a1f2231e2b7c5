package io.lazuli.datafactory.copy;

import io.lazuli.algebra.engine.Session;
import io.lazuli.algebra.engine.WriteFile;
import io.lazuli.algebra.source.Compression;
import io.lazuli.algebra.source.JsonFormat;
import io.lazuli.datafactory.connector.ResolvedDataset;
import io.lazuli.datafactory.connector.file.Settings;
import io.lazuli.datafactory.connector.http.RestService;
import io.lazuli.datafactory.connector.http.RestSink;
import io.lazuli.datafactory.connector.http.WebEndpoints;
import io.lazuli.datafactory.copy.mapping.SinkShape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** A REST resource that takes documents: the engine writes them to a file, which is sent in batches. Batches that arrived stay. */
final class RestCopySink implements CopySink {
    private final RestService service;
    private final ResolvedDataset dataset;
    private final Settings sink;

    RestCopySink(RestService service, ResolvedDataset dataset, Settings sink) {
        this.service = service;
        this.dataset = dataset;
        this.sink = sink;
    }

    @Override
    public String connector() {
        return dataset.linkedService().type();
    }

    @Override
    public CopyCounts write(CopyJob job, CopySource source, CopyCounts counts) {
        Optional<SourceRows> rows = source.rows();
        if (rows.isEmpty()) {
            return counts;
        }
        Path folder = WebEndpoints.folder();
        Path file = folder.resolve("documents.json");
        JsonFormat lines = new JsonFormat(JsonFormat.Shape.SET_OF_OBJECTS, "UTF-8", Compression.NONE);
        try (Session session = job.engine().open()) {
            RowTransfer.Result result = job.transfer().run(session, job.map(rows.get(), new SinkShape.Documents()),
                (_, plan) -> new WriteFile(plan, lines, file));
            return counts.rows(result.copied(), result.skipped()).written(send(file), -1);
        } finally {
            WebEndpoints.remove(folder);
        }
    }

    private long send(Path file) {
        try (Stream<String> documents = Files.lines(file)) {
            return WebEndpoints.waiting(() ->
                new RestSink(service, dataset, sink).send(documents.filter(line -> !line.isBlank()).iterator()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
