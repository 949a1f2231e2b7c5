package io.lazuli.languages.tsql.syntax;

import io.lazuli.foundation.Place;
import io.lazuli.languages.tsql.syntax.Statement.ColumnDefinition;
import io.lazuli.languages.tsql.syntax.Statement.CreateProcedure;
import io.lazuli.languages.tsql.syntax.Statement.CreateTable;
import io.lazuli.languages.tsql.syntax.Statement.CreateView;
import io.lazuli.languages.tsql.syntax.Statement.Declaration;
import io.lazuli.languages.tsql.syntax.Statement.Identity;
import io.lazuli.languages.tsql.syntax.Statement.Parameter;
import io.lazuli.languages.tsql.syntax.Statement.Replace;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Parses the statements that define tables, table types, views, procedures and variables. */
final class DefinitionParser {
    private final TokenStream tokens;
    private final QueryParser queries;
    private final StatementParser statements;

    DefinitionParser(TokenStream tokens, QueryParser queries, StatementParser statements) {
        this.tokens = tokens;
        this.queries = queries;
        this.statements = statements;
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
            case "TABLE" -> replace == Replace.ALTER ? alterTable(first.at()) : createTable(first.at());
            case "VIEW" -> view(first, replace);
            case "PROC", "PROCEDURE" -> procedure(first, replace);
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
        CreateTable table = tableBody(name, first.at());
        if (tokens.accept("WITH")) {
            skipParentheses();
        }
        return new Statement.CreateTableType(name, table, tokens.text(first), first.at());
    }

    /** An index that is not unique changes no result: what is said of it is read and left. */
    private Statement index(Token first) {
        if (first.is("ALTER")) {
            throw TokenStream.unsupported(first.at(), "ALTER INDEX");
        }
        clustered();
        tokens.accept("COLUMNSTORE");
        tokens.expect("INDEX");
        tokens.name();
        tokens.expect("ON");
        List<String> table = tokens.qualifiedName();
        if (tokens.at("(")) {
            skipParentheses();
        }
        if (tokens.accept("INCLUDE")) {
            skipParentheses();
        }
        if (tokens.accept("WHERE")) {
            queries.expressions().expression();
        }
        storage();
        return new Statement.Index(table, first.at());
    }

    private Statement createTable(Place at) {
        tokens.next();
        List<String> name = tokens.qualifiedName();
        if (tokens.at("AS")) {
            throw TokenStream.unsupported(tokens.at(), "CREATE TABLE AS SELECT");
        }
        CreateTable table = tableBody(name, at);
        if (tokens.accept("WITH")) {
            skipParentheses();
        }
        if (tokens.accept("ON")) {
            tokens.name();
        }
        if (tokens.accept("TEXTIMAGE_ON")) {
            tokens.name();
        }
        return table;
    }

    /** {@code (column, …, constraint, …)}. */
    private CreateTable tableBody(List<String> name, Place at) {
        List<ColumnDefinition> columns = new ArrayList<>();
        List<String> primaryKey = new ArrayList<>();
        tokens.expect("(");
        do {
            if (tokens.at(")")) {
                break;
            }
            if (tokens.atAny("CONSTRAINT", "PRIMARY", "UNIQUE", "FOREIGN", "CHECK", "INDEX")) {
                primaryKey.addAll(tableConstraint());
            } else {
                columns.add(column());
            }
        } while (tokens.accept(","));
        tokens.expect(")");
        columns.stream().filter(ColumnDefinition::primaryKey).map(ColumnDefinition::name).forEach(primaryKey::add);
        return new CreateTable(name, columns, primaryKey, at);
    }

    /** The key's columns, empty for other constraints. */
    private List<String> tableConstraint() {
        if (tokens.accept("CONSTRAINT")) {
            tokens.name();
        }
        Place at = tokens.at();
        if (tokens.accept("PRIMARY", "KEY")) {
            clustered();
            List<String> columns = tokens.inParentheses(() -> {
                String column = tokens.name();
                if (!tokens.accept("DESC")) {
                    tokens.accept("ASC");
                }
                return column;
            });
            storage();
            notEnforced();
            return columns;
        }
        throw TokenStream.unsupported(at, constraintName());
    }

