package io.lazuli.storage.query;

import io.lazuli.foundation.LazuliException;
import io.lazuli.storage.FileTree;
import io.lazuli.storage.blob.BlobHeaders;
import io.lazuli.storage.blob.EncryptionScopes;
import io.lazuli.storage.blob.ReadBlob;
import io.lazuli.storage.blob.Tiers;
import io.lazuli.storage.content.Blob;
import io.lazuli.storage.content.BlobAddress;
import io.lazuli.storage.content.Blobs;
import io.lazuli.storage.content.Containers;
import io.lazuli.storage.content.CustomerKey;
import io.lazuli.storage.http.Exchange;
import io.lazuli.storage.http.Operation;
import io.lazuli.storage.http.ServiceFailure;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Query Blob Contents ("query acceleration"): a SELECT over a blob, whose rows come as a stream. */
public final class QueryBlob implements Operation {
    private static final Logger LOG = LoggerFactory.getLogger(QueryBlob.class);
    private static final int MAX_REQUEST_BYTES = 256 * 1024;

    private final Containers containers;
    private final Blobs blobs;
    private final BlobQuery queries;

    public QueryBlob(Containers containers, Blobs blobs, BlobQuery queries) {
        this.containers = containers;
        this.blobs = blobs;
        this.queries = queries;
    }

    @Override
    public void run(Exchange exchange) throws IOException {
        containers.require(exchange.target().account(), exchange.target().container());
        QueryRequest request = QueryRequest.parse(exchange.bodyText(MAX_REQUEST_BYTES));
        BlobAddress address = BlobAddress.of(exchange.target());
        try (Held file = Held.of(blobs, address)) {
            run(exchange, request, file);
        }
    }

    private void run(Exchange exchange, QueryRequest request, Held file) throws IOException {
        Blob blob = file.blob();
        BlobHeaders.refuseUnsupported(exchange);
        ReadBlob.check(exchange, blob);
        CustomerKey.require(null, blob.record().keyHash());
        Tiers.requireOnline(blob);
        EncryptionScopes.read(exchange, blob);
        try (BlobQuery.Rows rows = open(file, blob, request)) {
            BlobHeaders.identity(exchange, blob.record());
            exchange.set("x-ms-blob-type", blob.record().kind().name());
            try (QueryAnswer answer = new QueryAnswer(exchange.stream(200, "avro/binary"))) {
                answer(answer, rows, request, file);
            }
        }
    }

    private BlobQuery.Rows open(Held file, Blob blob, QueryRequest request) {
        try {
            return queries.open(file.path(), blob.address().path(), request);
        } catch (LazuliException failure) {
            throw ServiceFailure.badRequest("InvalidInput", "The query cannot be run: " + describe(failure, file));
        }
    }

    /** In words for clients, which know the blob by its own name alone. */
    private static String describe(LazuliException failure, Held file) {
        String place = failure.place() == null ? "" : failure.place().toString();
        String text = place.isBlank() ? failure.getMessage() : place + ": " + failure.getMessage();
        return text.replace(file.path().toString(), file.blob().address().path());
    }

    private static void answer(QueryAnswer answer, BlobQuery.Rows rows, QueryRequest request, Held file) throws IOException {
        try {
            answer.progress(0, file.blob().size());
            for (String ordinal : rows.missingOrdinals()) {
                answer.error(false, "InvalidColumnOrdinal", "The blob has no field " + ordinal + ".");
            }
            Writer out = new BufferedWriter(new OutputStreamWriter(answer, StandardCharsets.UTF_8));
            RowText text = new RowText(out, request.output(), rows.columns());
            if (hasHeader(request.input()) && hasHeader(request.output())) {
                text.header();
            }
            while (rows.next()) {
                text.row(rows);
            }
            out.flush();
            answer.end(file.blob().size());
        } catch (LazuliException failure) {
            LOG.debug("A query failed", failure);
            answer.error(true, failure.code().name(), describe(failure, file));
        }
    }

    private static boolean hasHeader(QueryFormat format) {
        return format instanceof QueryFormat.Delimited delimited && delimited.headers();
    }

    /** A blob's file under a name of its own, which stays when the blob is replaced. */
    private record Held(Blob blob, Path path) implements AutoCloseable {
        static Held of(Blobs blobs, BlobAddress address) throws IOException {
            FileTree tree = blobs.tree(address);
            while (true) {
                Blob blob = blobs.require(address);
                Path name = tree.stageFile();
                Files.createLink(name, blob.file());
                if (blobs.require(address).etag().equals(blob.etag())) {
                    return new Held(blob, name);
                }
                Files.delete(name);
            }
        }

        @Override
        public void close() throws IOException {
            Files.deleteIfExists(path);
        }
    }
}
