package io.lazuli.datafactory.copy;

import io.lazuli.algebra.engine.Engine;
import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.plan.Scan;
import io.lazuli.algebra.source.Compression;
import io.lazuli.algebra.source.FileSource;
import io.lazuli.algebra.source.JsonFormat;
import io.lazuli.algebra.source.SourceFile;
import io.lazuli.datafactory.connector.ResolvedDataset;
import io.lazuli.datafactory.connector.file.Settings;
import io.lazuli.datafactory.connector.http.RestService;
import io.lazuli.datafactory.connector.http.RestSource;
import io.lazuli.datafactory.connector.http.WebEndpoints;
import io.lazuli.datafactory.copy.mapping.SourceShape;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A REST resource's documents: all pages are fetched into a file first, so that the engine can read them as often as it has to. */
final class RestCopySource implements CopySource {
    private final Engine engine;
    private final ResolvedDataset dataset;
    private final AdditionalColumns additional;
    private final Path folder = WebEndpoints.folder();
    private final Path pages = folder.resolve("pages.json");
    private final long documents;

    RestCopySource(Engine engine, RestService service, ResolvedDataset dataset, Settings source) {
        this.engine = engine;
        this.dataset = dataset;
        this.additional = new AdditionalColumns(source, dataset.place());
        try {
            this.documents = WebEndpoints.waiting(() -> new RestSource(service, dataset, source).download(pages));
        } catch (RuntimeException e) {
            WebEndpoints.remove(folder);
            throw e;
        }
    }

    @Override
    public Optional<SourceRows> rows() {
        if (documents == 0) {
            return Optional.empty();
        }
        FileSource source = new FileSource(List.of(new SourceFile(pages, dataset.name())),
            new JsonFormat(JsonFormat.Shape.SET_OF_OBJECTS, "UTF-8", Compression.NONE), Optional.empty());
        Plan rows = new Scan(source, engine.describe(source));
        return Optional.of(new SourceRows(additional.add(rows, Optional.empty()), rows.schema().size(), SourceShape.DOCUMENTS));
    }

    @Override
    public CopyCounts measured(CopyCounts counts) {
        return counts.read(WebEndpoints.size(pages), -1);
    }

    @Override
    public String connector() {
        return dataset.linkedService().type();
    }

    @Override
    public void close() {
        WebEndpoints.remove(folder);
    }
}
