package io.lazuli.languages.tsql.syntax;

import io.lazuli.foundation.Place;
import io.lazuli.languages.tsql.syntax.Statement.ColumnDefinition;
import io.lazuli.languages.tsql.syntax.Statement.CreateTable;
import io.lazuli.languages.tsql.syntax.Statement.Identity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Parses tables, what changes them, and their columns and keys. */
final class TableParser {
    private final TokenStream tokens;
    private final ExpressionParser expressions;

    TableParser(TokenStream tokens, ExpressionParser expressions) {
        this.tokens = tokens;
        this.expressions = expressions;
    }

    Statement create(Place at) {
        tokens.next();
        List<String> name = tokens.qualifiedName();
        if (tokens.at("AS")) {
            throw TokenStream.unsupported(tokens.at(), "CREATE TABLE AS SELECT");
        }
        CreateTable table = body(name, at);
        if (tokens.accept("WITH")) {
            tokens.skipParentheses();
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
    CreateTable body(List<String> name, Place at) {
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

    void clustered() {
        if (!tokens.accept("CLUSTERED")) {
            tokens.accept("NONCLUSTERED");
        }
    }

    /** How SQL Server would store a key's index, which has no meaning here. */
    void storage() {
        if (tokens.at("WITH") && tokens.peek(1).is("(")) {
            tokens.next();
            tokens.skipParentheses();
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
        TypeName type = expressions.typeName();
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
                defaultValue = expressions.expression();
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

    Statement alter(Place at) {
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
            SqlExpression value = expressions.expression();
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
}
