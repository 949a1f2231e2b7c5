package io.lazuli.languages.tsql.syntax;

import io.lazuli.foundation.Place;
import io.lazuli.languages.tsql.syntax.Query.AppliedTable;
import io.lazuli.languages.tsql.syntax.Query.Body;
import io.lazuli.languages.tsql.syntax.Query.Combined;
import io.lazuli.languages.tsql.syntax.Query.CommonTable;
import io.lazuli.languages.tsql.syntax.Query.DerivedTable;
import io.lazuli.languages.tsql.syntax.Query.FromItem;
import io.lazuli.languages.tsql.syntax.Query.Item;
import io.lazuli.languages.tsql.syntax.Query.JoinedTables;
import io.lazuli.languages.tsql.syntax.Query.NamedTable;
import io.lazuli.languages.tsql.syntax.Query.Nested;
import io.lazuli.languages.tsql.syntax.Query.Select;
import io.lazuli.languages.tsql.syntax.Query.TableFunction;
import io.lazuli.languages.tsql.syntax.Query.ValueRows;
import io.lazuli.languages.tsql.syntax.SqlExpression.OrderItem;
import io.lazuli.languages.tsql.syntax.SqlExpression.Star;
import io.lazuli.languages.tsql.syntax.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Parses queries. */
final class QueryParser {
    private final TokenStream tokens;
    private final ExpressionParser expressions;
    private final CallParser calls;

    QueryParser(TokenStream tokens) {
        this.tokens = tokens;
        this.expressions = new ExpressionParser(tokens, this);
        this.calls = new CallParser(tokens, expressions);
    }

    ExpressionParser expressions() {
        return expressions;
    }

    /** Whether a query begins here, after any number of opening parentheses. */
    boolean startsQuery() {
        int ahead = 0;
        while (tokens.peek(ahead).is("(")) {
            ahead++;
        }
        Token token = tokens.peek(ahead);
        return token.is("SELECT") || token.is("WITH") || ahead == 0 && token.is("VALUES");
    }

    Query query() {
        return tokens.nested(() -> query(with()));
    }

    /** A query whose WITH clause has been read. */
    Query query(List<CommonTable> with) {
        Place at = tokens.at();
        Body body = body();
        List<OrderItem> orderBy = tokens.accept("ORDER", "BY") ? calls.orderItems() : List.of();
        SqlExpression offset = null;
        SqlExpression fetch = null;
        if (!orderBy.isEmpty() && tokens.accept("OFFSET")) {
            offset = expressions.expression();
            rowsWord();
            if (tokens.accept("FETCH")) {
                if (!tokens.accept("NEXT")) {
                    tokens.expect("FIRST");
                }
                fetch = expressions.expression();
                rowsWord();
                tokens.expect("ONLY");
            }
        }
        if (tokens.at("FOR")) {
            throw TokenStream.unsupported(tokens.at(), "FOR " + tokens.peek(1).text().toUpperCase(Locale.ROOT));
        }
        option();
        return new Query(with, body, orderBy, offset, fetch, at);
    }

    private void rowsWord() {
        if (!tokens.accept("ROWS")) {
            tokens.expect("ROW");
        }
    }

    /** Hints for the optimiser; they change no result, so they are read and left, but for recursion. */
    void option() {
        if (tokens.accept("OPTION")) {
            tokens.skipParentheses();
        }
    }

    List<CommonTable> with() {
        if (!tokens.accept("WITH")) {
            return List.of();
        }
        if (tokens.at("XMLNAMESPACES")) {
            throw TokenStream.unsupported(tokens.at(), "WITH XMLNAMESPACES");
        }
        return tokens.commaSeparated(() -> {
            Place at = tokens.at();
            String name = tokens.name();
            List<String> columns = tokens.at("(") ? tokens.inParentheses(tokens::name) : List.of();
            tokens.expect("AS", "(");
            Query query = query();
            tokens.expect(")");
            return new CommonTable(name, columns, query, at);
        });
    }

    private Body body() {
        Body left = intersection();
        while (tokens.atAny("UNION", "EXCEPT")) {
            Token operator = tokens.next();
            boolean all = tokens.accept("ALL");
            left = new Combined(left, intersection(), operator.text().toUpperCase(Locale.ROOT), all, operator.at());
        }
        return left;
    }

    private Body intersection() {
        Body left = operand();
        while (tokens.at("INTERSECT")) {
            Place at = tokens.next().at();
            left = new Combined(left, operand(), "INTERSECT", false, at);
        }
        return left;
    }

    private Body operand() {
        Place at = tokens.at();
        if (tokens.accept("(")) {
            Query query = query();
            tokens.expect(")");
            return new Nested(query, at);
        }
        if (tokens.at("VALUES")) {
            return values();
        }
        return select();
    }

