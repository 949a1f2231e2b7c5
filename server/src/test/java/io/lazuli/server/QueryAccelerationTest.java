package io.lazuli.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpPipelineNextPolicy;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.blob.models.BlobQueryDelimitedSerialization;
import com.azure.storage.blob.models.BlobQueryError;
import com.azure.storage.blob.models.BlobQueryJsonSerialization;
import com.azure.storage.blob.models.BlobQueryParquetSerialization;
import com.azure.storage.blob.models.BlobQueryProgress;
import com.azure.storage.blob.models.BlobQuerySerialization;
import com.azure.storage.blob.models.BlobRequestConditions;
import com.azure.storage.blob.models.BlobStorageException;
import com.azure.storage.blob.models.CustomerProvidedKey;
import com.azure.storage.blob.options.BlobQueryOptions;
import com.azure.storage.blob.sas.BlobSasPermission;
import com.azure.storage.blob.sas.BlobServiceSasSignatureValues;
import com.azure.storage.common.StorageSharedKeyCredential;
import com.azure.storage.common.policy.RequestRetryOptions;
import com.azure.storage.common.policy.RetryPolicyType;
import io.lazuli.algebra.engine.Engine;
import io.lazuli.algebra.engine.Execution;
import io.lazuli.algebra.engine.Session;
import io.lazuli.algebra.engine.WriteFile;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.plan.Values;
import io.lazuli.algebra.source.ParquetFormat;
import io.lazuli.algebra.type.Field;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.algebra.type.Schema;
import io.lazuli.datafactory.configuration.AccessSettings;
import io.lazuli.engine.duckdb.DuckDbEngine;
import io.lazuli.engine.duckdb.DuckDbSettings;
import io.lazuli.storage.Lake;
import io.lazuli.storage.event.ResourceGroup;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;

/** Query acceleration, as Azure's own client sees it. */
class QueryAccelerationTest {
    private static final String SALES = """
        id,product,price,sold at
        1,"Chair, oak",12.5,2026-01-02T03:04:05Z
        2,table,100,2026-02-03T00:00:00+01:00
        3,Lamp,,2026-02-28
        4,"said ""hi""\",7,never
        """;
    private static final String ORDERS = """
        {"id":1,"name":"mouse","price":12.5,"tags":["wireless","accessory"],"dimensions":{"length":3,"width":2},\
        "warehouses":[{"latitude":41.8,"longitude":-87.6},{"latitude":1,"longitude":2}]}
        {"id":2,"name":"desk","tags":[],"dimensions":{"length":180,"width":80},"warehouses":[{"latitude":5,"longitude":6}]}
        """;

    private static final byte[] KEY = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    private Path folder;

    private final AtomicInteger enginesMade = new AtomicInteger();
    private Lake lake;
    private LocalServer server;

    @BeforeEach
    void start() {
        lake = new Lake(folder.resolve("lake"), Map.of());
        ServerSettings settings = new ServerSettings(folder, "127.0.0.1", 0, Optional.empty(), ResourceGroup.LOCAL, Map.of());
        server = new LocalServer(settings, lake, AccessSettings.STANDARD, name -> null, files -> Optional.empty(),
            this::engine);
        server.keys().ensure("contoso");
    }

    private Engine engine() {
        enginesMade.incrementAndGet();
        return new DuckDbEngine(DuckDbSettings.of(folder));
    }

    @AfterEach
    void stop() {
        server.close();
        lake.close();
    }

    private BlobClient blob(String name) {
        var container = new BlobServiceClientBuilder()
            .connectionString(server.state().connectionString("contoso", server.keys().ensure("contoso")))
            .retryOptions(new RequestRetryOptions(RetryPolicyType.FIXED, 1, 30, null, null, null)).buildClient()
            .getBlobContainerClient("raw");
        container.createIfNotExists();
        return container.getBlobClient(name);
    }

    private BlobClient put(String name, String content) {
        BlobClient blob = blob(name);
        blob.upload(BinaryData.fromString(content), true);
        return blob;
    }

    private static BlobQueryDelimitedSerialization text(boolean headers) {
        return new BlobQueryDelimitedSerialization().setColumnSeparator(',').setFieldQuote('"').setRecordSeparator('\n').setEscapeChar('\0')
            .setHeadersPresent(headers);
    }

