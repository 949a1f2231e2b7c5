package io.lazuli.datafactory.copy;

import io.lazuli.algebra.engine.Engine;
import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.plan.Scan;
import io.lazuli.algebra.source.FileSource;
import io.lazuli.datafactory.connector.ResolvedDataset;
import io.lazuli.datafactory.connector.StandInRows;
import io.lazuli.datafactory.connector.file.Settings;
import io.lazuli.datafactory.copy.mapping.SourceShape;
import java.util.Optional;

/** The rows of a stand-in, whatever the source asks for. */
record StandInCopySource(Engine engine, StandInRows standIn, ResolvedDataset dataset, Settings source) implements CopySource {
    @Override
    public Optional<SourceRows> rows() {
        FileSource file = standIn.source();
        Plan own = new Scan(file, engine.describe(file));
        Plan all = new AdditionalColumns(source, dataset.place()).add(own, Optional.empty());
        return Optional.of(new SourceRows(all, own.schema().size(), SourceShape.NAMED_COLUMNS));
    }

    @Override
    public CopyCounts measured(CopyCounts counts) {
        return counts;
    }

    @Override
    public String connector() {
        return dataset.linkedService().type();
    }

    @Override
    public void close() {
        standIn.close();
    }
}
