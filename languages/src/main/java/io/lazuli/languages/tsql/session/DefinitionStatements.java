package io.lazuli.languages.tsql.session;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.engine.CreateTable;
import io.lazuli.algebra.engine.DropTable;
import io.lazuli.algebra.source.TableName;
import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.NearestName;
import io.lazuli.foundation.Place;
import io.lazuli.languages.tsql.bind.Tables;
import io.lazuli.languages.tsql.bind.Typed;
import io.lazuli.languages.tsql.session.StoredObjects.Kind;
import io.lazuli.languages.tsql.session.StoredObjects.Stored;
import io.lazuli.languages.tsql.syntax.Statement;
import io.lazuli.languages.tsql.syntax.Statement.Replace;
import io.lazuli.languages.tsql.syntax.TsqlParser;
import io.lazuli.languages.tsql.type.SqlError;
import io.lazuli.languages.tsql.type.SqlType;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Statements that define variables, tables, views, procedures and schemas. */
final class DefinitionStatements {
    /** Options that change the meaning of what follows; to pass over them would be wrong. */
    private static final Set<String> MEANINGFUL = Set.of("ROWCOUNT", "DATEFORMAT", "DATEFIRST", "LANGUAGE", "FMTONLY", "NOEXEC",
        "PARSEONLY",
        "IMPLICIT_TRANSACTIONS");
    private final Interpreter interpreter;
    private final DatabaseAccess database;
    private final SessionEnvironment environment;
    private final StoredObjects objects;

    DefinitionStatements(Interpreter interpreter, DatabaseAccess database, SessionEnvironment environment, StoredObjects objects) {
        this.interpreter = interpreter;
        this.database = database;
        this.environment = environment;
        this.objects = objects;
    }

    void run(Statement statement) {
        switch (statement) {
            case Statement.CreateTable create -> createTable(create);
            case Statement.Drop drop -> drop.names().forEach(name -> drop(drop, name));
            case Statement.CreateSchema schema -> createSchema(schema);
            case Statement.CreateView view -> store(Kind.VIEW, view.name(), view.text(), view.replace(), view.at());
            case Statement.CreateProcedure procedure ->
                store(Kind.PROCEDURE, procedure.name(), procedure.text(), procedure.replace(), procedure.at());
            case Statement.AlterTable alter ->
                database.change(() -> List.of(interpreter.binder().alteration(alter).command()), alter.at());
            case Statement.Index index -> new Tables(environment).require(index.table(), index.at());
            case Statement.CreateTableType type -> store(Kind.TYPE, type.name(), type.text(), Replace.CREATE, type.at());
            default -> throw new IllegalStateException(statement.getClass().getName());
        }
    }

    void option(Statement.SetOption option) {
        if (MEANINGFUL.contains(option.name()) && !option.value().equals("OFF") && !option.value().equals("0")) {
            throw failure(CommonError.NOT_SUPPORTED, option.at(), "SET %s is not supported", option.name());
        }
        if (option.name().equals("IDENTITY_INSERT")) {
            identityInsert(option);
        }
    }

    private void identityInsert(Statement.SetOption option) {
        String[] words = option.value().split(" ");
        List<String> parts = List.of(String.join("", List.of(words).subList(0, words.length - 1)).split("\\."));
        TableName table = new Tables(environment).require(parts, option.at()).name();
        boolean on = words[words.length - 1].equals("ON");
        environment.property("IDENTITY_INSERT " + table, on ? SessionEnvironment.number(1) : null);
    }

    void declare(Statement.Declare declare) {
        for (Statement.Declaration variable : declare.variables()) {
            Optional<Statement.CreateTable> table = variable.table() != null ? Optional.of(variable.table())
                : objects.tableType(variable.type().name());
            if (table.isPresent()) {
                tableVariable(variable.name(), table.get(), variable.at());
                continue;
            }
            SqlType type = SqlType.of(variable.type(), 1);
            Typed value = variable.value() == null ? new Typed(new io.lazuli.algebra.expression.Literal(null, type.dataType()), type)
                : database.value(() -> interpreter.binder().value(variable.value(), type), variable.at());
            environment.frame().declare(variable.name(), value, variable.at());
        }
    }

    private void tableVariable(String variable, Statement.CreateTable table, Place at) {
        TableName name = new TableName(environment.catalog().database(), environment.temporarySchema(), variable);
        database.change(() -> List.of(new DropTable(name, true), interpreter.binder().table(name, table)), at);
        environment.temporary().put(variable.toLowerCase(Locale.ROOT), name);
    }

    private void createTable(Statement.CreateTable create) {
        String last = create.table().getLast();
        boolean temporary = last.startsWith("#");
        TableName name = temporary ? new TableName(environment.catalog().database(), environment.temporarySchema(), last)
            : new Tables(environment).name(create.table(), create.at());
        database.change(() -> {
            requireFree(name, create.at());
            requireSchema(name, create.at());
            CreateTable table = interpreter.binder().table(name, create);
            return List.of(table);
        }, create.at());
        if (temporary) {
            environment.temporary().put(last.toLowerCase(Locale.ROOT), name);
        }
    }