    private String constraintName() {
        String word = tokens.peek().text().toUpperCase(Locale.ROOT);
        return switch (word) {
            case "FOREIGN", "REFERENCES" -> "A FOREIGN KEY constraint";
            case "INDEX" -> "An INDEX within CREATE TABLE";
            default -> "A " + word + " constraint";
        };
    }

    private void clustered() {
        if (!tokens.accept("CLUSTERED")) {
            tokens.accept("NONCLUSTERED");
        }
    }

    /** How SQL Server would store a key's index, which has no meaning here. */
    private void storage() {
        if (tokens.at("WITH") && tokens.peek(1).is("(")) {
            tokens.next();
            skipParentheses();
        }
        if (tokens.accept("ON")) {
            tokens.name();
        }
    }

    private void notEnforced() {
        if (tokens.accept("NOT", "ENFORCED")) {
            // Dedicated pools say this of every key; here keys hold all the same.
            return;
        }
    }

    private ColumnDefinition column() {
        Place at = tokens.at();
        String name = tokens.name();
        if (tokens.at("AS")) {
            throw TokenStream.unsupported(tokens.at(), "A computed column");
        }
        TypeName type = queries.expressions().typeName();
        Boolean nullable = null;
        SqlExpression defaultValue = null;
        Identity identity = null;
        boolean primaryKey = false;
        while (!tokens.at(",") && !tokens.at(")") && !tokens.at(";") && !tokens.at(Token.Kind.END)) {
            if (tokens.accept("NOT", "NULL")) {
                nullable = false;
            } else if (tokens.accept("NULL")) {
                nullable = true;
            } else if (tokens.accept("DEFAULT")) {
                defaultValue = queries.expressions().expression();
            } else if (tokens.accept("IDENTITY")) {
                identity = identity();
            } else if (tokens.accept("PRIMARY", "KEY")) {
                clustered();
                storage();
                notEnforced();
                primaryKey = true;
            } else if (tokens.accept("CONSTRAINT")) {
                tokens.name();
            } else if (tokens.accept("WITH", "VALUES")) {
                throw TokenStream.unsupported(tokens.at(), "DEFAULT … WITH VALUES");
            } else if (tokens.accept("COLLATE")) {
                collation();
            } else if (tokens.atAny("UNIQUE", "CHECK", "REFERENCES", "FOREIGN", "INDEX")) {
                throw TokenStream.unsupported(tokens.at(), constraintName());
            } else if (tokens.atAny("SPARSE", "ROWGUIDCOL", "GENERATED", "MASKED", "ENCRYPTED", "FILESTREAM", "HIDDEN")) {
                throw TokenStream.unsupported(tokens.at(), tokens.peek().text().toUpperCase(Locale.ROOT));
            } else {
                break;
            }
        }
        return new ColumnDefinition(name, type, nullable, defaultValue, primaryKey, identity, at);
    }

    private void collation() {
        Token collation = tokens.next();
        if (!collation.text().equalsIgnoreCase("database_default") && !collation.text().toUpperCase(Locale.ROOT).contains("_CI_")) {
            throw TokenStream.unsupported(collation.at(), "COLLATE " + collation.text());
        }
    }

    private Identity identity() {
        if (!tokens.accept("(")) {
            return new Identity(1, 1);
        }
        long seed = tokens.integer();
        tokens.expect(",");
        long step = tokens.integer();
        tokens.expect(")");
        return new Identity(seed, step);
    }

    private Statement alterTable(Place at) {
        tokens.next();
        List<String> table = tokens.qualifiedName();
        if (tokens.accept("WITH", "CHECK") || tokens.accept("WITH", "NOCHECK")) {
            if (!tokens.at("ADD")) {
                throw TokenStream.unsupported(at, "ALTER TABLE … WITH CHECK");
            }
        }
        List<TableChange> changes;
        if (tokens.accept("ADD")) {
            tokens.accept("COLUMN");
            changes = tokens.commaSeparated(this::addition);
        } else if (tokens.accept("ALTER", "COLUMN")) {
            changes = List.of(alteredColumn());
        } else if (tokens.accept("DROP", "COLUMN")) {
            boolean ifExists = tokens.accept("IF", "EXISTS");
            changes = tokens.commaSeparated(() -> new TableChange.DropColumn(tokens.name(), ifExists, at));
        } else {
            String words = tokens.next().text() + (tokens.at("CONSTRAINT") ? " CONSTRAINT" : "");
            throw TokenStream.unsupported(at, "ALTER TABLE … " + words.toUpperCase(Locale.ROOT));
        }
        return new Statement.AlterTable(table, changes, at);
    }

