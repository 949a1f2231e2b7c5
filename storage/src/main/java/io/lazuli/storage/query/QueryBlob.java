package io.lazuli.storage.query;

import io.lazuli.foundation.LazuliException;
import io.lazuli.storage.blob.BlobHeaders;
import io.lazuli.storage.blob.EncryptionScopes;
import io.lazuli.storage.blob.ReadBlob;
import io.lazuli.storage.blob.Tiers;
import io.lazuli.storage.content.Blob;
import io.lazuli.storage.content.BlobAddress;
import io.lazuli.storage.content.Containers;
import io.lazuli.storage.content.CustomerKey;
import io.lazuli.storage.content.Generation;
import io.lazuli.storage.http.Exchange;
import io.lazuli.storage.http.Operation;
import io.lazuli.storage.http.ServiceFailure;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Query Blob Contents ("query acceleration"): a SELECT over a blob, whose rows come as a stream. */
public final class QueryBlob implements Operation {
    private static final Logger LOG = LoggerFactory.getLogger(QueryBlob.class);
    private static final int MAX_REQUEST_BYTES = 256 * 1024;

    private final Containers containers;
    private final QueriedFiles files;
    private final BlobQuery queries;

    public QueryBlob(Containers containers, QueriedFiles files, BlobQuery queries) {
        this.containers = containers;
        this.files = files;
        this.queries = queries;
    }

    @Override
    public void run(Exchange exchange) throws IOException {
        containers.require(exchange.target().account(), exchange.target().container());
        QueryRequest request = QueryRequest.parse(exchange.bodyText(MAX_REQUEST_BYTES));
        BlobAddress address = BlobAddress.of(exchange.target());
        Optional<Generation> generation = Generation.of(exchange.target());
        try (QueriedFiles.Held file = files.hold(address, generation, CustomerKey.of(exchange), blob -> allow(exchange, blob))) {
            run(exchange, request, file);
        }
    }

    private static void allow(Exchange exchange, Blob blob) {
        ReadBlob.check(exchange, blob);
        Tiers.requireOnline(blob);
        EncryptionScopes.read(exchange, blob);
    }

    private void run(Exchange exchange, QueryRequest request, QueriedFiles.Held file) throws IOException {
        Blob blob = file.blob();
        try (BlobQuery.Rows rows = open(file, blob, request)) {
            requireFields(request, rows);
            BlobHeaders.identity(exchange, blob.record());
            exchange.set("x-ms-blob-type", blob.record().kind().name());
            exchange.set("x-ms-encryption-key-sha256", blob.record().keyHash());
            try (QueryAnswer answer = new QueryAnswer(exchange.stream(200, "avro/binary"))) {
                answer(answer, rows, request, file);
            }
        }
    }

    private static void requireFields(QueryRequest request, BlobQuery.Rows rows) {
        int columns = rows.columns().size();
        if (request.output() instanceof QueryFormat.Arrow arrow && columns > 0 && arrow.fields().size() != columns) {
            throw ServiceFailure.badRequest("InvalidInput", "The schema of the answer has " + arrow.fields().size()
                + " fields, the query gives " + columns + " columns.");
        }
    }

    private BlobQuery.Rows open(QueriedFiles.Held file, Blob blob, QueryRequest request) {
        try {
            return queries.open(file.path(), blob.address().path(), request);
        } catch (LazuliException failure) {
            throw ServiceFailure.badRequest("InvalidInput", "The query cannot be run: " + describe(failure, file));
        }
    }

    /** In words for clients, which know the blob by its own name alone. */
    private static String describe(LazuliException failure, QueriedFiles.Held file) {
        String place = failure.place() == null ? "" : failure.place().toString();
        String text = place.isBlank() ? failure.getMessage() : place + ": " + failure.getMessage();
        return text.replace(file.path().toString(), file.blob().address().path());
    }

    private static void answer(QueryAnswer answer, BlobQuery.Rows rows, QueryRequest request, QueriedFiles.Held file) throws IOException {
        try {
            answer.progress(0, file.blob().size());
            for (String ordinal : rows.missingOrdinals()) {
                answer.error(false, "InvalidColumnOrdinal", "The blob has no field " + ordinal + ".");
            }
            RowWriter writer = writer(answer, rows, request);
            while (rows.next()) {
                writer.row(rows);
            }
            writer.end();
            answer.end(file.blob().size());
        } catch (LazuliException failure) {
            LOG.debug("A query failed", failure);
            answer.error(true, failure.code().name(), describe(failure, file));
        }
    }

    private static RowWriter writer(QueryAnswer answer, BlobQuery.Rows rows, QueryRequest request) throws IOException {
        if (request.output() instanceof QueryFormat.Arrow arrow) {
            return new ArrowRows(answer, arrow.fields(), rows.columns());
        }
        RowText text = new RowText(answer, request.output(), rows.columns());
        if (hasHeader(request.input()) && hasHeader(request.output())) {
            text.header();
        }
        return text;
    }

    private static boolean hasHeader(QueryFormat format) {
        return format instanceof QueryFormat.Delimited delimited && delimited.headers();
    }
}