    private static BlobQueryJsonSerialization json() {
        return new BlobQueryJsonSerialization().setRecordSeparator('\n');
    }

    private static String query(BlobClient blob, String expression, BlobQuerySerialization input, BlobQuerySerialization output) {
        return query(blob, new BlobQueryOptions(expression, new ByteArrayOutputStream()).setInputSerialization(input)
            .setOutputSerialization(output));
    }

    private static String query(BlobClient blob, BlobQueryOptions options) {
        blob.queryWithResponse(options, null, Context.NONE);
        return ((ByteArrayOutputStream) options.getOutputStream()).toString(StandardCharsets.UTF_8);
    }

    private String sales(String expression) {
        return query(put("sales.csv", SALES), expression, text(true), text(false));
    }

    private String orders(String expression) {
        return query(put("orders.json", ORDERS), expression, json(), json());
    }

    @Test
    void loadsAnEngineForTheFirstQueryOnly() {
        put("a.csv", "1,2\n");
        assertThat(enginesMade).hasValue(0);
        query(blob("a.csv"), "SELECT _1 FROM BlobStorage", text(false), text(false));
        query(blob("a.csv"), "SELECT _2 FROM BlobStorage", text(false), text(false));
        assertThat(enginesMade).hasValue(1);
    }

    @Test
    void selectsRowsOfDelimitedText() {
        assertThat(sales("SELECT * FROM BlobStorage WHERE price > 10")).isEqualTo("""
            1,"Chair, oak",12.5,2026-01-02T03:04:05Z
            2,table,100,2026-02-03T00:00:00+01:00
            """);
        assertThat(sales("select PRODUCT, \"sold at\" from BlobStorage where \"product\" like '%a%' limit 2")).isEqualTo("""
            "Chair, oak",2026-01-02T03:04:05Z
            table,2026-02-03T00:00:00+01:00
            """);
        assertThat(sales("SELECT _4, _1 FROM BlobStorage WHERE _1 IN (3, 4) AND NOT _2 LIKE 'L%'")).isEqualTo("never,4\n");
        assertThat(sales("SELECT id FROM BlobStorage WHERE price BETWEEN 7 AND 12.5")).isEqualTo("1\n4\n");
        assertThat(query(blob("sales.csv"), "SELECT id, product FROM BlobStorage WHERE id = 4", text(true), text(true)))
            .isEqualTo("id,product\n4,\"said \"\"hi\"\"\"\n");
    }

    @Test
    void computesWithFields() {
        assertThat(sales("SELECT CAST(id AS INT) * 2 + 1, price / 4, UPPER(product) FROM BlobStorage WHERE id = '1'"))
            .isEqualTo("3,3.125,\"CHAIR, OAK\"\n");
        assertThat(sales("SELECT CASE WHEN price >= 100 THEN 'dear' WHEN price IS NULL THEN 'free' ELSE 'cheap' END FROM BlobStorage "
            + "WHERE CAST(id AS INT) < 4")).isEqualTo("cheap\ndear\nfree\n");
        assertThat(sales("SELECT SUBSTRING('123456789', 1, 5), TRIM(BOTH '123' FROM '1112211Microsoft22211122'), TRIM('  x '), "
            + "CHAR_LENGTH(_2), COALESCE(NULLIF(_1, '1'), 'one') FROM BlobStorage LIMIT 1")).isEqualTo("23456,Microsoft,x,10,one\n");
    }

    @Test
    void computesWithTimes() {
        assertThat(sales("SELECT TO_STRING(CAST(\"sold at\" AS TIMESTAMP), 'MMMM d, y H:m'), EXTRACT(MONTH FROM \"sold at\"), "
            + "DATE_ADD('minute', 1, TO_TIMESTAMP(\"sold at\")), DATE_DIFF('day', '2026-01-01', \"sold at\") "
            + "FROM BlobStorage WHERE id < 3"))
            .isEqualTo("\"January 2, 2026 3:4\",1,2026-01-02T03:05:05.000Z,1\n\"February 2, 2026 23:0\",2,2026-02-02T23:01:00.000Z,32\n");
    }

