package io.lazuli.languages.tsql.session;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.engine.DropTable;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.source.TableName;
import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.NearestName;
import io.lazuli.foundation.Place;
import io.lazuli.languages.tsql.bind.StatementBinder;
import io.lazuli.languages.tsql.bind.Typed;
import io.lazuli.languages.tsql.session.StoredObjects.Kind;
import io.lazuli.languages.tsql.session.StoredObjects.Stored;
import io.lazuli.languages.tsql.syntax.SqlExpression;
import io.lazuli.languages.tsql.syntax.Statement;
import io.lazuli.languages.tsql.syntax.Statement.Argument;
import io.lazuli.languages.tsql.syntax.Statement.Parameter;
import io.lazuli.languages.tsql.syntax.TsqlParser;
import io.lazuli.languages.tsql.type.SqlError;
import io.lazuli.languages.tsql.type.SqlType;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** EXEC: of stored procedures, of text, of {@code sp_executesql}. */
final class ProcedureStatements {
    private static final int MAX_NESTING = 32;
    private final Interpreter interpreter;
    private final DatabaseAccess database;
    private final SessionEnvironment environment;
    private final StoredObjects objects;
    private int nesting;

    ProcedureStatements(Interpreter interpreter, DatabaseAccess database, SessionEnvironment environment, StoredObjects objects) {
        this.interpreter = interpreter;
        this.database = database;
        this.environment = environment;
        this.objects = objects;
    }

    void execute(Statement.ExecuteText execute) {
        String text = String.valueOf(database.evaluate(StatementBinder.converted(interpreter.value(execute.text()),
            SqlType.nvarchar(SqlType.MAX), execute.at()).expression()));
        call(List.of(), List.of(), TsqlParser.script(text).stream().flatMap(List::stream).toList(), execute.at());
    }

    void execute(Statement.Execute execute) {
        String name = execute.procedure().getLast();
        if (name.equalsIgnoreCase("sp_executesql")) {
            executeText(execute);
            return;
        }
        String schema = execute.procedure().size() > 1 && !execute.procedure().get(execute.procedure().size() - 2).isEmpty()
            ? execute.procedure().get(execute.procedure().size() - 2) : "dbo";
        Stored stored = objects.find(Kind.PROCEDURE, schema, name).orElseThrow(() -> notFound(execute, name));
        Statement.CreateProcedure procedure = (Statement.CreateProcedure) TsqlParser.script(stored.definition()).getFirst().getFirst();
        int returned = call(procedure.parameters(), execute.arguments(), procedure.body(), execute.at());
        if (execute.returnTo() != null) {
            environment.frame().set(execute.returnTo(), SessionEnvironment.number(returned), execute.at());
        }
    }

    private RuntimeException notFound(Statement.Execute execute, String name) {
        if (name.toLowerCase(Locale.ROOT).matches("(sp|xp)_.*") && objects.all(Kind.PROCEDURE).stream()
            .noneMatch(stored -> stored.name().name().toLowerCase(Locale.ROOT).startsWith(name.substring(0, 3).toLowerCase(Locale.ROOT)))) {
            return failure(CommonError.NOT_SUPPORTED, execute.at(),
                "The system procedure %s is not supported, and there is no procedure of "
                + "that name", name);
        }
        List<String> known = objects.all(Kind.PROCEDURE).stream().map(stored -> stored.name().name()).toList();
        return failure(SqlError.PROCEDURE_NOT_FOUND, execute.at(), "Could not find stored procedure '%s'.%s",
            String.join(".", execute.procedure()),
            NearestName.of(name, known).map(nearest -> " Did you mean '" + nearest + "'?").orElse(""));
    }

    /** {@code sp_executesql text, declarations, arguments …}. */
    private void executeText(Statement.Execute execute) {
        List<Argument> arguments = execute.arguments();
        if (arguments.isEmpty()) {
            throw failure(SqlError.MISSING_ARGUMENT, execute.at(), "sp_executesql expects parameter '@stmt', which was not supplied.");
        }
        String text = text(arguments.getFirst());
        List<Parameter> parameters = List.of();
        if (arguments.size() > 1) {
            String header = "CREATE PROCEDURE p " + text(arguments.get(1)) + " AS RETURN";
            parameters = ((Statement.CreateProcedure) TsqlParser.script(header).getFirst().getFirst()).parameters();
        }
        List<Statement> body = TsqlParser.script(text).stream().flatMap(List::stream).toList();
        call(parameters, arguments.subList(Math.min(2, arguments.size()), arguments.size()), body, execute.at());
    }

    private String text(Argument argument) {
        return String.valueOf(database.evaluate(StatementBinder.converted(interpreter.value(argument.value()),
            SqlType.nvarchar(SqlType.MAX), argument.value().at()).expression()));
    }

