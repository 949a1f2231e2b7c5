package io.lazuli.datafactory.dataflow;

import io.lazuli.algebra.engine.Engine;
import io.lazuli.algebra.engine.Execution;
import io.lazuli.algebra.engine.Session;
import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.source.RowCursor;
import io.lazuli.algebra.source.RowSource;
import io.lazuli.algebra.type.Field;
import io.lazuli.algebra.type.MapType;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.algebra.type.Schema;
import io.lazuli.datafactory.connector.http.HttpReply;
import io.lazuli.datafactory.connector.http.RestClient;
import io.lazuli.datafactory.connector.http.RestService;
import io.lazuli.datafactory.connector.http.WebEndpoints;
import io.lazuli.languages.dataflow.transform.Arguments;
import io.lazuli.languages.dataflow.transform.FlowServices;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The rows of an external call: one request after another, made when a reader first comes to its row and remembered for those who read
 * the row again. Closing it forgets them.
 */
final class CalledRows implements RowSource, AutoCloseable {
    private static final Set<String> PARTS =
        Set.of(FlowServices.CALL_ENTITY, FlowServices.CALL_ADDRESS, FlowServices.CALL_BODY);
    private static final Set<String> WITHOUT_BODY = Set.of("GET", "DELETE", "HEAD");

    private final Engine engine;
    private final Execution execution;
    private final RestService service;
    private final Plan request;
    private final Schema schema;
    private final RestOptions options;
    private final String method;
    private final boolean showsStatus;
    private final Arguments arguments;
    private final List<List<Object>> rows = new ArrayList<>();
    private Session session;
    private RowCursor input;
    private RestClient client;
    private boolean complete;

    CalledRows(Arguments arguments, Plan request, RestService service, Engine engine, Execution execution) {
        this.arguments = arguments;
        this.engine = engine;
        this.execution = execution;
        this.service = service;
        this.request = request;
        this.options = new RestOptions(arguments);
        this.method = arguments.text("httpMethod").orElse("GET").toUpperCase(Locale.ROOT);
        String status = arguments.text("statusColumnName").orElse("status");
        this.showsStatus = arguments.declared("output").stream().anyMatch(column -> column.name().equals(status));
        this.schema = schema(request.schema());
    }

    /** The columns that a call gives, from those that it gets. */
    static Schema schema(Schema request) {
        List<Field> fields = new ArrayList<>(request.fields().stream().filter(field -> !PARTS.contains(field.name())).toList());
        fields.add(new Field(FlowServices.CALL_BODY, ScalarType.STRING));
        fields.add(new Field(FlowServices.CALL_HEADERS, new MapType(ScalarType.STRING, ScalarType.STRING)));
        fields.add(new Field(FlowServices.CALL_STATUS, ScalarType.INT32));
        return new Schema(fields);
    }

    @Override
    public Schema schema() {
        return schema;
    }

    @Override
    public RowCursor open() {
        return new RowCursor() {
            private int place = -1;

            @Override
            public Schema schema() {
                return schema;
            }

            @Override
            public boolean next() {
                return has(++place);
            }

            @Override
            public Object value(int column) {
                return row(place).get(column);
            }

            @Override
            public void close() {
                place = Integer.MAX_VALUE - 1;
            }
        };
    }

    private synchronized List<Object> row(int place) {
        return rows.get(place);
    }

    private synchronized boolean has(int place) {
        while (place >= rows.size() && !complete) {
            if (input == null) {
                session = engine.open();
                input = session.query(request, execution);
            }
            if (input.next()) {
                add();
            } else {
                complete = true;
            }
        }
        return place < rows.size();
    }

    private void add() {
        List<Object> before = new ArrayList<>();
        Map<String, Object> parts = new LinkedHashMap<>();
        List<Field> fields = request.schema().fields();
        for (int i = 0; i < fields.size(); i++) {
            if (PARTS.contains(fields.get(i).name())) {
                parts.put(fields.get(i).name(), input.value(i));
            } else {
                before.add(input.value(i));
            }
        }
        HttpReply reply = WebEndpoints.waiting(() -> reply(parts));
        for (String document : reply.succeeded() ? options.documents(reply.text()) : List.of(reply.text())) {
            List<Object> row = new ArrayList<>(before);
            row.add(document);
            row.add(reply.namedHeaders());
            row.add(reply.status());
            rows.add(row);
        }
    }

    private HttpReply reply(Map<String, Object> parts) throws InterruptedException {
        if (client == null) {
            client = RestClient.open(service, options.client());
        }
        String address = address(parts);
        String body = WITHOUT_BODY.contains(method) ? null : (String) parts.get(FlowServices.CALL_BODY);
        return showsStatus ? client.send(method, address, body) : client.require(method, address, body);
    }

    private String address(Map<String, Object> parts) {
        String entity = String.valueOf(parts.getOrDefault(FlowServices.CALL_ENTITY, ""));
        return RestOptions.address(entity, (String) parts.get(FlowServices.CALL_ADDRESS), arguments);
    }

    @Override
    public synchronized void close() {
        complete = true;
        if (input != null) {
            input.close();
            session.close();
        }
        if (client != null) {
            client.close();
        }
    }
}