    ValueRows values() {
        Place at = tokens.at();
        tokens.expect("VALUES");
        return new ValueRows(tokens.commaSeparated(() -> tokens.inParentheses(this::valueOrDefault)), at);
    }

    /** DEFAULT among the values of an INSERT is a column name that no column can have. */
    private SqlExpression valueOrDefault() {
        if (tokens.at("DEFAULT")) {
            return CallParser.call(List.of("DEFAULT"), List.of(), tokens.next().at());
        }
        return expressions.expression();
    }

    private Select select() {
        Place at = tokens.at();
        tokens.expect("SELECT");
        boolean distinct = tokens.accept("DISTINCT");
        if (!distinct) {
            tokens.accept("ALL");
        }
        SqlExpression top = top();
        boolean withTies = top != null && tokens.accept("WITH", "TIES");
        List<Item> items = tokens.commaSeparated(this::item);
        List<String> into = tokens.accept("INTO") ? tokens.qualifiedName() : null;
        List<FromItem> from = tokens.accept("FROM") ? from() : List.of();
        SqlExpression where = tokens.accept("WHERE") ? expressions.expression() : null;
        List<SqlExpression> groupBy = tokens.accept("GROUP", "BY") ? groupBy() : List.of();
        SqlExpression having = tokens.accept("HAVING") ? expressions.expression() : null;
        return new Select(distinct, top, withTies, items, into, from, where, groupBy, having, at);
    }

    SqlExpression top() {
        if (!tokens.accept("TOP")) {
            return null;
        }
        SqlExpression count;
        if (tokens.accept("(")) {
            count = expressions.expression();
            tokens.expect(")");
        } else {
            Token token = tokens.peek();
            if (token.kind() != Kind.INTEGER && token.kind() != Kind.VARIABLE) {
                throw tokens.unexpected("expected a number of rows");
            }
            tokens.next();
            count = token.kind() == Kind.VARIABLE ? new SqlExpression.Variable(token.text(), token.at())
                : new SqlExpression.Constant(SqlExpression.ConstantKind.INTEGER, token.text(), token.at());
        }
        if (tokens.at("PERCENT")) {
            throw TokenStream.unsupported(tokens.at(), "TOP … PERCENT");
        }
        return count;
    }

    private List<SqlExpression> groupBy() {
        if (tokens.atAny("ROLLUP", "CUBE") || tokens.at("GROUPING", "SETS")) {
            throw TokenStream.unsupported(tokens.at(), "GROUP BY " + tokens.peek().text().toUpperCase(Locale.ROOT));
        }
        List<SqlExpression> keys = tokens.commaSeparated(expressions::expression);
        if (tokens.at("WITH") && (tokens.peek(1).is("ROLLUP") || tokens.peek(1).is("CUBE"))) {
            throw TokenStream.unsupported(tokens.at(), "GROUP BY … WITH " + tokens.peek(1).text().toUpperCase(Locale.ROOT));
        }
        return keys;
    }

    /** An entry of a select or OUTPUT list. */
    Item item() {
        if (tokens.at(Kind.VARIABLE) && tokens.peek(1).is("=")) {
            String variable = tokens.variable();
            tokens.next();
            return new Item(expressions.expression(), null, variable);
        }
        if (tokens.at(Kind.VARIABLE) && tokens.peek(1).text().matches("[-+*/%&|^]=")) {
            throw TokenStream.unsupported(tokens.peek(1).at(), "SELECT @variable " + tokens.peek(1).text());
        }
        if ((tokens.peek().isName() || tokens.at(Kind.STRING)) && tokens.peek(1).is("=")) {
            String alias = tokens.next().text();
            tokens.next();
            return new Item(expressions.expression(), alias, null);
        }
        Star star = star();
        if (star != null) {
            return new Item(star, null, null);
        }
        SqlExpression value = expressions.expression();
        return new Item(value, columnAlias(), null);
    }

    private Star star() {
        Place at = tokens.at();
        int mark = tokens.mark();
        List<String> qualifier = new ArrayList<>();
        while (tokens.peek().isName() && tokens.peek(1).is(".")) {
            qualifier.add(tokens.next().text());
            tokens.next();
        }
        if (tokens.accept("*")) {
            return new Star(qualifier, at);
        }
        tokens.reset(mark);
        return null;
    }

    private String columnAlias() {
        if (tokens.accept("AS")) {
            if (tokens.at(Kind.STRING) || tokens.at(Kind.NATIONAL_STRING)) {
                return tokens.next().text();
            }
            return tokens.name();
        }
        if (tokens.at(Kind.STRING) || tokens.peek().isName() && !StatementParser.startsStatement(tokens)) {
            return tokens.next().text();
        }
        return null;
    }

