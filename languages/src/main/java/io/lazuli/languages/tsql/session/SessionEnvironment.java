package io.lazuli.languages.tsql.session;

import io.lazuli.algebra.engine.Catalog;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.source.TableName;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.foundation.LazuliException;
import io.lazuli.foundation.Place;
import io.lazuli.languages.tsql.bind.Environment;
import io.lazuli.languages.tsql.bind.Typed;
import io.lazuli.languages.tsql.syntax.Statement;
import io.lazuli.languages.tsql.syntax.TsqlParser;
import io.lazuli.languages.tsql.type.SqlError;
import io.lazuli.languages.tsql.type.SqlType;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** What statements see of a session: its tables, variables and what it last did. */
final class SessionEnvironment implements Environment {
    private final Supplier<Catalog> catalog;
    private final StoredObjects objects;
    private final Clock clock;
    private final Function<Expression, Object> evaluator;
    /** Table variables and temporary tables by their names in lower case. */
    private final Map<String, TableName> temporary = new HashMap<>();
    private final Map<String, Typed> properties = new HashMap<>();
    private final String temporarySchema;
    private Frame frame = new Frame();
    private LazuliException caught;

    SessionEnvironment(
        Supplier<Catalog> catalog, StoredObjects objects, Clock clock, Function<Expression, Object> evaluator, String temporarySchema) {
        this.temporarySchema = temporarySchema;
        this.catalog = catalog;
        this.objects = objects;
        this.clock = clock;
        this.evaluator = evaluator;
    }

    Frame frame() {
        return frame;
    }

    void frame(Frame entered) {
        frame = entered;
    }

    /** Where the session's temporary tables and table variables are. */
    String temporarySchema() {
        return temporarySchema;
    }

    Map<String, TableName> temporary() {
        return temporary;
    }

    void property(String name, Typed value) {
        if (value == null) {
            properties.remove(name);
        } else {
            properties.put(name, value);
        }
    }

    LazuliException caught() {
        return caught;
    }

    void caught(LazuliException failure) {
        caught = failure;
    }

    @Override
    public Catalog catalog() {
        return catalog.get();
    }

    @Override
    public Typed variable(String name, Place at) {
        return frame.get(name, at);
    }

    @Override
    public LocalDateTime now() {
        return LocalDateTime.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    @Override
    public Optional<TableName> temporaryTable(String name) {
        return Optional.ofNullable(temporary.get(name.toLowerCase(Locale.ROOT)));
    }

    @Override
    public Optional<View> view(String schema, String name) {
        return objects.find(StoredObjects.Kind.VIEW, schema, name).map(stored -> {
            Statement.CreateView view = (Statement.CreateView) TsqlParser.script(stored.definition()).getFirst().getFirst();
            return new View(stored.name(), view.columns(), view.query());
        });
    }

    @Override
    public List<TableName> procedures() {
        return names(StoredObjects.Kind.PROCEDURE);
    }

    @Override
    public List<TableName> views() {
        return names(StoredObjects.Kind.VIEW);
    }

    @Override
    public List<String> schemas() {
        return names(StoredObjects.Kind.SCHEMA).stream().map(TableName::name).toList();
    }

    private List<TableName> names(StoredObjects.Kind kind) {
        return objects.all(kind).stream().map(StoredObjects.Stored::name).toList();
    }

    @Override
    public Optional<Typed> property(String name) {
        Typed set = properties.get(name);
        return set != null ? Optional.of(set) : Optional.ofNullable(switch (name) {
            case "@@VERSION" -> text("Microsoft SQL Server compatible: Lazuli");
            case "@@SERVERNAME" -> text(server());
            case "@@ROWCOUNT", "@@ERROR", "@@NESTLEVEL", "XACT_STATE()" -> number(0);
            case "@@SPID" -> number(51);
            case "SCOPE_IDENTITY()", "@@IDENTITY" -> new Typed(new Literal(null, SqlType.decimal(38, 0).dataType()), SqlType.decimal(38,
                0));
            case "USER_NAME()", "CURRENT_USER()", "USER()", "SESSION_USER()" -> text("dbo");
            case "SUSER_SNAME()", "SUSER_NAME()", "SYSTEM_USER()", "ORIGINAL_LOGIN()" -> text("lazuli");
            case "APP_NAME()", "PROGRAM_NAME()" -> text("Lazuli");
            case "HOST_NAME()" -> text("localhost");
            default -> errorProperty(name);
        });
    }

    private String server() {
        String database = catalog().database();
        return database.contains("/") ? database.substring(0, database.indexOf('/')) : "localhost";
    }

    /** Outside a CATCH block all are null. */
    private Typed errorProperty(String name) {
        SqlError error = caught == null ? null : SqlFailures.error(caught);
        return switch (name) {
            case "ERROR_MESSAGE()" -> error == null ? nothing(SqlType.nvarchar(4000)) : text(caught.getMessage());
            case "ERROR_NUMBER()" -> error == null ? nothing(SqlType.INT) : number(error.number());
            case "ERROR_SEVERITY()" -> error == null ? nothing(SqlType.INT) : number(error.severity());
            case "ERROR_STATE()" -> error == null ? nothing(SqlType.INT) : number(error.state());
            case "ERROR_LINE()" -> error == null ? nothing(SqlType.INT) : number(Math.max(1, caught.place().line()));
            case "ERROR_PROCEDURE()" -> nothing(SqlType.nvarchar(128));
            default -> null;
        };
    }

    static Typed text(String value) {
        return new Typed(Literal.string(value), SqlType.nvarchar(4000));
    }

    static Typed number(int value) {
        return new Typed(new Literal(value, ScalarType.INT32), SqlType.INT);
    }

    private static Typed nothing(SqlType type) {
        return new Typed(new Literal(null, type.dataType()), type);
    }

    @Override
    public Object evaluate(Expression expression) {
        return evaluator.apply(expression);
    }
}
