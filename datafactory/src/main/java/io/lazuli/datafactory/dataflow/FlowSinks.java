package io.lazuli.datafactory.dataflow;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.datafactory.activity.Services;
import io.lazuli.datafactory.connector.ResolvedDataset;
import io.lazuli.datafactory.connector.ResolvedLinkedService;
import io.lazuli.datafactory.connector.file.FileStores;
import io.lazuli.datafactory.connector.http.RestService;
import io.lazuli.datafactory.connector.http.WebEndpoints;
import io.lazuli.datafactory.connector.sql.JdbcSqlDatabase;
import io.lazuli.datafactory.connector.sql.SqlServerAddress;
import io.lazuli.foundation.CommonError;
import io.lazuli.languages.dataflow.transform.Arguments;
import io.lazuli.languages.dataflow.transform.CompiledFlow.SinkRows;
import io.lazuli.languages.dataflow.transform.FlowStream;
import java.util.Optional;
import java.util.function.Function;

/** The sinks of one run of a data flow, by what the stores of their datasets are. */
final class FlowSinks {
    private final Services services;
    private final FlowDefinition flow;
    private final FlowSettings settings;
    private final Function<ResolvedLinkedService, RestService> web;

    FlowSinks(Services services, FlowDefinition flow, FlowSettings settings, Function<ResolvedLinkedService, RestService> web) {
        this.services = services;
        this.flow = flow;
        this.settings = settings;
        this.web = web;
    }

    /** The rows that a sink gets. */
    SinkInput input(SinkRows sink) {
        FlowStream stream = isFiles(sink) ? SinkPartitions.stream(sink) : sink.stream();
        return SinkInput.of(sink.name(), stream, services.flowEngine(), settings.execution());
    }

    private boolean isFiles(SinkRows sink) {
        if (sink.isCache()) {
            return false;
        }
        ResolvedDataset dataset = FlowEnd.of(flow, sink.arguments(), settings);
        return FileStores.isFileStore(dataset.linkedService().type()) && !dataset.type().equals("Delta");
    }

    /** What writes a sink's rows; null for a cached one. */
    FlowSink open(SinkRows sink) {
        if (sink.isCache()) {
            return null;
        }
        FlowSink target = open(sink.arguments());
        return AssertFailedRows.of(flow, sink.arguments(), settings, services.files()).map(failed -> failed.with(target)).orElse(target);
    }

    private FlowSink open(Arguments arguments) {
        RefusedOptions.require(arguments);
        ResolvedDataset dataset = FlowEnd.of(flow, arguments, settings);
        String type = dataset.linkedService().type();
        if (dataset.type().equals("Delta") || FileStores.isFileStore(type) || type.equals(WebEndpoints.REST)) {
            RefusedOptions.requireTable(arguments);
        }
        if (dataset.type().equals("Delta")) {
            return new DeltaFlowSink(arguments,
                DeltaFlowSource.table(dataset, services.files().open(dataset.linkedService()), services.flowEngine()));
        }
        if (FileStores.isFileStore(type)) {
            return new FileFlowSink(arguments, dataset, services.files().open(dataset.linkedService()), settings.runId());
        }
        RefusedOptions.requireNoFiles(arguments, "preCommands", "postCommands", "header", "emptyLinesAsHeader",
            "rowFolderUrlColumn");
        Optional<RefusedRows> refused = RefusedRows.of(flow, arguments, settings, services.files());
        Optional<JdbcSqlDatabase> real = services.databases().real(dataset.linkedService());
        if (real.isPresent()) {
            return new JdbcFlowSink(arguments, dataset, real.get(), refused);
        }
        if (SqlServerAddress.isSqlServer(type)) {
            return new TableFlowSink(arguments, dataset, services.databases(), refused);
        }
        if (type.equals(WebEndpoints.REST)) {
            return new RestFlowSink(arguments, dataset, web.apply(dataset.linkedService()));
        }
        throw failure(CommonError.NOT_SUPPORTED, arguments.statement().at(), "Sinks on linked services of type '%s' are not supported",
            type);
    }
}