    List<FromItem> from() {
        return tokens.commaSeparated(this::joined);
    }

    private FromItem joined() {
        FromItem left = tableItem();
        while (true) {
            Place at = tokens.at();
            if (tokens.accept("CROSS", "JOIN")) {
                left = new JoinedTables(left, tableItem(), "CROSS", null, at);
            } else if (tokens.accept("CROSS", "APPLY")) {
                left = new AppliedTable(left, tableItem(), false, at);
            } else if (tokens.accept("OUTER", "APPLY")) {
                left = new AppliedTable(left, tableItem(), true, at);
            } else if (tokens.atAny("JOIN", "INNER", "LEFT", "RIGHT", "FULL")) {
                String kind = joinKind();
                FromItem right = joined();
                tokens.expect("ON");
                left = new JoinedTables(left, right, kind, expressions.expression(), at);
            } else if (tokens.atAny("PIVOT", "UNPIVOT")) {
                throw TokenStream.unsupported(at, tokens.peek().text().toUpperCase(Locale.ROOT));
            } else {
                return left;
            }
        }
    }

    private String joinKind() {
        if (tokens.accept("JOIN")) {
            return "INNER";
        }
        String kind = tokens.next().text().toUpperCase(Locale.ROOT);
        tokens.accept("OUTER");
        for (String hint : List.of("LOOP", "HASH", "MERGE", "REMOTE")) {
            tokens.accept(hint);
        }
        tokens.expect("JOIN");
        return kind;
    }

    private FromItem tableItem() {
        Place at = tokens.at();
        if (tokens.at("(")) {
            return parenthesisedTable(at);
        }
        if (tokens.at(Kind.VARIABLE)) {
            return new NamedTable(List.of(tokens.variable()), tableAlias(), at);
        }
        if (tokens.atAny("OPENROWSET", "OPENQUERY", "OPENDATASOURCE", "OPENXML", "CONTAINSTABLE", "FREETEXTTABLE")) {
            throw TokenStream.unsupported(at, tokens.peek().text().toUpperCase(Locale.ROOT));
        }
        List<String> name = tokens.qualifiedName();
        if (tokens.at("(") && !isHint(tokens.peek(1))) {
            tokens.next();
            List<SqlExpression> arguments = tokens.at(")") ? List.of() : tokens.commaSeparated(expressions::expression);
            tokens.expect(")");
            if (tokens.at("WITH", "(")) {
                throw TokenStream.unsupported(tokens.at(), name.getLast().toUpperCase(Locale.ROOT) + " … WITH");
            }
            String alias = tableAlias();
            return new TableFunction(name, arguments, alias, alias == null ? List.of() : columnNames(), at);
        }
        if (tokens.at("FOR", "SYSTEM_TIME") || tokens.at("TABLESAMPLE")) {
            throw TokenStream.unsupported(tokens.at(), tokens.at("TABLESAMPLE") ? "TABLESAMPLE" : "FOR SYSTEM_TIME");
        }
        hints();
        String alias = tableAlias();
        hints();
        return new NamedTable(name, alias, at);
    }

    private FromItem parenthesisedTable(Place at) {
        if (startsQuery() || tokens.peek(1).is("VALUES")) {
            tokens.expect("(");
            Query query = query();
            tokens.expect(")");
            String alias = tableAlias();
            if (alias == null) {
                throw tokens.unexpected("expected the derived table's name");
            }
            return new DerivedTable(query, alias, columnNames(), at);
        }
        tokens.expect("(");
        FromItem inner = tokens.nested(this::joined);
        tokens.expect(")");
        return inner;
    }

    private List<String> columnNames() {
        return tokens.at("(") ? tokens.inParentheses(tokens::name) : List.of();
    }

    String tableAlias() {
        if (tokens.accept("AS")) {
            return tokens.name();
        }
        return tokens.peek().isName() && !tokens.at("OFFSET") && !tokens.at("OPTION") && !tokens.at("APPLY")
            && !StatementParser.startsStatement(tokens) && !tokens.at("OUTPUT") && !tokens.at("USING") ? tokens.next().text() : null;
    }

    private static boolean isHint(Token token) {
        return token.text().toUpperCase(Locale.ROOT)
            .matches("NOLOCK|READUNCOMMITTED|READPAST|UPDLOCK|HOLDLOCK|TABLOCK|TABLOCKX|ROWLOCK|XLOCK");
    }

    /** Locking and index hints; they change no result here, where writers do not block readers. */
    void hints() {
        if (tokens.at("WITH", "(") && tokens.peek(1).is("(")) {
            tokens.next();
            tokens.skipParentheses();
        } else if (tokens.at("(") && isHint(tokens.peek(1))) {
            tokens.skipParentheses();
        }
    }
}
