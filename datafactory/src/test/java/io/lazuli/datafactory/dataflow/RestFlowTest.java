package io.lazuli.datafactory.dataflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.datafactory.connector.http.WebServer;
import io.lazuli.datafactory.connector.http.WebServer.Answer;
import io.lazuli.datafactory.run.RunRecord;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** REST services as sources, sinks and external calls of data flows, for which a web server of the test stands. */
class RestFlowTest {
    @TempDir
    private Path folder;
    private FlowWorld world;
    private WebServer server;

    @AfterEach
    void close() {
        server.close();
    }

    private void serve(Function<WebServer.Asked, Answer> answering) {
        try {
            server = new WebServer(answering);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        world = new FlowWorld(folder).csv("in", "in", "").csv("out", "out", "");
        world.json("linkedService/api", """
            {"name": "api", "properties": {"type": "RestService", "typeProperties": {"url": "%s/base", "authenticationType": "Basic",
              "userName": "ann", "password": {"type": "SecureString", "value": "pw"}}}}""".formatted(server.url()));
        world.file("in/a.csv", "id,name\n1,Ann\n2,Bob\n3,Cy\n");
    }

    /** Sources, sinks and transformations, each with the service or the dataset that it refers to. */
    private RunRecord run(Map<String, String> sources, Map<String, String> sinks, List<String> calls, String script) {
        ObjectNode flow = JsonMapper.shared().createObjectNode().put("name", "f");
        ObjectNode properties = flow.putObject("properties").put("type", "MappingDataFlow").putObject("typeProperties");
        sources.forEach((name, to) -> end(properties.withArray("sources").addObject().put("name", name), to));
        sinks.forEach((name, to) -> end(properties.withArray("sinks").addObject().put("name", name), to));
        calls.forEach(name -> end(properties.withArray("transformations").addObject().put("name", name), "api"));
        properties.put("script", script);
        world.json("dataflow/f", flow.toPrettyString());
        return world.run("f");
    }

    private static void end(ObjectNode end, String to) {
        boolean service = to.equals("api");
        end.putObject(service ? "linkedService" : "dataset").put("referenceName", to)
            .put("type", service ? "LinkedServiceReference" : "DatasetReference");
    }

    private String written() {
        return world.text("out/x.csv");
    }

    @Test
    void readsAllPagesAsTheRulesSay() {
        serve(request -> Answer.json(request.uri().getQuery().startsWith("top")
            ? "{\"value\": [{\"id\": 1, \"n\": \"a\"}, {\"id\": 2, \"n\": \"b\"}], \"@odata.nextLink\": \"/base/items?page=2\"}"
            : "{\"value\": [{\"id\": 3, \"n\": \"c\"}]}"));
        RunRecord run = run(Map.of("s", "api"), Map.of("t", "out"), List.of(), """
            source(output(body as (value as (id as integer, n as string)[]), headers as [string,string]), allowSchemaDrift: true,
                format: 'rest', entity: 'items', httpMethod: 'GET', timeout: 30, requestInterval: 0,
                paginationRules: ['AbsoluteUrl' -> 'body.{@odata.nextLink}', 'EndCondition:body.last' -> 'Exist'],
                queryParameters: ['top' -> '5 %', 'skip' -> '0'], additionalHeaders: ['X-Who' -> 'me'],
                responseFormat: ['type' -> 'json', 'documentForm' -> 'singleDocument']) ~> s
            s foldDown(unroll(body.value), mapColumn(id = body.value.id, n = body.value.n, kind = headers['Content-Type'])) ~> f
            f sink(partitionFileNames:['x.csv'], partitionBy('hash', 1)) ~> t""");
        assertThat(run.message()).isEmpty();
        assertThat(written()).isEqualTo("id,n,kind\n1,a,application/json\n2,b,application/json\n3,c,application/json\n");
        assertThat(server.asked()).extracting(asked -> asked.uri().toString())
            .containsExactly("/base/items?top=5+%25&skip=0", "/base/items?page=2");
        assertThat(server.asked()).extracting(asked -> asked.header("X-Who")).containsOnly("me");
        assertThat(server.asked().getFirst().header("Authorization")).startsWith("Basic ");
    }

    @Test
    void readsDocumentsOneALineAndThoseOfArrays() {
        serve(request -> request.uri().getPath().endsWith("lines") ? Answer.json("{\"a\": 1}\n{\"a\": 2}\n") : Answer.json("[{\"a\": 3}]"));
        RunRecord run = run(Map.of("s", "api", "r", "api"), Map.of("t", "out"), List.of(), """
            source(output(body as (a as integer)), format: 'rest', entity: 'lines', responseFormat: ['type' -> 'json',
                'documentForm' -> 'documentPerLine']) ~> s
            source(allowSchemaDrift: true, format: 'rest', entity: 'array', responseFormat: ['type' -> 'json',
                'documentForm' -> 'arrayOfDocuments']) ~> r
            r derive(b = byName('body') ? (a as integer)) ~> d
            d select(mapColumn(a = b.a)) ~> q
            s select(mapColumn(a = body.a)) ~> p
            p, q union(byName: true) ~> u
            u sort(asc(a, true)) ~> o
            o sink(partitionFileNames:['x.csv'], partitionBy('hash', 1)) ~> t""");
        assertThat(run.message()).isEmpty();
        assertThat(written()).isEqualTo("a\n1\n2\n3\n");
    }

    @Test
    void callsForEachRowOnceAndKeepsItsColumns() {
        serve(request -> request.text().contains("Bob") ? new Answer(404, "nobody", Map.of())
            : new Answer(200, "{\"token\": \"T" + request.text().length() + "\", \"n\": 5}", Map.of("X-Path", request.uri().toString())));
        RunRecord run = run(Map.of("s", "in"), Map.of("t", "out", "v", "out"), List.of("c"), """
            source(output(id as integer, name as string)) ~> s
            s call(mapColumn(pii = name), skipDuplicateMapInputs: true, skipDuplicateMapOutputs: true,
                output(headers as [string,string], body as (token as string), status as string), allowSchemaDrift: true, format: 'rest',
                store: 'restservice', timeout: 30, requestInterval: 0, httpMethod: 'POST', entity: 'api/Todo/', rowRelativeUrl: 'id',
                headerColumnName: 'headers', bodyColumnName: 'body', statusColumnName: 'status', addResponseCode: true,
                requestFormat: ['type' -> 'json'], responseFormat: ['type' -> 'json', 'documentForm' -> 'singleDocument']) ~> c
            c select(mapColumn(id, name, token = body.token, status, path = headers['X-Path'])) ~> d
            d sink(partitionFileNames:['x.csv'], partitionBy('hash', 1), saveOrder: 1) ~> t
            c filter(status != '200') ~> e
            e select(mapColumn(id)) ~> g
            g sink(partitionFileNames:['y.csv'], partitionBy('hash', 1), saveOrder: 2) ~> v""");
        assertThat(run.message()).isEmpty();
        assertThat(written()).isEqualTo(
            "id,name,token,status,path\n1,Ann,T13,200,/base/api/Todo/1\n2,Bob,,404,\n3,Cy,T12,200,/base/api/Todo/3\n");
        assertThat(world.text("out/y.csv")).isEqualTo("id\n2\n");
        assertThat(server.asked()).extracting(WebServer.Asked::text).containsExactly("{\"pii\":\"Ann\"}", "{\"pii\":\"Bob\"}",
            "{\"pii\":\"Cy\"}");
    }

    @Test
    void failsAtAResponseThatIsNoSuccessWhereTheStatusIsNotAskedFor() {
        serve(request -> new Answer(404, "nobody", Map.of()));
        RunRecord run = run(Map.of("s", "in"), Map.of("t", "out"), List.of("c"), """
            source(output(id as integer, name as string)) ~> s
            s call(output(body as string), entity: (concat('x/', toString(id))), httpMethod: 'GET') ~> c
            c sink() ~> t""");
        assertThat(run.message()).contains("The HttpStatusCode 404 indicates failure").contains("/base/x/1").contains("nobody");
        assertThat(server.asked()).hasSize(1);
        assertThat(server.asked().getFirst().text()).isEmpty();
    }

    @Test
    void staysAtTheServerWhateverARowSays() {
        serve(request -> Answer.json("{}"));
        world.file("in/a.csv", "id,name\n1,https://elsewhere.example/steal\n");
        RunRecord run = run(Map.of("s", "in"), Map.of("t", "out"), List.of("c"), """
            source(output(id as integer, name as string)) ~> s
            s call(output(body as string), rowRelativeUrl: 'name', httpMethod: 'GET') ~> c
            c sink() ~> t""");
        assertThat(run.message()).contains("'https://elsewhere.example/steal', which is not relative");
        assertThat(server.asked()).isEmpty();
    }

    @Test
    void sendsRowsInBatches() {
        serve(request -> new Answer(204, "", Map.of()));
        RunRecord run = run(Map.of("s", "in"), Map.of("t", "api"), List.of(), """
            source(output(id as integer, name as string)) ~> s
            s sink(format: 'rest', entity: 'people', insertHttpMethod: 'PUT', batchSize: 2, httpCompressionType: 'gzip',
                requestFormat: ['type' -> 'json']) ~> t""");
        assertThat(run.message()).isEmpty();
        assertThat(server.asked()).extracting(asked -> asked.method() + " " + asked.uri() + " " + unpacked(asked)).containsExactly(
            "PUT /base/people [{\"id\":1,\"name\":\"Ann\"},{\"id\":2,\"name\":\"Bob\"}]", "PUT /base/people [{\"id\":3,\"name\":\"Cy\"}]");
    }

    private static String unpacked(WebServer.Asked asked) {
        try {
            return new String(new GZIPInputStream(new ByteArrayInputStream(asked.body())).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void sendsEachRowByItsMarkToItsAddress() {
        serve(request -> Answer.json("{}"));
        RunRecord run = run(Map.of("s", "in"), Map.of("t", "api"), List.of(), """
            source(output(id as integer, name as string)) ~> s
            s alterRow(deleteIf(id == 1), updateIf(id == 2), upsertIf(true())) ~> a
            a sink(format: 'rest', entity: 'people', deletable: true, updateable: true, upsertable: true, insertable: false,
                rowRelativeUrl: (concat('p', toString(id))), updateHttpMethod: 'PATCH', deleteHttpMethod: 'DELETE',
                upsertHttpMethod: 'PUT') ~> t""");
        assertThat(run.message()).isEmpty();
        assertThat(server.asked()).extracting(asked -> asked.method() + " " + asked.uri() + " " + asked.text()).containsExactly(
            "DELETE /base/people/p1 ", "PATCH /base/people/p2 {\"id\":2,\"name\":\"Bob\"}",
            "PUT /base/people/p3 {\"id\":3,\"name\":\"Cy\"}");
    }

    @Test
    void rowsThatFailedAnAssertionHaveTheirFileWhenALaterRequestFails() {
        serve(request -> request.text().contains("Bob") ? new Answer(404, "nobody", Map.of()) : Answer.json("{}"));
        world.json("dataflow/f", """
            {"name": "f", "properties": {"type": "MappingDataFlow", "typeProperties": {
              "sources": [{"name": "s", "dataset": {"referenceName": "in", "type": "DatasetReference"}}],
              "sinks": [{"name": "t", "linkedService": {"referenceName": "api", "type": "LinkedServiceReference"},
                "rejectedDataLinkedService": {"referenceName": "lake", "type": "LinkedServiceReference"}}],
              "scriptLines": ["source(output(id as integer, name as string)) ~> s",
                "s assert(expectTrue(id > 1, false, 'big')) ~> c",
                "c sink(format: 'rest', batchSize: 1, outputAssertFailedRows: true, assertFailure_fileSystem: 'data',",
                "  assertFailure_folderPath: 'failed') ~> t"]}}}""");
        assertThat(world.run("f").message()).contains("at Sink 't'", "404");
        assertThat(world.files()).hasSize(2).anyMatch(file -> file.startsWith("failed/assert-failed-"));
    }

    @Test
    void refusesResponsesInOtherFormats() {
        serve(request -> Answer.json("{}"));
        RunRecord run = run(Map.of("s", "api"), Map.of("t", "out"), List.of(), """
            source(output(body as string), format: 'rest', responseFormat: ['type' -> 'xml']) ~> s
            s sink() ~> t""");
        assertThat(run.message()).contains("Responses of the format 'xml' are not supported");
    }

    @Test
    void refusesRequestsInOtherFormats() {
        serve(request -> Answer.json("{}"));
        RunRecord run = run(Map.of("s", "in"), Map.of("t", "api"), List.of(), """
            source(output(id as integer, name as string)) ~> s
            s sink(format: 'rest', requestFormat: ['type' -> 'xml']) ~> t""");
        assertThat(run.message()).contains("Requests of the format 'xml' are not supported");
    }
}
