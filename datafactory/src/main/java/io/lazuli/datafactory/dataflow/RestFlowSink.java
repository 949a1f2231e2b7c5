package io.lazuli.datafactory.dataflow;

import io.lazuli.algebra.engine.Engine;
import io.lazuli.algebra.engine.Session;
import io.lazuli.algebra.expression.Call;
import io.lazuli.algebra.expression.ColumnReference;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.operator.ConversionOperators;
import io.lazuli.algebra.plan.NamedExpression;
import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.plan.Project;
import io.lazuli.algebra.source.RowCursor;
import io.lazuli.algebra.type.Field;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.algebra.type.StructType;
import io.lazuli.datafactory.connector.ResolvedDataset;
import io.lazuli.datafactory.connector.http.RestClient;
import io.lazuli.datafactory.connector.http.RestService;
import io.lazuli.datafactory.connector.http.WebEndpoints;
import io.lazuli.languages.dataflow.function.Conversions;
import io.lazuli.languages.dataflow.transform.Arguments;
import io.lazuli.languages.dataflow.transform.FlowStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A REST service that takes rows: JSON arrays of {@code batchSize} rows, or with {@code rowRelativeUrl} each row as an object to an address
 * of its own. Deletes go first, then updates, upserts and inserts, each by its own method. Requests that were answered stay done.
 */
final class RestFlowSink implements FlowSink {
    private static final long BATCH = 10_000;
    private static final Map<RowOperation, List<String>> METHODS = Map.of(RowOperation.DELETE, List.of("deletable", "deleteHttpMethod",
        "DELETE"), RowOperation.UPDATE, List.of("updateable", "updateHttpMethod", "PATCH"), RowOperation.UPSERT,
        List.of("upsertable", "upsertHttpMethod", "PUT"), RowOperation.INSERT, List.of("insertable", "insertHttpMethod", "POST"));

    private final Arguments arguments;
    private final ResolvedDataset dataset;
    private final RestService service;
    private boolean published;

    RestFlowSink(Arguments arguments, ResolvedDataset dataset, RestService service) {
        this.arguments = arguments;
        this.dataset = dataset;
        this.service = service;
    }

    @Override
    public boolean hasPublished() {
        return published;
    }

    @Override
    public boolean mayWrite(Path file) {
        return false;
    }

    @Override
    public long write(SinkInput input) {
        return WebEndpoints.waiting(() -> {
            long rows = 0;
            try (Engine.Kept kept = input.engine().keep(input.rows(), input.execution());
                 Session session = input.engine().open();
                 RestClient client = RestClient.open(service, new RestOptions(arguments).client())) {
                for (RowOperation operation : RowOperation.values()) {
                    List<String> method = METHODS.get(operation);
                    if (arguments.flag(method.get(0), operation == RowOperation.INSERT)) {
                        rows += send(session, client, input.with(kept.plan()), operation,
                            arguments.text(method.get(1)).orElse(method.get(2)).toUpperCase(Locale.ROOT));
                    }
                }
            }
            return rows;
        });
    }

    private long send(Session session, RestClient client, SinkInput input, RowOperation operation, String method)
        throws InterruptedException {
        boolean single = arguments.option("rowRelativeUrl").isPresent();
        String entity = dataset.typeProperties().path("relativeUrl").asString("");
        long batch = single ? 1 : arguments.number("batchSize").or(() -> arguments.number("writeBatchSize")).filter(size -> size > 0)
            .orElse(BATCH);
        long count = 0;
        try (RowCursor rows = session.query(documents(input, operation), input.execution())) {
            List<String> documents = new ArrayList<>();
            boolean more = rows.next();
            while (more) {
                documents.add((String) rows.value(0));
                String address = RestOptions.address(entity, (String) rows.value(1), arguments);
                count++;
                more = rows.next();
                if (documents.size() == batch || !more) {
                    String body = single ? documents.getFirst() : "[" + String.join(",", documents) + "]";
                    client.require(method, address, single && method.equals("DELETE") ? null : body);
                    published = true;
                    documents.clear();
                    input.execution().progress(count, 0);
                }
            }
        }
        return count;
    }

    /** The rows of an operation as JSON text, and their addresses. */
    private Plan documents(SinkInput input, RowOperation operation) {
        Plan marked = input.marked(operation.policy());
        Plan written = Project.of(marked, input.columns());
        List<Field> fields = written.schema().fields();
        Expression json = Call.of(ConversionOperators.JSON_TEXT, new Call(ConversionOperators.STRUCTURE,
            fields.stream().<Expression>map(ColumnReference::of).toList(), new StructType(fields)));
        Expression address = arguments.rowValue("rowRelativeUrl", FlowStream.of(written)).orElse(Literal.string(""));
        return new Project(written, List.of(new NamedExpression("json", json),
            new NamedExpression("address", Conversions.convert(address, ScalarType.STRING))));
    }
}
