package io.lazuli.datafactory.copy;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.engine.Session;
import io.lazuli.algebra.engine.WriteFile;
import io.lazuli.algebra.source.JsonFormat;
import io.lazuli.datafactory.connector.ResolvedDataset;
import io.lazuli.datafactory.connector.StandInRows;
import io.lazuli.datafactory.copy.mapping.SinkShape;
import io.lazuli.foundation.CommonError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** The file of a stand-in, which holds the rows of the last copy. */
record StandInCopySink(StandInRows standIn, ResolvedDataset dataset) implements CopySink {
    @Override
    public String connector() {
        return dataset.linkedService().type();
    }

    @Override
    public CopyCounts write(CopyJob job, CopySource source, CopyCounts counts) {
        Path target = standIn.target();
        Optional<SourceRows> rows = source.rows();
        if (rows.isEmpty()) {
            return counts;
        }
        SinkShape shape = standIn.format(target) instanceof JsonFormat ? new SinkShape.Documents() : new SinkShape.TypedColumns();
        Path whole = target.resolveSibling("." + target.getFileName() + "." + job.runId());
        try (Session session = job.engine().open()) {
            Files.createDirectories(target.toAbsolutePath().getParent());
            RowTransfer.Result result = job.transfer().run(session, job.map(rows.get(), shape),
                (_, plan) -> new WriteFile(plan, standIn.format(target), whole));
            Files.move(whole, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return counts.rows(result.copied(), result.skipped()).written(Files.size(target), -1);
        } catch (IOException e) {
            throw failure(CommonError.IO_ERROR, "The stand-in's file %s cannot be written: %s", target, e.getMessage(), e);
        }
    }
}