    @Test
    void aggregates() {
        assertThat(sales("SELECT COUNT(*), COUNT(CAST(price AS FLOAT)), SUM(price), AVG(price), MIN(CAST(price AS INT)), MAX(product) "
            + "FROM BlobStorage")).isEqualTo("4,3,119.5,39.833333333333336,7,table\n");
        assertThat(sales("SELECT SUM(price) / COUNT(*) AS mean FROM BlobStorage WHERE id = 'none'")).isEqualTo("\n");
    }

    @Test
    void selectsFromJson() {
        assertThat(orders("SELECT * FROM BlobStorage WHERE name = 'desk'")).isEqualTo("{\"id\":2,\"name\":\"desk\",\"tags\":[],"
            + "\"dimensions\":{\"length\":180,\"width\":80},\"warehouses\":[{\"latitude\":5.0,\"longitude\":6.0}]}\n");
        assertThat(orders("SELECT id, warehouses[0].longitude, tags[1] FROM BlobStorage[*]"))
            .isEqualTo("{\"id\":1,\"longitude\":-87.6,\"_3\":\"accessory\"}\n{\"id\":2,\"longitude\":6}\n");
        assertThat(orders("SELECT latitude FROM BlobStorage[*].warehouses[*] WHERE latitude > 1")).isEqualTo("""
            {"latitude":41.8}
            {"latitude":5}
            """);
        assertThat(orders("SELECT length FROM BlobStorage[*].dimensions WHERE width < 10")).isEqualTo("{\"length\":3}\n");
        assertThat(orders("SELECT name FROM BlobStorage WHERE price IS MISSING AND colour IS MISSING")).isEqualTo("{\"name\":\"desk\"}\n");
        assertThat(query(blob("orders.json"), "SELECT id, name, dimensions FROM BlobStorage", json(), text(false)))
            .isEqualTo("1,mouse,\"{\"\"length\"\":3,\"\"width\"\":2}\"\n2,desk,\"{\"\"length\"\":180,\"\"width\"\":80}\"\n");
    }

    @Test
    void turnsTextIntoJson() {
        assertThat(query(put("a.csv", "100,x\n200,y\n"), "SELECT * from BlobStorage", text(false), json()))
            .isEqualTo("{\"_1\":\"100\",\"_2\":\"x\"}\n{\"_1\":\"200\",\"_2\":\"y\"}\n");
    }

    private Path numbers() throws IOException {
        Path file = folder.resolve("numbers.parquet");
        try (Engine engine = new DuckDbEngine(DuckDbSettings.of(folder.resolve("other"))); Session session = engine.open()) {
            Schema schema = Schema.of(new Field("n", ScalarType.INT32), new Field("text", ScalarType.STRING));
            session.execute(new WriteFile(new Values(schema, List.of(List.of(Literal.int32(1), Literal.string("a")),
                List.of(Literal.int32(2), Literal.string("b")))), new ParquetFormat("snappy"), file), Execution.UNWATCHED);
        }
        return file;
    }

    @Test
    void selectsFromParquet() throws IOException {
        blob("n.parquet").uploadFromFile(numbers().toString(), true);
        assertThat(query(blob("n.parquet"), "SELECT text, n + 1 AS next FROM BlobStorage WHERE n >= 2", new BlobQueryParquetSerialization(),
            json())).isEqualTo("{\"text\":\"b\",\"next\":3}\n");
    }

    private BlobClient keyed(String name, byte[] key) {
        blob(name);
        return new BlobServiceClientBuilder().endpoint("https://127.0.0.1:" + server.state().port() + "/contoso")
            .credential(new StorageSharedKeyCredential("contoso", server.keys().ensure("contoso")))
            .retryOptions(new RequestRetryOptions(RetryPolicyType.FIXED, 1, 30, null, null, null))
            .customerProvidedKey(key == null ? null : new CustomerProvidedKey(key)).addPolicy(QueryAccelerationTest::overHttp).buildClient()
            .getBlobContainerClient("raw").getBlobClient(name);
    }

    /** Clients send keys over HTTPS only; on this machine the service takes them over HTTP too. */
    private static Mono<HttpResponse> overHttp(HttpPipelineCallContext context, HttpPipelineNextPolicy next) {
        context.getHttpRequest().setUrl(context.getHttpRequest().getUrl().toString().replaceFirst("^https:", "http:"));
        return next.process();
    }

