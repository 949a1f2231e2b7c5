package io.lazuli.datafactory.dataflow;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.AlgebraError;
import io.lazuli.algebra.engine.Execution;
import io.lazuli.algebra.engine.Session;
import io.lazuli.algebra.plan.Limit;
import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.plan.Scan;
import io.lazuli.algebra.plan.Shared;
import io.lazuli.algebra.source.RowCursor;
import io.lazuli.datafactory.activity.Services;
import io.lazuli.datafactory.connector.ResolvedDataset;
import io.lazuli.datafactory.connector.ResolvedLinkedService;
import io.lazuli.datafactory.connector.file.FileStores;
import io.lazuli.datafactory.connector.http.RestService;
import io.lazuli.datafactory.connector.http.WebEndpoints;
import io.lazuli.datafactory.connector.sql.JdbcSqlDatabase;
import io.lazuli.datafactory.connector.sql.SqlServerAddress;
import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.LazuliException;
import io.lazuli.languages.dataflow.script.FlowScript;
import io.lazuli.languages.dataflow.script.UserFunction;
import io.lazuli.languages.dataflow.transform.Arguments;
import io.lazuli.languages.dataflow.transform.FlowServices;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The sources of one run of a data flow. */
final class FlowSources implements FlowServices, AutoCloseable {
    /** Begins the name of the part of a plan that is a source. */
    static final String NAME = "source ";

    private final Services services;
    private final FlowDefinition flow;
    private final FlowSettings settings;
    private final Session session;
    private final Map<String, UserFunction> functions;
    private final Map<String, Plan> opened = new LinkedHashMap<>();
    private final List<FileFlowSource> files = new ArrayList<>();
    private final List<Runnable> closing = new ArrayList<>();
    private final Checkpoint checkpoint;

    FlowSources(Services services, FlowDefinition flow, FlowSettings settings, Session session) {
        this.services = services;
        this.flow = flow;
        this.settings = settings;
        this.session = session;
        this.functions = flow.functions(services.workspace());
        this.checkpoint = Checkpoint.of(services.dataDirectory(), settings.checkpointKey());
    }

    @Override
    public SourceRows open(Arguments source) {
        RefusedOptions.require(source);
        SourceRows rows = looked(source);
        String name = source.statement().name();
        Plan limited = source.number("limit").filter(count -> count > 0).<Plan>map(count -> new Limit(rows.plan(), 0, count))
            .orElse(rows.plan());
        Plan shared = new Shared(NAME + name, limited);
        opened.put(name, shared);
        return new SourceRows(shared, rows.text(), rows.named());
    }

    /** What is wrong in a file has its place there; here it becomes one of the source in the script. */
    private SourceRows looked(Arguments source) {
        try {
            return rows(source, FlowEnd.of(flow, source, settings));
        } catch (LazuliException e) {
            throw e.code() != AlgebraError.MALFORMED_DATA ? e : new LazuliException(e.code(), source.statement().at(),
                "source '" + source.statement().name() + "': " + e.getMessage(), e);
        }
    }

    private SourceRows rows(Arguments source, ResolvedDataset dataset) {
        String type = dataset.linkedService().type();
        if (!type.equals(WebEndpoints.REST)) {
            RefusedOptions.requireNoFiles(source, "queryParameters");
        }
        if (dataset.type().equals("Delta")) {
            Plan rows = DeltaFlowSource.rows(source, dataset, services.files().open(dataset.linkedService()), services.flowEngine());
            return new SourceRows(rows, false, true);
        }
        if (FileStores.isFileStore(type)) {
            FileFlowSource of = new FileFlowSource(source, dataset, services.files().open(dataset.linkedService()), checkpoint);
            files.add(of);
            return of.rows(services.flowEngine());
        }
        Optional<JdbcSqlDatabase> real = services.databases().real(dataset.linkedService());
        if (real.isPresent()) {
            return table(source, TableFlowSource.rows(source, dataset, real.get()));
        }
        if (SqlServerAddress.isSqlServer(type)) {
            return table(source, TableFlowSource.rows(source, dataset, services.databases(), session));
        }
        if (type.equals(WebEndpoints.REST)) {
            RefusedOptions.requireNoFiles(source, "enableCdc");
            RestFlowSource rest = new RestFlowSource(source, dataset, web(dataset.linkedService()));
            closing.add(rest::close);
            return new SourceRows(rest.rows(services.flowEngine()), false, true);
        }
        throw failure(CommonError.NOT_SUPPORTED, source.statement().at(), "Sources on linked services of type '%s' are not supported",
            type);
    }

    private SourceRows table(Arguments source, Plan rows) {
        boolean onlyNew = source.flag("enableCdc", false)
            || source.text("incrementalColumn").or(() -> source.text("waterMarkColumn")).filter(name -> !name.isBlank()).isPresent();
        return new SourceRows(onlyNew ? NewRows.of(source, rows, checkpoint, this::rows) : rows, false, true);
    }

    RestService web(ResolvedLinkedService service) {
        return WebEndpoints.service(services.configuration(), service, services.secrets()::resolve);
    }

    @Override
    public Plan call(Arguments call, Plan request) {
        String name = call.statement().name();
        ResolvedLinkedService service = flow.linkedService(name).map(settings.linkedServices()).orElseGet(() ->
            FlowEnd.of(flow, call, settings).linkedService());
        if (!service.type().equals(WebEndpoints.REST)) {
            throw failure(CommonError.NOT_SUPPORTED, call.statement().at(), "External calls of linked services of type '%s' are not "
                + "supported; those of RestService are", service.type());
        }
        CalledRows rows = new CalledRows(call, request, web(service), services.flowEngine(), settings.execution());
        closing.add(rows::close);
        return new Scan(rows, rows.schema());
    }

    @Override
    public List<List<Object>> rows(Plan plan) {
        return rows(session, plan, settings.execution());
    }

    /** All rows of a plan. */
    static List<List<Object>> rows(Session session, Plan plan, Execution execution) {
        List<List<Object>> rows = new ArrayList<>();
        try (RowCursor cursor = session.query(plan, execution)) {
            while (cursor.next()) {
                List<Object> row = new ArrayList<>();
                for (int i = 0; i < plan.schema().size(); i++) {
                    row.add(cursor.value(i));
                }
                rows.add(row);
            }
        }
        return rows;
    }

    @Override
    public Map<String, UserFunction> functions() {
        return functions;
    }

    @Override
    public FlowScript flowlet(String name) {
        return FlowDefinition.of(services.workspace().dataFlow(flow.flowlet(name, name), flow.place())).graph().script();
    }

    /** The rows of the sources as they come, by the name of the source. */
    Map<String, Plan> opened() {
        return opened;
    }

    /** What is to be done with the files once all sinks are written. */
    void complete() {
        files.forEach(FileFlowSource::complete);
        checkpoint.save();
    }

    @Override
    public void close() {
        closing.forEach(Runnable::run);
    }
}
