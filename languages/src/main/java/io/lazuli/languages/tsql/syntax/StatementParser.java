package io.lazuli.languages.tsql.syntax;

import io.lazuli.foundation.Place;
import io.lazuli.languages.tsql.syntax.Statement.Block;
import io.lazuli.languages.tsql.syntax.Statement.TryCatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Parses statements of control; others it leaves to {@link ChangeParser} and {@link DefinitionParser}. */
final class StatementParser {
    private static final List<String> SET_OPTIONS = List.of("NOCOUNT", "XACT_ABORT", "ANSI_NULLS", "ANSI_WARNINGS", "ANSI_PADDING",
        "QUOTED_IDENTIFIER", "ARITHABORT", "CONCAT_NULL_YIELDS_NULL", "NUMERIC_ROUNDABORT", "DATEFORMAT", "DATEFIRST", "LANGUAGE",
        "LOCK_TIMEOUT", "TRANSACTION", "IDENTITY_INSERT", "DEADLOCK_PRIORITY", "ROWCOUNT", "STATISTICS", "FMTONLY", "NOEXEC", "PARSEONLY",
        "ANSI_NULL_DFLT_ON", "ANSI_DEFAULTS", "IMPLICIT_TRANSACTIONS");

    private final TokenStream tokens;
    private final QueryParser queries;
    private final ChangeParser changes;
    private final DefinitionParser definitions;

    StatementParser(TokenStream tokens) {
        this.tokens = tokens;
        this.queries = new QueryParser(tokens);
        this.changes = new ChangeParser(tokens, queries);
        this.definitions = new DefinitionParser(tokens, queries, this);
    }

    /** Whether a non-reserved word begins a statement rather than being an alias. */
    static boolean startsStatement(TokenStream tokens) {
        return tokens.at("THROW");
    }

    /** The statements up to the end of the batch. */
    List<Statement> batch() {
        List<Statement> statements = new ArrayList<>();
        skipSemicolons();
        while (!tokens.at(Token.Kind.END) && !tokens.at(Token.Kind.BATCH_END)) {
            statements.add(statement());
            skipSemicolons();
        }
        return statements;
    }

    private void skipSemicolons() {
        while (tokens.accept(";")) {
            // Any number of them stands between statements.
        }
    }

    Statement statement() {
        Statement statement = tokens.nested(this::anyStatement);
        tokens.accept(";");
        return statement;
    }

    private Statement anyStatement() {
        Token token = tokens.peek();
        Place at = token.at();
        if (token.kind() == Token.Kind.SYMBOL && token.is("(") && queries.startsQuery()) {
            return new Statement.SelectStatement(queries.query(), at);
        }
        if (token.kind() != Token.Kind.WORD) {
            throw tokens.unexpected("expected a statement");
        }
        return switch (token.text().toUpperCase(Locale.ROOT)) {
            case "SELECT", "WITH", "INSERT", "UPDATE", "DELETE", "MERGE", "TRUNCATE" -> changes.queryOrChange();
            case "CREATE", "ALTER", "DROP" -> definitions.definition();
            case "EXEC", "EXECUTE" -> changes.execute();
            case "DECLARE" -> definitions.declare();
            case "SET" -> set();
            case "PRINT" -> new Statement.Print(afterKeyword(), at);
            case "IF" -> ifStatement(at);
            case "WHILE" -> new Statement.While(afterKeyword(), statement(), at);
            case "BEGIN" -> begin(at);
            case "RETURN" -> returnStatement(at);
            case "BREAK" -> keyword(new Statement.Break(at));
            case "CONTINUE" -> keyword(new Statement.Continue(at));
            case "THROW" -> throwStatement(at);
            case "RAISERROR" -> raise(at);
            case "COMMIT" -> commit(at);
            case "ROLLBACK" -> rollback(at);
            case "WAITFOR" -> waitFor(at);
            case "USE", "GRANT", "DENY", "REVOKE", "BACKUP", "RESTORE", "BULK", "GOTO", "SAVE", "OPEN", "CLOSE", "FETCH", "DEALLOCATE",
                "KILL", "DBCC", "CHECKPOINT", "REVERT", "ENABLE", "DISABLE", "COPY" ->
                throw TokenStream.unsupported(at, token.text().toUpperCase(Locale.ROOT));
            default -> {
                if (token.isName() && tokens.peek(1).is(":")) {
                    throw TokenStream.unsupported(at, "A label");
                }
                throw tokens.unexpected("");
            }
        };
    }

    private SqlExpression afterKeyword() {
        tokens.next();
        return queries.expressions().expression();
    }

    private Statement keyword(Statement statement) {
        tokens.next();
        return statement;
    }

    private Statement ifStatement(Place at) {
        SqlExpression condition = afterKeyword();
        Statement then = statement();
        int mark = tokens.mark();
        skipSemicolons();
        if (tokens.accept("ELSE")) {
            return new Statement.If(condition, then, statement(), at);
        }
        tokens.reset(mark);
        return new Statement.If(condition, then, null, at);
    }