    private static String outcome(ThrowingCallable call) {
        try {
            call.call();
            return "done";
        } catch (BlobStorageException failure) {
            return failure.getStatusCode() + " " + failure.getErrorCode();
        } catch (Throwable other) {
            throw new AssertionError(other);
        }
    }

    private String everything() throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path path : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                all.append(Files.readString(path, StandardCharsets.ISO_8859_1));
            }
        }
        return all.toString();
    }

    @Test
    void readsBlobsThatAreEncryptedWithTheClientsKey() throws IOException {
        keyed("sales.csv", KEY).upload(BinaryData.fromString(SALES));
        keyed("orders.json", KEY).upload(BinaryData.fromString(ORDERS));
        keyed("n.parquet", KEY).uploadFromFile(numbers().toString());
        assertThat(query(keyed("sales.csv", KEY), "SELECT id FROM BlobStorage WHERE price > 10", text(true), text(false)))
            .isEqualTo("1\n2\n");
        assertThat(query(keyed("orders.json", KEY), "SELECT name FROM BlobStorage WHERE id = 2", json(), json()))
            .isEqualTo("{\"name\":\"desk\"}\n");
        assertThat(query(keyed("n.parquet", KEY), "SELECT text FROM BlobStorage WHERE n >= 2", new BlobQueryParquetSerialization(),
            text(false))).isEqualTo("b\n");
        assertThat(query(keyed("sales.csv", KEY), "SELECT sys.split(10485760) FROM BlobStorage", text(false), text(false)))
            .isEqualTo(SALES.length() + "\n");
        try (InputStream in = keyed("sales.csv", KEY).openQueryInputStream("SELECT _2 FROM BlobStorage WHERE _1 = '3'")) {
            assertThat(in).hasContent("Lamp");
        }
        assertThat(everything()).doesNotContain("Lamp", "mouse");
    }

    @Test
    void refusesQueriesWithOtherKeysAsItDoesReads() {
        keyed("secret.csv", KEY).upload(BinaryData.fromString(SALES));
        put("plain.csv", SALES);
        byte[] other = KEY.clone();
        other[0]++;
        for (BlobClient blob : List.of(keyed("secret.csv", null), keyed("secret.csv", other), keyed("plain.csv", KEY))) {
            assertThat(outcome(() -> query(blob, new BlobQueryOptions("SELECT * FROM BlobStorage", new ByteArrayOutputStream()))))
                .startsWith("409 Blob").isEqualTo(outcome(blob::downloadContent));
        }
        assertThat(outcome(() -> query(keyed("secret.csv", KEY), "SELECT", text(true), text(true)))).isEqualTo("400 InvalidInput");
        assertThat(outcome(() -> query(keyed("secret.csv", KEY), new BlobQueryOptions("SELECT * FROM BlobStorage",
            new ByteArrayOutputStream()).setRequestConditions(new BlobRequestConditions().setIfMatch("\"0x1\"")))))
            .isEqualTo("412 ConditionNotMet");
    }

    @Test
    void takesTheKeyFromTheHeadersOfARequest() throws Exception {
        keyed("a.csv", KEY).upload(BinaryData.fromString("1,Lamp\n"));
        String signature = blob("a.csv").generateSas(new BlobServiceSasSignatureValues(OffsetDateTime.now().plusHours(1),
            BlobSasPermission.parse("r")));
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.state().port()
            + "/contoso/raw/a.csv?comp=query&" + signature)).header("x-ms-version", "2025-01-05")
            .header("x-ms-encryption-key", Base64.getEncoder().encodeToString(KEY)).header("x-ms-encryption-algorithm", "AES256")
            .header("x-ms-encryption-key-sha256", new CustomerProvidedKey(KEY).getKeySha256())
            .POST(BodyPublishers.ofString("<QueryRequest><Expression>SELECT _2 FROM BlobStorage</Expression></QueryRequest>")).build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            java.net.http.HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("x-ms-encryption-key-sha256")).contains(new CustomerProvidedKey(KEY).getKeySha256());
            assertThat(answer.body()).contains("Lamp\n");
        }
    }

    @Test
    void removesDecryptedCopiesThatAKilledProcessLeft() throws IOException {
        server.close();
        lake.close();
        Files.createDirectories(folder.resolve("queries"));
        Files.writeString(folder.resolve("queries/left"), "secret");
        start();
        assertThat(folder.resolve("queries")).isEmptyDirectory();
    }

    @Test
    void streamsLargeAnswers() throws IOException {
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < 300_000; i++) {
            rows.append(i).append(",row ").append(i).append('\n');
        }
        BlobClient blob = put("large.csv", rows.toString());
        try (InputStream in = blob.openQueryInputStream("SELECT * FROM BlobStorage")) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(rows.toString());
        }
        List<Long> progress = new ArrayList<>();
        query(blob, new BlobQueryOptions("SELECT COUNT(*) FROM BlobStorage", new ByteArrayOutputStream())
            .setProgressConsumer((BlobQueryProgress told) -> progress.add(told.getBytesScanned())));
        assertThat(progress).contains((long) rows.length());
    }

    @Test
    void splitsTextAtRecords() {
        String row = "x".repeat(1023) + "\n";
        BlobClient blob = put("rows.csv", row.repeat(20 * 1024 + 5));
        assertThat(query(blob, "SELECT sys.split(10485761) FROM BlobStorage", text(false), text(false)))
            .isEqualTo("10486784\n10486784\n3072\n");
    }

    @Test
    void tellsOfFieldsThatARowDoesNotHave() {
        List<BlobQueryError> errors = new ArrayList<>();
        assertThat(query(put("a.csv", "1,2\n"), new BlobQueryOptions("SELECT _1, _7 FROM BlobStorage", new ByteArrayOutputStream())
            .setErrorConsumer(errors::add))).isEqualTo("1,\n");
        assertThat(errors).singleElement().satisfies(error -> {
            assertThat(error.getName()).isEqualTo("InvalidColumnOrdinal");
            assertThat(error.isFatal()).isFalse();
        });
    }

    @Test
    void endsTheAnswerOfABlobThatIsNotWhatItsFormatSaysWithAFatalError() {
        List<BlobQueryError> errors = new ArrayList<>();
        query(put("wrong.json", "{name: owner}\n{name: owner2}\n"), new BlobQueryOptions("SELECT * FROM BlobStorage",
            new ByteArrayOutputStream()).setErrorConsumer(errors::add)
            .setInputSerialization(new BlobQueryJsonSerialization().setRecordSeparator('\n')).setOutputSerialization(text(false)));
        assertThat(errors).singleElement().satisfies(error -> {
            assertThat(error.isFatal()).isTrue();
            assertThat(error.getDescription()).contains("wrong.json").doesNotContain(folder.toString());
        });
    }

    @Test
    void refusesWhatIsNoQuery() {
        for (String wrong : List.of("", "SELECT", "SELECT * FROM table", "SELECT * FROM BlobStorage WHERE",
            "SELECT nothing FROM BlobStorage",
            "SELECT id, COUNT(*) FROM BlobStorage", "SELECT FOO(id) FROM BlobStorage", "DELETE FROM BlobStorage",
            "SELECT sys.split(100) FROM BlobStorage", "SELECT id FROM BlobStorage GROUP BY id", "SELECT " + "(".repeat(5000))) {
            assertThatThrownBy(() -> sales(wrong)).as(wrong).isInstanceOfSatisfying(BlobStorageException.class, failure -> {
                assertThat(failure.getStatusCode()).isEqualTo(400);
                assertThat(failure.getErrorCode().toString()).isEqualTo("InvalidInput");
            });
        }
        put("a.csv", "1,2\n");
        assertThatThrownBy(() -> query(blob("a.csv"), new BlobQueryOptions("SELECT * FROM BlobStorage", new ByteArrayOutputStream())
            .setRequestConditions(new BlobRequestConditions().setIfMatch("\"0x1\""))))
            .isInstanceOfSatisfying(BlobStorageException.class, failure -> assertThat(failure.getStatusCode()).isEqualTo(412));
        assertThatThrownBy(() -> query(blob("none"), "SELECT * FROM BlobStorage", text(false), text(false)))
            .isInstanceOfSatisfying(BlobStorageException.class, failure -> assertThat(failure.getStatusCode()).isEqualTo(404));
    }
}
