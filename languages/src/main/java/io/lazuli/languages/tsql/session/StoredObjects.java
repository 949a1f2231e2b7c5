package io.lazuli.languages.tsql.session;

import io.lazuli.algebra.engine.CreateTable;
import io.lazuli.algebra.engine.DeleteRows;
import io.lazuli.algebra.engine.Execution;
import io.lazuli.algebra.engine.InsertRows;
import io.lazuli.algebra.engine.Session;
import io.lazuli.algebra.expression.Call;
import io.lazuli.algebra.expression.ColumnReference;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.operator.ComparisonOperators;
import io.lazuli.algebra.plan.Scan;
import io.lazuli.algebra.plan.Values;
import io.lazuli.algebra.source.RowCursor;
import io.lazuli.algebra.source.TableName;
import io.lazuli.algebra.source.TableSource;
import io.lazuli.algebra.type.Field;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.algebra.type.Schema;
import io.lazuli.languages.tsql.bind.Tables;
import io.lazuli.languages.tsql.syntax.Statement;
import io.lazuli.languages.tsql.syntax.TsqlParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The views, procedures, schemas and table types of a database: their text, in a table of its own in the same database. */
final class StoredObjects {
    private static final Schema SCHEMA = Schema.of(new Field("kind", ScalarType.STRING), new Field("schema_name", ScalarType.STRING),
        new Field("name", ScalarType.STRING), new Field("definition", ScalarType.STRING));
    private final Session session;
    private final String database;
    private List<Stored> known;

    StoredObjects(Session session, String database) {
        this.session = session;
        this.database = database;
    }

    /** What is stored. */
    enum Kind { VIEW, PROCEDURE, SCHEMA, TYPE }

    /** An object with the text that created it. */
    record Stored(Kind kind, TableName name, String definition) {
    }

    private TableName table() {
        return new TableName(database, Tables.INTERNAL_SCHEMA, "objects");
    }

    /** Forgets what was read, as another session may have changed it. */
    void refresh() {
        known = null;
    }

    List<Stored> all(Kind kind) {
        if (known == null) {
            known = read();
        }
        return known.stream().filter(stored -> stored.kind() == kind).toList();
    }

    Optional<Stored> find(Kind kind, String schema, String name) {
        return all(kind).stream().filter(stored -> stored.name().schema().equalsIgnoreCase(schema)
            && stored.name().name().equalsIgnoreCase(name)).findFirst();
    }

    /** The table of a table type, whose schema its users leave out. */
    Optional<Statement.CreateTable> tableType(String name) {
        return all(Kind.TYPE).stream().filter(stored -> stored.name().name().equalsIgnoreCase(name)).findFirst()
            .map(stored -> ((Statement.CreateTableType) TsqlParser.script(stored.definition()).getFirst().getFirst()).table());
    }

    private boolean exists() {
        return session.catalog(database).table(table().schema(), table().name()).isPresent();
    }

    private List<Stored> read() {
        List<Stored> found = new ArrayList<>();
        if (!exists()) {
            return found;
        }
        try (RowCursor rows = session.query(new Scan(new TableSource(table()), SCHEMA), Execution.UNWATCHED)) {
            while (rows.next()) {
                TableName name = new TableName(database, (String) rows.value(1), (String) rows.value(2));
                found.add(new Stored(Kind.valueOf((String) rows.value(0)), name, (String) rows.value(3)));
            }
        }
        return found;
    }

    /** Stores the object in place of one of its name. */
    void put(Stored stored) {
        if (!exists()) {
            session.execute(new CreateTable(table(), SCHEMA.fields().stream().map(field -> CreateTable.Column.of(field.name(),
                field.type()))
                .toList(), List.of(), true), Execution.UNWATCHED);
        }
        remove(stored.kind(), stored.name());
        List<Expression> row = List.of(Literal.string(stored.kind().name()), Literal.string(stored.name().schema()),
            Literal.string(stored.name().name()), Literal.string(stored.definition()));
        session.execute(new InsertRows(table(), SCHEMA.names(), new Values(SCHEMA, List.of(row))), Execution.UNWATCHED);
        refresh();
    }

    void remove(Kind kind, TableName name) {
        Optional<Stored> stored = find(kind, name.schema(), name.name());
        if (stored.isPresent()) {
            Expression condition = Call.of(ComparisonOperators.AND, is("kind", kind.name()), Call.of(ComparisonOperators.AND,
                is("schema_name", stored.get().name().schema()), is("name", stored.get().name().name())));
            session.execute(new DeleteRows(table(), condition), Execution.UNWATCHED);
            refresh();
        }
    }

    private static Expression is(String column, String value) {
        return Call.of(ComparisonOperators.EQUAL, new ColumnReference(column, ScalarType.STRING), Literal.string(value));
    }
}
