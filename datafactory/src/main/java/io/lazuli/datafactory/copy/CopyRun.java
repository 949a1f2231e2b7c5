package io.lazuli.datafactory.copy;

import io.lazuli.datafactory.activity.ActivityContext;
import io.lazuli.datafactory.activity.Services;
import io.lazuli.datafactory.activity.file.BinaryCopy;
import io.lazuli.datafactory.connector.ResolvedDataset;
import io.lazuli.datafactory.connector.StandInRows;
import io.lazuli.datafactory.connector.file.FileStore;
import io.lazuli.datafactory.connector.file.FileStores;
import io.lazuli.datafactory.connector.file.Settings;
import io.lazuli.datafactory.connector.http.HttpFile;
import io.lazuli.datafactory.connector.http.RestService;
import io.lazuli.datafactory.connector.http.WebEndpoints;
import io.lazuli.datafactory.connector.sql.JdbcSqlDatabase;
import io.lazuli.datafactory.connector.sql.SqlServerAddress;
import io.lazuli.datafactory.copy.failure.CopyFailure;
import io.lazuli.datafactory.workspace.Reference;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** One run of a copy: opens the source and the sink that the datasets mean, and joins them. */
final class CopyRun {
    private final ActivityContext context;
    private final Services services;
    private final CopySettings settings;
    private final ResolvedDataset input;
    private final ResolvedDataset output;

    CopyRun(ActivityContext context) {
        this.context = context;
        this.services = context.services();
        this.settings = CopySettings.of(context.properties(), context.definition().place().member("typeProperties"));
        this.input = context.input(0);
        this.output = context.output(0);
    }

    /** Copies, and gives the activity's output. */
    ObjectNode copy() throws InterruptedException {
        Instant start = services.clock().instant();
        try (CopyLog log = log()) {
            RowTransfer transfer = new RowTransfer(context.execution(), settings.skipIncompatibleRows(), log);
            CopyJob job = new CopyJob(services.engine(), settings, context.activityRunId(), log, transfer);
            CopyCounts counts = BinaryFiles.between(input, output) ? binary(log) : rows(job, log);
            if (log != null) {
                log.commit();
            }
            return new CopyOutput(settings, input.linkedService().type(), output.linkedService().type())
                .of(counts, start, services.clock().instant(), log, job.notes());
        }
    }

    private CopyCounts rows(CopyJob job, CopyLog log) {
        CopyRules.skipErrorFile(new Settings(context.properties().path("skipErrorFile"), "skipErrorFile"));
        CopySink sink = sink();
        try (CopySource source = source(log)) {
            return sink.write(job, source, source.measured(CopyCounts.NONE));
        }
    }

    private CopyCounts binary(CopyLog log) throws InterruptedException {
        if (input.linkedService().type().equals(WebEndpoints.HTTP)) {
            try (HttpFile file = webFile()) {
                return binary(new BinaryCopy.Source(file.selection(), input, settings.source(), _ -> { }), log);
            }
        }
        return binary(BinaryCopy.Source.of(services.files().open(input.linkedService()), input, settings.source()), log);
    }

    private CopyCounts binary(BinaryCopy.Source source, CopyLog log) throws InterruptedException {
        BinaryCopy.Sink sink = new BinaryCopy.Sink(services.files().open(output.linkedService()), output, settings.sink());
        return BinaryFiles.copy(source, sink, new Settings(context.properties(), "the Copy activity"), context.activityRunId(), log);
    }

    private CopySource source(CopyLog log) {
        Optional<StandInRows> standIn = StandInRows.of(services.configuration(), input.linkedService());
        if (standIn.isPresent()) {
            return new StandInCopySource(services.engine(), standIn.get(), input, settings.source());
        }
        String type = input.linkedService().type();
        UnreadableRows unreadable = settings.skipIncompatibleRows() ? new UnreadableRows(log) : null;
        if (FileStores.isFileStore(type)) {
            FileStore store = services.files().open(input.linkedService());
            return new FileCopySource(services.engine(), store, input, settings.source(), unreadable);
        }
        Optional<JdbcSqlDatabase> real = services.databases().real(input.linkedService());
        if (real.isPresent()) {
            return new JdbcCopySource(real.get(), input, settings.source());
        }
        if (SqlServerAddress.isSqlServer(type)) {
            return new SqlCopySource(LocalDatabase.of(services.databases(), input.linkedService()), input, settings.source());
        }
        return switch (type) {
            case WebEndpoints.REST -> new RestCopySource(services.engine(), web(input), input, settings.source());
            case WebEndpoints.HTTP -> FileCopySource.of(services.engine(), webFile(), input, settings.source(), unreadable);
            default -> throw CopyFailure.unsupported("source", input);
        };
    }

    private HttpFile webFile() {
        return HttpFile.open(web(input), input, settings.source(), services.clock().instant());
    }

    private RestService web(ResolvedDataset dataset) {
        return WebEndpoints.service(services.configuration(), dataset.linkedService(), services.secrets()::resolve);
    }

    private CopySink sink() {
        Optional<StandInRows> standIn = StandInRows.of(services.configuration(), output.linkedService());
        if (standIn.isPresent()) {
            return new StandInCopySink(standIn.get(), output);
        }
        String type = output.linkedService().type();
        if (FileStores.isFileStore(type)) {
            return new FileCopySink(services.files().open(output.linkedService()), output, settings.sink());
        }
        Optional<JdbcSqlDatabase> real = services.databases().real(output.linkedService());
        if (real.isPresent()) {
            return new JdbcCopySink(real.get(), output, settings.sink());
        }
        if (SqlServerAddress.isSqlServer(type)) {
            return new SqlCopySink(LocalDatabase.of(services.databases(), output.linkedService()), output, settings.sink());
        }
        if (type.equals(WebEndpoints.REST)) {
            return new RestCopySink(web(output), output, settings.sink());
        }
        throw CopyFailure.unsupported("sink", output);
    }

    private CopyLog log() {
        LogTarget target = settings.log();
        if (target == null) {
            return null;
        }
        ObjectNode json = target.linkedService();
        ObjectNode parameters = json.get("parameters") instanceof ObjectNode given ? given : json.objectNode();
        Reference reference = new Reference(json.path("referenceName").asString(""), "LinkedServiceReference", parameters,
            context.definition().place());
        return CopyLog.open(target, services.files().open(context.linkedService(reference)), context.definition().name(),
            context.activityRunId(), services.clock());
    }
}
