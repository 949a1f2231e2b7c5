package io.lazuli.languages.tsql.syntax;

import io.lazuli.foundation.Place;
import io.lazuli.languages.tsql.syntax.Statement.CreateTable;
import io.lazuli.languages.tsql.syntax.Statement.CreateView;
import io.lazuli.languages.tsql.syntax.Statement.Declaration;
import io.lazuli.languages.tsql.syntax.Statement.Replace;
import java.util.List;
import java.util.Locale;

/** Parses the statements that define tables, table types, views, procedures and variables. */
final class DefinitionParser {
    private final TokenStream tokens;
    private final QueryParser queries;
    private final TableParser tables;
    private final ProcedureParser procedures;

    DefinitionParser(TokenStream tokens, QueryParser queries, StatementParser statements) {
        this.tokens = tokens;
        this.queries = queries;
        this.tables = new TableParser(tokens, queries.expressions());
        this.procedures = new ProcedureParser(tokens, queries.expressions(), statements);
    }

    Statement definition() {
        Token first = tokens.next();
        if (first.is("DROP")) {
            return drop(first.at());
        }
        Replace replace = first.is("ALTER") ? Replace.ALTER : Replace.CREATE;
        if (replace == Replace.CREATE && tokens.accept("OR", "ALTER")) {
            replace = Replace.CREATE_OR_ALTER;
        }
        return switch (tokens.peek().text().toUpperCase(Locale.ROOT)) {
            case "TABLE" -> replace == Replace.ALTER ? tables.alter(first.at()) : tables.create(first.at());
            case "VIEW" -> view(first, replace);
            case "PROC", "PROCEDURE" -> procedures.procedure(first, replace);
            case "SCHEMA" -> schema(first, replace);
            case "TYPE" -> tableType(first);
            case "INDEX", "CLUSTERED", "NONCLUSTERED", "COLUMNSTORE" -> index(first);
            default -> throw TokenStream.unsupported(first.at(), (first.text() + " " + kind()).toUpperCase(Locale.ROOT));
        };
    }

    private String kind() {
        StringBuilder kind = new StringBuilder(tokens.next().text());
        while (kind.toString().matches("(?i)UNIQUE|CLUSTERED|NONCLUSTERED|EXTERNAL|COLUMNSTORE|UNIQUE .*|NONCLUSTERED .*")
            && tokens.at(Token.Kind.WORD) && !kind.toString().endsWith("INDEX")) {
            kind.append(' ').append(tokens.next().text());
        }
        return kind.toString();
    }

    private Statement drop(Place at) {
        String kind = tokens.next().text().toUpperCase(Locale.ROOT);
        kind = kind.equals("PROC") ? "PROCEDURE" : kind;
        if (!List.of("TABLE", "VIEW", "PROCEDURE", "SCHEMA", "TYPE", "INDEX").contains(kind)) {
            throw TokenStream.unsupported(at, "DROP " + kind);
        }
        boolean ifExists = tokens.accept("IF", "EXISTS");
        if (kind.equals("INDEX")) {
            tokens.name();
            tokens.expect("ON");
            return new Statement.Index(tokens.qualifiedName(), at);
        }
        return new Statement.Drop(kind, ifExists, tokens.commaSeparated(tokens::qualifiedName), at);
    }

    private Statement schema(Token first, Replace replace) {
        if (replace != Replace.CREATE) {
            throw TokenStream.unsupported(first.at(), "ALTER SCHEMA");
        }
        tokens.next();
        String name = tokens.name();
        if (tokens.accept("AUTHORIZATION")) {
            tokens.name();
        }
        return new Statement.CreateSchema(name, first.at());
    }

    private Statement tableType(Token first) {
        tokens.next();
        List<String> name = tokens.qualifiedName();
        if (!tokens.accept("AS", "TABLE")) {
            throw TokenStream.unsupported(first.at(), "CREATE TYPE … FROM");
        }
        CreateTable table = tables.body(name, first.at());
        if (tokens.accept("WITH")) {
            tokens.skipParentheses();
        }
        return new Statement.CreateTableType(name, table, tokens.text(first), first.at());
    }

    /** An index that is not unique changes no result: what is said of it is read and left. */
    private Statement index(Token first) {
        if (first.is("ALTER")) {
            throw TokenStream.unsupported(first.at(), "ALTER INDEX");
        }
        tables.clustered();
        tokens.accept("COLUMNSTORE");
        tokens.expect("INDEX");
        tokens.name();
        tokens.expect("ON");
        List<String> table = tokens.qualifiedName();
        if (tokens.at("(")) {
            tokens.skipParentheses();
        }
        if (tokens.accept("INCLUDE")) {
            tokens.skipParentheses();
        }
        if (tokens.accept("WHERE")) {
            queries.expressions().expression();
        }
        tables.storage();
        return new Statement.Index(table, first.at());
    }

    private Statement view(Token first, Replace replace) {
        tokens.next();
        List<String> name = tokens.qualifiedName();
        List<String> columns = tokens.at("(") ? tokens.inParentheses(tokens::name) : List.of();
        if (tokens.accept("WITH")) {
            tokens.commaSeparated(tokens::name);
        }
        tokens.expect("AS");
        Query query = queries.query();
        if (tokens.accept("WITH", "CHECK")) {
            throw TokenStream.unsupported(first.at(), "WITH CHECK OPTION");
        }
        return new CreateView(name, columns, query, tokens.text(first), replace, first.at());
    }

    Statement declare() {
        Place at = tokens.next().at();
        return new Statement.Declare(tokens.commaSeparated(this::declaration), at);
    }

    private Declaration declaration() {
        Place at = tokens.at();
        if (tokens.peek().isName() && tokens.peek(1).is("CURSOR")) {
            throw TokenStream.unsupported(at, "A cursor");
        }
        String name = tokens.variable();
        tokens.accept("AS");
        if (tokens.accept("TABLE")) {
            return new Declaration(name, null, null, tables.body(List.of(name), at), at);
        }
        if (tokens.at("CURSOR")) {
            throw TokenStream.unsupported(at, "A cursor");
        }
        TypeName type = queries.expressions().typeName();
        SqlExpression value = tokens.accept("=") ? queries.expressions().expression() : null;
        return new Declaration(name, type, value, null, at);
    }
}
