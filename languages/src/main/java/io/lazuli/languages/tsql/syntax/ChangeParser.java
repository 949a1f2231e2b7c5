package io.lazuli.languages.tsql.syntax;

import io.lazuli.foundation.Place;
import io.lazuli.languages.tsql.syntax.Query.CommonTable;
import io.lazuli.languages.tsql.syntax.Query.FromItem;
import io.lazuli.languages.tsql.syntax.Query.Item;
import io.lazuli.languages.tsql.syntax.Query.ValueRows;
import io.lazuli.languages.tsql.syntax.Statement.Argument;
import io.lazuli.languages.tsql.syntax.Statement.Assignment;
import io.lazuli.languages.tsql.syntax.Statement.Execute;
import io.lazuli.languages.tsql.syntax.Statement.MergeAction;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Parses the statements that read and change rows, and EXECUTE. */
final class ChangeParser {
    private final TokenStream tokens;
    private final QueryParser queries;

    ChangeParser(TokenStream tokens, QueryParser queries) {
        this.tokens = tokens;
        this.queries = queries;
    }

    Statement queryOrChange() {
        Place at = tokens.at();
        List<CommonTable> with = queries.with();
        return switch (tokens.peek().text().toUpperCase(Locale.ROOT)) {
            case "INSERT" -> insert(with, at);
            case "UPDATE" -> update(with, at);
            case "DELETE" -> delete(with, at);
            case "MERGE" -> merge(with, at);
            case "TRUNCATE" -> truncate(at);
            default -> new Statement.SelectStatement(queries.query(with), at);
        };
    }

    private Statement truncate(Place at) {
        tokens.next();
        tokens.expect("TABLE");
        return new Statement.Truncate(tokens.qualifiedName(), at);
    }

    private Statement insert(List<CommonTable> with, Place at) {
        tokens.next();
        refuseTop("INSERT");
        tokens.accept("INTO");
        List<String> table = target();
        queries.hints();
        List<String> columns = tokens.at("(") && !queries.startsQuery()
            ? tokens.inParentheses(() -> tokens.qualifiedName().getLast()) : List.of();
        List<Item> output = output();
        if (tokens.accept("DEFAULT", "VALUES")) {
            return new Statement.Insert(with, table, columns, output, null, null, at);
        }
        if (tokens.atAny("EXEC", "EXECUTE")) {
            if (execute() instanceof Execute execute) {
                return new Statement.Insert(with, table, columns, output, null, execute, at);
            }
            throw TokenStream.unsupported(at, "INSERT … EXEC (text)");
        }
        if (!queries.startsQuery()) {
            throw tokens.unexpected("expected VALUES, SELECT, EXEC or DEFAULT VALUES");
        }
        return new Statement.Insert(with, table, columns, output, queries.query(), null, at);
    }

    private void refuseTop(String statement) {
        if (tokens.at("TOP")) {
            throw TokenStream.unsupported(tokens.at(), statement + " TOP");
        }
    }

    /** A table's name or a table variable. */
    private List<String> target() {
        return tokens.at(Token.Kind.VARIABLE) ? List.of(tokens.variable()) : tokens.qualifiedName();
    }

    private List<Item> output() {
        if (!tokens.at("OUTPUT")) {
            return List.of();
        }
        Place at = tokens.next().at();
        List<Item> items = tokens.commaSeparated(queries::item);
        if (tokens.at("INTO")) {
            throw TokenStream.unsupported(at, "OUTPUT … INTO");
        }
        return items;
    }

    private Statement update(List<CommonTable> with, Place at) {
        tokens.next();
        SqlExpression top = queries.top();
        List<String> target = target();
        queries.hints();
        tokens.expect("SET");
        List<Assignment> assignments = tokens.commaSeparated(this::assignment);
        List<Item> output = output();
        List<FromItem> from = tokens.accept("FROM") ? queries.from() : List.of();
        SqlExpression where = where();
        return new Statement.Update(with, top, target, assignments, output, from, where, at);
    }

    private SqlExpression where() {
        SqlExpression where = tokens.accept("WHERE") ? whereCondition() : null;
        queries.option();
        return where;
    }

    private SqlExpression whereCondition() {
        if (tokens.at("CURRENT", "OF")) {
            throw TokenStream.unsupported(tokens.at(), "WHERE CURRENT OF");
        }
        return queries.expressions().expression();
    }

    private Assignment assignment() {
        Place at = tokens.at();
        String variable = tokens.at(Token.Kind.VARIABLE) ? tokens.variable() : null;
        List<String> column = variable == null ? tokens.qualifiedName() : null;
        Token operator = tokens.next();
        if (!operator.text().matches("[-+*/%&|^]?=")) {
            tokens.reset(tokens.mark() - 1);
            throw tokens.unexpected("expected =");
        }
        if (variable != null && tokens.peek().isName() && tokens.peek(1).is("=")) {
            throw TokenStream.unsupported(at, "@variable = column = value");
        }
        SqlExpression value = tokens.at("DEFAULT") ? CallParser.call(List.of("DEFAULT"), List.of(), tokens.next().at())
            : queries.expressions().expression();
        return new Assignment(column == null ? null : column.getLast(), variable, operator.text(), value, at);
    }