    private Statement begin(Place at) {
        tokens.next();
        if (tokens.accept("TRAN") || tokens.accept("TRANSACTION")) {
            return new Statement.BeginTransaction(transactionName(), at);
        }
        if (tokens.at("DISTRIBUTED")) {
            throw TokenStream.unsupported(at, "BEGIN DISTRIBUTED TRANSACTION");
        }
        if (tokens.accept("TRY")) {
            Block attempt = block("TRY", at);
            skipSemicolons();
            Place handlerAt = tokens.at();
            tokens.expect("BEGIN", "CATCH");
            return new TryCatch(attempt, block("CATCH", handlerAt), at);
        }
        return block(null, at);
    }

    private Block block(String kind, Place at) {
        List<Statement> statements = new ArrayList<>();
        skipSemicolons();
        while (!tokens.at("END")) {
            if (tokens.at(Token.Kind.END) || tokens.at(Token.Kind.BATCH_END)) {
                throw tokens.unexpected("expected END");
            }
            statements.add(statement());
            skipSemicolons();
        }
        tokens.expect("END");
        if (kind != null) {
            tokens.expect(kind);
        }
        if (statements.isEmpty() && !"CATCH".equals(kind)) {
            throw tokens.unexpected("a block has at least one statement");
        }
        return new Block(statements, at);
    }

    private Statement returnStatement(Place at) {
        tokens.next();
        boolean bare = tokens.atAny(";", "END", "ELSE") || tokens.at(Token.Kind.END) || tokens.at(Token.Kind.BATCH_END)
            || tokens.at(Token.Kind.WORD) && Keywords.isReserved(tokens.peek().text())
            && !tokens.atAny("CASE", "NULL", "COALESCE", "NULLIF", "CONVERT", "LEFT", "RIGHT");
        return new Statement.Return(bare ? null : queries.expressions().expression(), at);
    }

    private Statement throwStatement(Place at) {
        tokens.next();
        if (!tokens.at(Token.Kind.INTEGER) && !tokens.at(Token.Kind.VARIABLE)) {
            return new Statement.Throw(null, null, null, at);
        }
        SqlExpression number = queries.expressions().expression();
        tokens.expect(",");
        SqlExpression message = queries.expressions().expression();
        tokens.expect(",");
        return new Statement.Throw(number, message, queries.expressions().expression(), at);
    }

    private Statement raise(Place at) {
        tokens.next();
        List<SqlExpression> arguments = tokens.inParentheses(queries.expressions()::expression);
        if (arguments.size() < 3) {
            throw tokens.unexpected("RAISERROR takes a message, a severity and a state");
        }
        if (tokens.accept("WITH")) {
            tokens.commaSeparated(tokens::name);
        }
        return new Statement.Raise(arguments.get(0), arguments.get(1), arguments.get(2), arguments.subList(3, arguments.size()), at);
    }

    private Statement commit(Place at) {
        tokens.next();
        if (tokens.accept("TRAN") || tokens.accept("TRANSACTION")) {
            transactionName();
        } else {
            tokens.accept("WORK");
        }
        return new Statement.CommitTransaction(at);
    }

    private Statement rollback(Place at) {
        tokens.next();
        String name = null;
        if (tokens.accept("TRAN") || tokens.accept("TRANSACTION")) {
            name = transactionName();
        } else {
            tokens.accept("WORK");
        }
        return new Statement.RollbackTransaction(name, at);
    }

    private String transactionName() {
        if (tokens.at(Token.Kind.VARIABLE)) {
            return tokens.variable();
        }
        return tokens.peek().isName() && !startsStatement(tokens) ? tokens.name() : null;
    }

    private Statement waitFor(Place at) {
        tokens.next();
        if (!tokens.accept("DELAY")) {
            throw TokenStream.unsupported(at, "WAITFOR " + tokens.peek().text().toUpperCase(Locale.ROOT));
        }
        return new Statement.WaitFor(queries.expressions().expression(), at);
    }

    private Statement set() {
        Place at = tokens.next().at();
        if (tokens.at(Token.Kind.VARIABLE)) {
            String name = tokens.variable();
            Token operator = tokens.next();
            if (!operator.text().matches("[-+*/%&|^]?=")) {
                throw TokenStream.unsupported(operator.at(), "SET " + name + " " + operator.text());
            }
            return new Statement.SetVariable(name, operator.text(), queries.expressions().expression(), at);
        }
        String option = tokens.peek().text().toUpperCase(Locale.ROOT);
        if (!SET_OPTIONS.contains(option)) {
            throw tokens.unexpected("expected a variable or an option");
        }
        tokens.next();
        StringBuilder value = new StringBuilder();
        int line = tokens.peek().line();
        while (!tokens.at(";") && !tokens.at(Token.Kind.END) && !tokens.at(Token.Kind.BATCH_END) && tokens.peek().line() == line
            && (!tokens.at(Token.Kind.WORD) || value.isEmpty()
                || !Keywords.isReserved(tokens.peek().text()) || tokens.atAny("ON", "OFF", "READ"))) {
            value.append(value.isEmpty() ? "" : " ").append(tokens.next().text().toUpperCase(Locale.ROOT));
        }
        return new Statement.SetOption(option, value.toString(), at);
    }
}
