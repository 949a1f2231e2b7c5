package io.lazuli.engine.duckdb;

import io.lazuli.algebra.engine.CreateTable;
import io.lazuli.algebra.engine.Execution;
import io.lazuli.algebra.engine.Session;
import io.lazuli.algebra.expression.ColumnReference;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.plan.NamedExpression;
import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.plan.Project;
import io.lazuli.algebra.plan.Scan;
import io.lazuli.algebra.plan.Values;
import io.lazuli.algebra.source.Compression;
import io.lazuli.algebra.source.DelimitedFormat;
import io.lazuli.algebra.source.FileFormat;
import io.lazuli.algebra.source.FileSource;
import io.lazuli.algebra.source.RowCursor;
import io.lazuli.algebra.source.Source;
import io.lazuli.algebra.source.SourceFile;
import io.lazuli.algebra.source.TableName;
import io.lazuli.algebra.source.TableSource;
import io.lazuli.algebra.type.DataType;
import io.lazuli.algebra.type.Field;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.algebra.type.Schema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** An engine on a folder, and short words for plans. */
final class World implements AutoCloseable {
    static final String DATABASE = "contoso.database.windows.net/sales";
    static final DelimitedFormat CSV =
        new DelimitedFormat(",", "\"", "\\", "", true, "", "UTF-8", 0, true, false, Compression.NONE);

    final Path folder;
    final DuckDbEngine engine;
    final Session session;

    World(Path folder) {
        this.folder = folder;
        this.engine = new DuckDbEngine(DuckDbSettings.of(folder.resolve(".lazuli")));
        this.session = engine.open();
    }

    static TableName table(String name) {
        return new TableName(DATABASE, "dbo", name);
    }

    static Field field(String name, DataType type) {
        return new Field(name, type);
    }

    static Expression column(String name, DataType type) {
        return new ColumnReference(name, type);
    }

    /** Rows of literals. */
    static Values values(Schema schema, Object... cells) {
        List<List<Expression>> rows = new ArrayList<>();
        for (int start = 0; start < cells.length; start += schema.size()) {
            List<Expression> row = new ArrayList<>();
            for (int i = 0; i < schema.size(); i++) {
                row.add(new Literal(cells[start + i], schema.fields().get(i).type()));
            }
            rows.add(row);
        }
        return new Values(schema, rows);
    }

    /** One column of 64-bit numbers. */
    static Values numbers(String name, long... values) {
        Schema schema = Schema.of(field(name, ScalarType.INT64));
        return values(schema, LongStream.of(values).boxed().toArray());
    }

    Object value(Expression expression) {
        return rows(new Project(Values.ONE_ROW, List.of(new NamedExpression("x", expression)))).getFirst().getFirst();
    }

    List<List<Object>> rows(Plan plan) {
        try (RowCursor cursor = session.query(plan, Execution.UNWATCHED)) {
            return rows(cursor);
        }
    }

    static List<List<Object>> rows(RowCursor cursor) {
        List<List<Object>> rows = new ArrayList<>();
        while (cursor.next()) {
            List<Object> row = new ArrayList<>();
            for (int i = 0; i < cursor.schema().size(); i++) {
                row.add(cursor.value(i));
            }
            rows.add(row);
        }
        return rows;
    }

    List<List<Object>> rowsOf(TableName name) {
        return rows(scan(new TableSource(name)));
    }

    Plan scan(Source source) {
        return new Scan(source, engine.describe(source));
    }

    FileSource files(FileFormat format, String... names) {
        return new FileSource(Stream.of(names).map(name -> new SourceFile(folder.resolve(name), name)).toList(), format, Optional.empty());
    }

    /** A file in the folder. */
    Path file(String name, String text) {
        try {
            return Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void create(TableName name, CreateTable.Column... columns) {
        session.execute(new CreateTable(name, List.of(columns), List.of(), false), Execution.UNWATCHED);
    }

    @Override
    public void close() {
        session.close();
        engine.close();
    }
}