    private Statement delete(List<CommonTable> with, Place at) {
        tokens.next();
        SqlExpression top = queries.top();
        tokens.accept("FROM");
        List<String> target = target();
        queries.hints();
        List<Item> output = output();
        List<FromItem> from = tokens.accept("FROM") ? queries.from() : List.of();
        SqlExpression where = where();
        return new Statement.Delete(with, top, target, output, from, where, at);
    }

    private Statement merge(List<CommonTable> with, Place at) {
        tokens.next();
        refuseTop("MERGE");
        tokens.accept("INTO");
        List<String> target = target();
        queries.hints();
        String alias = queries.tableAlias();
        tokens.expect("USING");
        FromItem source = queries.from().getFirst();
        tokens.expect("ON");
        SqlExpression condition = queries.expressions().expression();
        List<MergeAction> actions = new ArrayList<>();
        while (tokens.at("WHEN")) {
            actions.add(mergeAction());
        }
        if (actions.isEmpty()) {
            throw tokens.unexpected("expected WHEN");
        }
        List<Item> output = output();
        queries.option();
        return new Statement.Merge(with, target, alias, source, condition, actions, output, at);
    }

    private MergeAction mergeAction() {
        Place at = tokens.next().at();
        MergeAction.When when = MergeAction.When.MATCHED;
        if (tokens.accept("NOT")) {
            when = MergeAction.When.NOT_MATCHED_BY_TARGET;
        }
        tokens.expect("MATCHED");
        if (tokens.accept("BY", "SOURCE")) {
            when = MergeAction.When.NOT_MATCHED_BY_SOURCE;
        } else {
            tokens.accept("BY", "TARGET");
        }
        SqlExpression condition = tokens.accept("AND") ? queries.expressions().expression() : null;
        tokens.expect("THEN");
        if (tokens.accept("DELETE")) {
            return new MergeAction(when, condition, MergeAction.Action.DELETE, List.of(), List.of(), List.of(), at);
        }
        if (tokens.accept("UPDATE")) {
            tokens.expect("SET");
            List<Assignment> assignments = tokens.commaSeparated(this::assignment);
            return new MergeAction(when, condition, MergeAction.Action.UPDATE, assignments, List.of(), List.of(), at);
        }
        tokens.expect("INSERT");
        List<String> columns = tokens.at("(") ? tokens.inParentheses(() -> tokens.qualifiedName().getLast()) : List.of();
        ValueRows values = queries.values();
        if (values.rows().size() != 1) {
            throw tokens.unexpected("expected one row");
        }
        return new MergeAction(when, condition, MergeAction.Action.INSERT, List.of(), columns, values.rows().getFirst(), at);
    }

    Statement execute() {
        Place at = tokens.next().at();
        if (tokens.accept("(")) {
            SqlExpression text = queries.expressions().expression();
            tokens.expect(")");
            return new Statement.ExecuteText(text, at);
        }
        String returnTo = null;
        if (tokens.at(Token.Kind.VARIABLE) && tokens.peek(1).is("=")) {
            returnTo = tokens.variable();
            tokens.next();
        }
        if (tokens.at(Token.Kind.VARIABLE)) {
            throw TokenStream.unsupported(at, "EXEC of a procedure named by a variable");
        }
        List<String> procedure = tokens.qualifiedName();
        boolean bare = tokens.at(";") || tokens.at(Token.Kind.END) || tokens.at(Token.Kind.BATCH_END)
            || tokens.at(Token.Kind.WORD) && !tokens.atAny("NULL", "DEFAULT") && Keywords.isReserved(tokens.peek().text());
        List<Argument> arguments = bare ? List.of() : tokens.commaSeparated(this::argument);
        if (tokens.at("WITH")) {
            throw TokenStream.unsupported(tokens.at(), "EXEC … WITH");
        }
        return new Execute(returnTo, procedure, arguments, at);
    }

    private Argument argument() {
        String name = null;
        if (tokens.at(Token.Kind.VARIABLE) && tokens.peek(1).is("=")) {
            name = tokens.variable();
            tokens.next();
        }
        if (tokens.accept("DEFAULT")) {
            return new Argument(name, null, false);
        }
        SqlExpression value = argumentValue();
        boolean output = tokens.accept("OUTPUT") || tokens.accept("OUT");
        return new Argument(name, value, output);
    }

    /** A bare word as an argument is a text, as in {@code EXEC sp_helptext orders}. */
    private SqlExpression argumentValue() {
        Token token = tokens.peek();
        if (token.isName() && !tokens.peek(1).is("(")) {
            tokens.next();
            return new SqlExpression.Constant(SqlExpression.ConstantKind.NATIONAL_STRING, token.text(), token.at());
        }
        return queries.expressions().expression();
    }

}