    private TableChange addition() {
        Place at = tokens.at();
        if (!tokens.atAny("CONSTRAINT", "PRIMARY", "UNIQUE", "FOREIGN", "CHECK", "DEFAULT")) {
            return new TableChange.AddColumn(column(), at);
        }
        int start = tokens.mark();
        if (tokens.accept("CONSTRAINT")) {
            tokens.name();
        }
        if (tokens.accept("DEFAULT")) {
            SqlExpression value = queries.expressions().expression();
            tokens.expect("FOR");
            return new TableChange.AddDefault(tokens.name(), value, at);
        }
        tokens.reset(start);
        return new TableChange.AddPrimaryKey(tableConstraint(), at);
    }

    private TableChange alteredColumn() {
        ColumnDefinition column = column();
        if (column.defaultValue() != null || column.primaryKey() || column.identity() != null) {
            throw tokens.unexpected("a column that is altered takes a type and NULL or NOT NULL");
        }
        return new TableChange.AlterColumn(column, column.at());
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

    private Statement procedure(Token first, Replace replace) {
        tokens.next();
        List<String> name = tokens.qualifiedName();
        boolean parenthesised = tokens.accept("(");
        List<Parameter> parameters = tokens.at(Token.Kind.VARIABLE) ? tokens.commaSeparated(this::parameter) : List.of();
        if (parenthesised) {
            tokens.expect(")");
        }
        if (tokens.accept("WITH")) {
            tokens.commaSeparated(this::procedureOption);
        }
        if (tokens.at("FOR")) {
            throw TokenStream.unsupported(tokens.at(), "FOR REPLICATION");
        }
        tokens.expect("AS");
        List<Statement> body = statements.batch();
        if (body.isEmpty()) {
            throw tokens.unexpected("a procedure has at least one statement");
        }
        return new CreateProcedure(name, parameters, body, tokens.text(first), replace, first.at());
    }

    private String procedureOption() {
        Token option = tokens.next();
        if (option.is("EXECUTE") || option.is("EXEC")) {
            tokens.expect("AS");
            tokens.next();
        } else if (!option.is("RECOMPILE") && !option.is("SCHEMABINDING")) {
            throw TokenStream.unsupported(option.at(), "WITH " + option.text().toUpperCase(Locale.ROOT));
        }
        return option.text();
    }

    private Parameter parameter() {
        Place at = tokens.at();
        String name = tokens.variable();
        tokens.accept("AS");
        TypeName type = queries.expressions().typeName();
        SqlExpression defaultValue = tokens.accept("=") ? parameterDefault() : null;
        boolean output = tokens.accept("OUTPUT") || tokens.accept("OUT");
        if (tokens.at("VARYING")) {
            throw TokenStream.unsupported(tokens.at(), "A cursor parameter");
        }
        return new Parameter(name, type, defaultValue, output, tokens.accept("READONLY"), at);
    }

    private SqlExpression parameterDefault() {
        Token token = tokens.peek();
        if (token.isName()) {
            tokens.next();
            return new SqlExpression.Constant(SqlExpression.ConstantKind.NATIONAL_STRING, token.text(), token.at());
        }
        return queries.expressions().expression();
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
            return new Declaration(name, null, null, tableBody(List.of(name), at), at);
        }
        if (tokens.at("CURSOR")) {
            throw TokenStream.unsupported(at, "A cursor");
        }
        TypeName type = queries.expressions().typeName();
        SqlExpression value = tokens.accept("=") ? queries.expressions().expression() : null;
        return new Declaration(name, type, value, null, at);
    }

    private void skipParentheses() {
        tokens.expect("(");
        for (int open = 1; open > 0;) {
            if (tokens.at(Token.Kind.END) || tokens.at(Token.Kind.BATCH_END)) {
                throw tokens.unexpected("expected )");
            }
            Token token = tokens.next();
            open += token.is("(") ? 1 : token.is(")") ? -1 : 0;
        }
    }
}