    /** Runs a body with its own variables, gives outputs back, and tells what it returned. */
    private int call(List<Parameter> parameters, List<Argument> arguments, List<Statement> body, Place at) {
        if (nesting >= MAX_NESTING) {
            throw failure(SqlError.NESTING, at, "Maximum stored procedure, function, trigger, or view nesting level exceeded (limit 32).");
        }
        Frame caller = environment.frame();
        Frame called = new Frame();
        Map<Parameter, Argument> given = matched(parameters, arguments, at);
        Map<String, TableName> tables = tables(parameters, given, at);
        for (Parameter parameter : parameters.stream().filter(each -> !each.table()).toList()) {
            called.declare(parameter.name(), argument(parameter, given.get(parameter), at), parameter.at());
        }
        Map<String, TableName> before = new HashMap<>(environment.temporary());
        environment.temporary().putAll(tables);
        environment.frame(called);
        nesting++;
        try {
            interpreter.run(body);
        } finally {
            nesting--;
            environment.frame(caller);
            tables.keySet().forEach(name -> environment.temporary().compute(name, (_, _) -> before.get(name)));
        }
        given.forEach((parameter, argument) -> giveBack(parameter, argument, called, caller));
        return called.returnValue();
    }

    /** The tables that table-valued parameters are, by the parameters' names in lower case; one that is not given has no rows. */
    private Map<String, TableName> tables(List<Parameter> parameters, Map<Parameter, Argument> given, Place at) {
        Map<String, TableName> tables = new HashMap<>();
        for (Parameter parameter : parameters.stream().filter(Parameter::table).toList()) {
            Argument argument = given.get(parameter);
            TableName table = argument == null || argument.value() == null ? emptyTable(parameter) : tableVariable(argument, at);
            tables.put(parameter.name().toLowerCase(Locale.ROOT), table);
        }
        return tables;
    }

    private TableName tableVariable(Argument argument, Place at) {
        Optional<TableName> table = argument.value() instanceof SqlExpression.Variable variable
            ? environment.temporaryTable(variable.name()) : Optional.empty();
        return table.orElseThrow(() -> failure(new SqlError("WRONG_TYPE", 206, 16, 2), at,
            "Operand type clash: a table-valued parameter takes a table variable."));
    }

    private TableName emptyTable(Parameter parameter) {
        Statement.CreateTable type = objects.tableType(parameter.type().name()).orElseThrow(() -> failure(
            new SqlError("TYPE_NOT_FOUND", 2715, 16, 3), parameter.at(), "Column, parameter, or variable: Cannot find data type %s.",
            parameter.type().name()));
        TableName name = new TableName(environment.catalog().database(), environment.temporarySchema(), parameter.name() + "~" + nesting);
        database.change(() -> List.of(new DropTable(name, true), interpreter.binder().table(name, type)), parameter.at());
        return name;
    }

    private static void giveBack(Parameter parameter, Argument argument, Frame called, Frame caller) {
        if (parameter.output() && argument.output() && argument.value() instanceof SqlExpression.Variable variable) {
            caller.set(variable.name(), called.get(parameter.name(), parameter.at()), variable.at());
        }
    }

    private Typed argument(Parameter parameter, Argument argument, Place at) {
        SqlType type = SqlType.of(parameter.type(), 1);
        SqlExpression value = argument == null || argument.value() == null ? parameter.defaultValue() : argument.value();
        if (value == null) {
            if (parameter.output()) {
                return new Typed(new Literal(null, type.dataType()), type);
            }
            throw failure(SqlError.MISSING_ARGUMENT, at, "Procedure or function expects parameter '%s', which was not supplied.",
                parameter.name());
        }
        return database.value(() -> interpreter.binder().value(value, type), value.at());
    }

    /** Arguments by name or, before the first named one, by position. */
    private static Map<Parameter, Argument> matched(List<Parameter> parameters, List<Argument> arguments, Place at) {
        Map<Parameter, Argument> matched = new HashMap<>();
        for (int i = 0; i < arguments.size(); i++) {
            Argument argument = arguments.get(i);
            if (argument.name() == null && i >= parameters.size()) {
                throw failure(SqlError.TOO_MANY_ARGUMENTS, at, "Procedure or function has too many arguments specified.");
            }
            Parameter parameter = argument.name() == null ? parameters.get(i) : parameters.stream()
                .filter(each -> each.name().equalsIgnoreCase(argument.name())).findFirst()
                .orElseThrow(() -> failure(SqlError.UNKNOWN_ARGUMENT, at, "%s is not a parameter for the procedure.%s", argument.name(),
                    NearestName.of(argument.name(), parameters.stream().map(Parameter::name).toList())
                        .map(nearest -> " Did you mean '" + nearest + "'?").orElse("")));
            if (argument.output() && !parameter.output()) {
                throw failure(new SqlError("INVALID_ARGUMENT", 8162, 16, 2), at,
                    "The formal parameter \"%s\" was not declared as an OUTPUT "
                    + "parameter, but the actual parameter passed in requested output.", parameter.name());
            }
            matched.put(parameter, argument);
        }
        return matched;
    }
}