    private void requireFree(TableName name, Place at) {
        boolean view = objects.find(Kind.VIEW, name.schema(), name.name()).isPresent();
        if (view || environment.catalog().table(name.schema(), name.name()).isPresent()) {
            throw failure(SqlError.OBJECT_EXISTS, at, "There is already an object named '%s' in the database.", name.name());
        }
    }

    private void requireSchema(TableName name, Place at) {
        List<String> schemas = environment.schemas();
        boolean known = name.schema().equalsIgnoreCase(Tables.DEFAULT_SCHEMA) || name.schema().equals(environment.temporarySchema())
            || schemas.stream().anyMatch(name.schema()::equalsIgnoreCase)
            || environment.catalog().tables().stream().anyMatch(table -> table.schema().equalsIgnoreCase(name.schema()));
        if (!known) {
            throw failure(new SqlError("SCHEMA_NOT_FOUND", 2760, 16, 1), at,
                "The specified schema name \"%s\" either does not exist or you do "
                + "not have permission to use it.%s", name.schema(), NearestName.of(name.schema(), schemas)
                .map(nearest -> " Did you mean '" + nearest + "'?").orElse(""));
        }
    }

    private void createSchema(Statement.CreateSchema schema) {
        database.changed(() -> {
            if (environment.schemas().stream().anyMatch(schema.name()::equalsIgnoreCase)) {
                throw failure(SqlError.OBJECT_EXISTS, schema.at(), "There is already an object named '%s' in the database.", schema.name());
            }
            objects.put(new Stored(Kind.SCHEMA, new TableName(environment.catalog().database(), "", schema.name()), ""));
            return 0;
        }, schema.at());
    }

    private void drop(Statement.Drop drop, List<String> name) {
        if (drop.kind().equals("TABLE")) {
            dropTable(drop, name);
            return;
        }
        Kind kind = Kind.valueOf(drop.kind());
        String schema = kind == Kind.SCHEMA ? "" : new Tables(environment).name(name, drop.at()).schema();
        TableName full = new TableName(environment.catalog().database(), schema, name.getLast());
        database.changed(() -> {
            if (objects.find(kind, full.schema(), full.name()).isEmpty() && !drop.ifExists()) {
                throw cannotDrop(drop, name);
            }
            objects.remove(kind, full);
            return 0;
        }, drop.at());
    }

    private static RuntimeException cannotDrop(Statement.Drop drop, List<String> name) {
        return failure(SqlError.CANNOT_DROP, drop.at(), "Cannot drop the %s '%s', because it does not exist or you do not have permission.",
            drop.kind().toLowerCase(Locale.ROOT), String.join(".", name));
    }

    private void dropTable(Statement.Drop drop, List<String> name) {
        boolean temporary = name.getLast().startsWith("#");
        if (temporary && environment.temporaryTable(name.getLast()).isEmpty()) {
            if (drop.ifExists()) {
                return;
            }
            throw cannotDrop(drop, name);
        }
        TableName table = new Tables(environment).name(name, drop.at());
        database.change(() -> {
            if (!drop.ifExists() && environment.catalog().table(table.schema(), table.name()).isEmpty()) {
                throw cannotDrop(drop, name);
            }
            return List.of(new DropTable(table, true));
        }, drop.at());
        if (temporary) {
            environment.temporary().remove(name.getLast().toLowerCase(Locale.ROOT));
        }
    }

    private void store(Kind kind, List<String> name, String text, Replace replace, Place at) {
        TableName full = new Tables(environment).name(name, at);
        database.changed(() -> {
            boolean exists = objects.find(kind, full.schema(), full.name()).isPresent();
            if (kind == Kind.TYPE && exists) {
                throw failure(new SqlError("TYPE_EXISTS", 219, 16, 1), at, "The type '%s' already exists, or you do not have permission to "
                    + "create it.", full);
            }
            boolean table = kind != Kind.TYPE && environment.catalog().table(full.schema(), full.name()).isPresent();
            if (exists && replace == Replace.CREATE || table) {
                throw failure(SqlError.OBJECT_EXISTS, at, "There is already an object named '%s' in the database.", full.name());
            }
            if (!exists && replace == Replace.ALTER) {
                throw failure(SqlError.INVALID_OBJECT, at, "Invalid object name '%s'.", full.name());
            }
            verify(kind, text);
            objects.put(new Stored(kind, full, text));
            return 0;
        }, at);
    }

    /** A view's query must be right when it is made; a procedure's names are looked up when it runs. */
    private void verify(Kind kind, String text) {
        if (kind == Kind.VIEW) {
            Statement.CreateView view = (Statement.CreateView) TsqlParser.script(text).getFirst().getFirst();
            interpreter.binder().asTable(interpreter.binder().query(view.query()), String.join(".", view.name()), view.at());
        }
    }
}
