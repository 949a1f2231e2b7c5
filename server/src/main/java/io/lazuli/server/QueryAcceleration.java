package io.lazuli.server;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.engine.Engine;
import io.lazuli.algebra.engine.Execution;
import io.lazuli.algebra.engine.Session;
import io.lazuli.algebra.plan.Scan;
import io.lazuli.algebra.source.Compression;
import io.lazuli.algebra.source.DelimitedFormat;
import io.lazuli.algebra.source.FileFormat;
import io.lazuli.algebra.source.FileSource;
import io.lazuli.algebra.source.JsonFormat;
import io.lazuli.algebra.source.ParquetFormat;
import io.lazuli.algebra.source.RowCursor;
import io.lazuli.algebra.source.SourceFile;
import io.lazuli.algebra.type.Schema;
import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.LazuliException;
import io.lazuli.languages.queryacceleration.BoundQuery;
import io.lazuli.languages.queryacceleration.Input;
import io.lazuli.languages.queryacceleration.Query;
import io.lazuli.languages.queryacceleration.QueryBinder;
import io.lazuli.storage.query.BlobQuery;
import io.lazuli.storage.query.QueryFormat;
import io.lazuli.storage.query.QueryRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Query acceleration on an engine, which is loaded by the first query. Thread-safe. */
final class QueryAcceleration implements BlobQuery, AutoCloseable {
    private final Supplier<Engine> engines;
    private Engine engine;

    /** {@code engines} makes the engine, once; closing this closes it. */
    QueryAcceleration(Supplier<Engine> engines) {
        this.engines = engines;
    }

    private synchronized Engine engine() {
        if (engine == null) {
            engine = engines.get();
        }
        return engine;
    }

    @Override
    public Rows open(Path file, String name, QueryRequest request) {
        Query query = Query.parse(request.expression());
        if (query.splitSize().isPresent()) {
            return split(file, request.input(), query.splitSize().getAsLong());
        }
        FileSource source = new FileSource(List.of(new SourceFile(file, name)), format(request.input()), Optional.empty());
        Engine found = engine();
        Schema schema;
        try {
            schema = found.describe(source);
        } catch (LazuliException unreadable) {
            return new NoRows(unreadable);
        }
        BoundQuery bound = QueryBinder.bind(query, new Scan(source, schema), input(request.input()));
        Session session = found.open();
        try {
            return new EngineRows(bound, session, session.query(bound.plan(), Execution.UNWATCHED));
        } catch (RuntimeException failure) {
            session.close();
            throw failure;
        }
    }

    private static Rows split(Path file, QueryFormat.Input input, long size) {
        if (input instanceof QueryFormat.Delimited delimited) {
            return new TextSplits(file, delimited, size);
        }
        throw failure(CommonError.NOT_SUPPORTED, "sys.split is for delimited text");
    }

    private static FileFormat format(QueryFormat.Input format) {
        return switch (format) {
            case QueryFormat.Delimited text -> new DelimitedFormat(text.columnSeparator(), text.quote(),
                text.escape().isEmpty() ? text.quote() : text.escape(), rowDelimiter(text), text.headers(), "", "UTF-8", 0, true,
                false, Compression.NONE);
            case QueryFormat.Json _ -> new JsonFormat(JsonFormat.Shape.SET_OF_OBJECTS, "UTF-8", Compression.NONE);
            case QueryFormat.Parquet _ -> new ParquetFormat("none");
        };
    }

    /** A line feed stands for a carriage return and line feed too. */
    private static String rowDelimiter(QueryFormat.Delimited text) {
        return text.recordSeparator().equals("\n") ? "" : text.recordSeparator();
    }

    private static Input input(QueryFormat.Input format) {
        return switch (format) {
            case QueryFormat.Delimited text -> text.headers() ? Input.TEXT_WITH_NAMES : Input.TEXT;
            case QueryFormat.Json _ -> Input.DOCUMENTS;
            case QueryFormat.Parquet _ -> Input.COLUMNS;
        };
    }

    @Override
    public synchronized void close() {
        if (engine != null) {
            engine.close();
        }
    }

    /** What comes of a blob that is not what its format says: no row, but the reason. */
    private record NoRows(LazuliException reason) implements Rows {
        @Override
        public List<Column> columns() {
            return List.of();
        }

        @Override
        public List<String> missingOrdinals() {
            return List.of();
        }

        @Override
        public boolean next() {
            throw reason;
        }

        @Override
        public Object value(int column) {
            throw reason;
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }

    /** An engine's rows. */
    private record EngineRows(BoundQuery bound, Session session, RowCursor cursor) implements Rows {
        @Override
        public List<Column> columns() {
            return bound.columns().stream().map(column -> new Column(column.name(), column.json())).toList();
        }

        @Override
        public List<String> missingOrdinals() {
            return bound.missingOrdinals();
        }

        @Override
        public boolean next() {
            return cursor.next();
        }

        @Override
        public Object value(int column) {
            return cursor.value(column);
        }

        @Override
        public void close() {
            try (session) {
                cursor.close();
            }
        }
    }
}
