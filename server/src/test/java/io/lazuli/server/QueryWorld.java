package io.lazuli.server;

import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpPipelineNextPolicy;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.blob.models.BlobQueryDelimitedSerialization;
import com.azure.storage.blob.models.BlobQueryJsonSerialization;
import com.azure.storage.blob.models.BlobQuerySerialization;
import com.azure.storage.blob.models.CustomerProvidedKey;
import com.azure.storage.blob.options.BlobQueryOptions;
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
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.publisher.Mono;

/** A server on a folder of a test, for queries over blobs of the account {@code contoso} by Azure's own client. */
final class QueryWorld implements AutoCloseable {
    static final String SALES = """
        id,product,price,sold at
        1,"Chair, oak",12.5,2026-01-02T03:04:05Z
        2,table,100,2026-02-03T00:00:00+01:00
        3,Lamp,,2026-02-28
        4,"said ""hi""\",7,never
        """;
    static final String ORDERS = """
        {"id":1,"name":"mouse","price":12.5,"tags":["wireless","accessory"],"dimensions":{"length":3,"width":2},\
        "warehouses":[{"latitude":41.8,"longitude":-87.6},{"latitude":1,"longitude":2}]}
        {"id":2,"name":"desk","tags":[],"dimensions":{"length":180,"width":80},"warehouses":[{"latitude":5,"longitude":6}]}
        """;

    private final Path folder;
    private final AtomicInteger enginesMade = new AtomicInteger();
    private final Lake lake;
    private final LocalServer server;

    QueryWorld(Path folder) {
        this.folder = folder;
        lake = new Lake(folder.resolve("lake"), Map.of());
        ServerSettings settings = new ServerSettings(folder, "127.0.0.1", 0, Optional.empty(), ResourceGroup.LOCAL, Map.of());
        server = new LocalServer(settings, lake, AccessSettings.STANDARD, name -> null, files -> Optional.empty(), this::engine);
        server.keys().ensure("contoso");
    }

    private Engine engine() {
        enginesMade.incrementAndGet();
        return new DuckDbEngine(DuckDbSettings.of(folder));
    }

    int enginesMade() {
        return enginesMade.get();
    }

    RunningServer state() {
        return server.state();
    }

    private static RequestRetryOptions once() {
        return new RequestRetryOptions(RetryPolicyType.FIXED, 1, 120, null, null, null);
    }

    BlobClient blob(String name) {
        var container = new BlobServiceClientBuilder()
            .connectionString(server.state().connectionString("contoso", server.keys().ensure("contoso")))
            .retryOptions(once()).buildClient().getBlobContainerClient("raw");
        container.createIfNotExists();
        return container.getBlobClient(name);
    }

    BlobClient put(String name, String content) {
        BlobClient blob = blob(name);
        blob.upload(BinaryData.fromString(content), true);
        return blob;
    }

    /** A blob for a client that sends a key, null for none. */
    BlobClient keyed(String name, byte[] key) {
        blob(name);
        return new BlobServiceClientBuilder().endpoint("https://127.0.0.1:" + server.state().port() + "/contoso")
            .credential(new StorageSharedKeyCredential("contoso", server.keys().ensure("contoso"))).retryOptions(once())
            .customerProvidedKey(key == null ? null : new CustomerProvidedKey(key)).addPolicy(QueryWorld::overHttp).buildClient()
            .getBlobContainerClient("raw").getBlobClient(name);
    }

    /** Clients send keys over HTTPS only; on this machine the service takes them over HTTP too. */
    private static Mono<HttpResponse> overHttp(HttpPipelineCallContext context, HttpPipelineNextPolicy next) {
        context.getHttpRequest().setUrl(context.getHttpRequest().getUrl().toString().replaceFirst("^https:", "http:"));
        return next.process();
    }

    static BlobQueryDelimitedSerialization text(boolean headers) {
        return new BlobQueryDelimitedSerialization().setColumnSeparator(',').setFieldQuote('"').setRecordSeparator('\n').setEscapeChar('\0')
            .setHeadersPresent(headers);
    }

    static BlobQueryJsonSerialization json() {
        return new BlobQueryJsonSerialization().setRecordSeparator('\n');
    }

    static String query(BlobClient blob, String expression, BlobQuerySerialization input, BlobQuerySerialization output) {
        return query(blob, new BlobQueryOptions(expression, new ByteArrayOutputStream()).setInputSerialization(input)
            .setOutputSerialization(output));
    }

    static String query(BlobClient blob, BlobQueryOptions options) {
        blob.queryWithResponse(options, null, Context.NONE);
        return ((ByteArrayOutputStream) options.getOutputStream()).toString(StandardCharsets.UTF_8);
    }

    /** A Parquet file of two rows. */
    Path numbers() throws IOException {
        Path file = folder.resolve("numbers.parquet");
        try (Engine engine = new DuckDbEngine(DuckDbSettings.of(folder.resolve("other"))); Session session = engine.open()) {
            Schema schema = Schema.of(new Field("n", ScalarType.INT32), new Field("text", ScalarType.STRING));
            session.execute(new WriteFile(new Values(schema, List.of(List.of(Literal.int32(1), Literal.string("a")),
                List.of(Literal.int32(2), Literal.string("b")))), new ParquetFormat("snappy"), file), Execution.UNWATCHED);
        }
        return file;
    }

    @Override
    public void close() {
        server.close();
        lake.close();
    }
}
