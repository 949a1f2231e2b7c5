package io.lazuli.datafactory.copy;

import io.lazuli.datafactory.activity.Activity;
import io.lazuli.datafactory.activity.ActivityContext;
import io.lazuli.datafactory.activity.Services;
import io.lazuli.datafactory.connector.ResolvedDataset;
import io.lazuli.datafactory.connector.file.FileStores;
import io.lazuli.datafactory.workspace.Reference;
import io.lazuli.foundation.LazuliException;
import io.lazuli.foundation.Place;
import java.time.Instant;
import tools.jackson.databind.node.ObjectNode;

/**
 * The Copy activity: a source's rows, mapped to a sink, by the engine.
 *
 * <p>The copy as a whole is one durable step: a resumed run does not copy again what it had copied.
 */
final class CopyActivity implements Activity {
    @Override
    public ObjectNode run(ActivityContext context) {
        try {
            return context.once("copied", () -> copy(context));
        } catch (LazuliException e) {
            throw CopyFailure.translated(e);
        }
    }

    private static ObjectNode copy(ActivityContext context) {
        Place place = context.definition().place().member("typeProperties");
        CopySettings settings = CopySettings.of(context.properties(), place);
        ResolvedDataset input = context.input(0);
        ResolvedDataset output = context.output(0);
        try (CopyLog log = log(context, settings);
            CopySource source = source(context, settings, input, log)) {
            CopySink sink = sink(context, settings, output);
            Instant start = context.services().clock().instant();
            RowTransfer transfer = new RowTransfer(context.execution(), settings.skipIncompatibleRows(), log);
            CopyJob job = new CopyJob(context.services().engine(), settings, context.activityRunId(), log, transfer);
            CopyCounts counts = sink.write(job, source, source.measured(CopyCounts.NONE));
            if (log != null) {
                log.commit();
            }
            return new CopyOutput(settings, source.connector(), sink.connector())
                .of(counts, start, context.services().clock().instant(), log, job.notes());
        }
    }

    private static CopyLog log(ActivityContext context, CopySettings settings) {
        LogTarget target = settings.log();
        if (target == null) {
            return null;
        }
        ObjectNode json = target.linkedService();
        ObjectNode parameters = json.get("parameters") instanceof ObjectNode given ? given : json.objectNode();
        Reference reference = new Reference(json.path("referenceName").asString(""), "LinkedServiceReference", parameters,
            context.definition().place());
        return CopyLog.open(target, context.services().files().open(context.linkedService(reference)), context.definition().name(),
            context.activityRunId(), context.services().clock());
    }

    private static CopySource source(ActivityContext context, CopySettings settings, ResolvedDataset dataset, CopyLog log) {
        Services services = context.services();
        if (FileStores.isFileStore(dataset.linkedService().type())) {
            UnreadableRows unreadable = settings.skipIncompatibleRows() ? new UnreadableRows(log) : null;
            return new FileCopySource(services.engine(), services.files().open(dataset.linkedService()), dataset, settings.source(),
                unreadable);
        }
        if (LocalDatabase.isDatabase(dataset.linkedService().type())) {
            return new SqlCopySource(LocalDatabase.of(services.engine(), dataset.linkedService()), dataset, settings.source());
        }
        if (dataset.linkedService().type().equals(WebEndpoints.REST)) {
            return new RestCopySource(
                services.engine(), WebEndpoints.service(services, dataset.linkedService()), dataset, settings.source());
        }
        if (dataset.linkedService().type().equals(WebEndpoints.HTTP)) {
            HttpFile file = HttpFile.open(WebEndpoints.service(services, dataset.linkedService()), dataset, settings.source(),
                services.clock().instant());
            return FileCopySource.of(services.engine(), file, dataset, settings.source(),
                settings.skipIncompatibleRows() ? new UnreadableRows(log) : null);
        }
        throw CopyFailure.unsupported("source", dataset);
    }

    private static CopySink sink(ActivityContext context, CopySettings settings, ResolvedDataset dataset) {
        Services services = context.services();
        if (FileStores.isFileStore(dataset.linkedService().type())) {
            return new FileCopySink(services.files().open(dataset.linkedService()), dataset, settings.sink());
        }
        if (LocalDatabase.isDatabase(dataset.linkedService().type())) {
            return new SqlCopySink(LocalDatabase.of(services.engine(), dataset.linkedService()), dataset, settings.sink());
        }
        if (dataset.linkedService().type().equals(WebEndpoints.REST)) {
            return new RestCopySink(WebEndpoints.service(services, dataset.linkedService()), dataset, settings.sink());
        }
        throw CopyFailure.unsupported("sink", dataset);
    }
}
