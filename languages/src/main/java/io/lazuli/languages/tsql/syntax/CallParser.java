package io.lazuli.languages.tsql.syntax;

import io.lazuli.foundation.Place;
import io.lazuli.languages.tsql.syntax.SqlExpression.Frame;
import io.lazuli.languages.tsql.syntax.SqlExpression.FunctionCall;
import io.lazuli.languages.tsql.syntax.SqlExpression.OrderItem;
import io.lazuli.languages.tsql.syntax.SqlExpression.Over;
import java.util.ArrayList;
import java.util.List;

/** Parses what follows a function's name: arguments, {@code WITHIN GROUP}, {@code OVER}. */
final class CallParser {
    private final TokenStream tokens;
    private final ExpressionParser expressions;

    CallParser(TokenStream tokens, ExpressionParser expressions) {
        this.tokens = tokens;
        this.expressions = expressions;
    }

    static FunctionCall call(List<String> name, List<SqlExpression> arguments, Place at) {
        return new FunctionCall(name, arguments, false, false, List.of(), null, at);
    }

    FunctionCall call(List<String> name, Place at) {
        tokens.expect("(");
        boolean distinct = tokens.accept("DISTINCT");
        if (!distinct) {
            tokens.accept("ALL");
        }
        boolean star = tokens.accept("*");
        List<SqlExpression> arguments = new ArrayList<>();
        if (!star && !tokens.at(")")) {
            if (name.getLast().equalsIgnoreCase("TRIM")) {
                arguments.addAll(trimArguments());
            } else {
                arguments.addAll(tokens.commaSeparated(expressions::expression));
            }
        }
        tokens.expect(")");
        List<OrderItem> withinGroup = List.of();
        if (tokens.accept("WITHIN", "GROUP")) {
            tokens.expect("(", "ORDER", "BY");
            withinGroup = orderItems();
            tokens.expect(")");
        }
        if (tokens.at("IGNORE", "NULLS") || tokens.at("RESPECT", "NULLS")) {
            throw TokenStream.unsupported(tokens.at(), tokens.peek().text() + " NULLS");
        }
        Over over = tokens.at("OVER") ? over() : null;
        return new FunctionCall(name, arguments, distinct, star, withinGroup, over, at);
    }

    /** {@code TRIM(value)}, {@code TRIM(characters FROM value)}; given as value, then characters. */
    private List<SqlExpression> trimArguments() {
        if (tokens.atAny("LEADING", "TRAILING", "BOTH")) {
            throw TokenStream.unsupported(tokens.at(), "TRIM with " + tokens.peek().text());
        }
        SqlExpression first = expressions.expression();
        return tokens.accept("FROM") ? List.of(expressions.expression(), first) : List.of(first);
    }

    List<OrderItem> orderItems() {
        return tokens.commaSeparated(() -> {
            SqlExpression expression = expressions.expression();
            boolean ascending = !tokens.accept("DESC");
            if (ascending) {
                tokens.accept("ASC");
            }
            return new OrderItem(expression, ascending);
        });
    }

    private Over over() {
        Place at = tokens.next().at();
        if (!tokens.at("(")) {
            throw TokenStream.unsupported(tokens.at(), "A named window");
        }
        tokens.expect("(");
        List<SqlExpression> partitionBy = List.of();
        if (tokens.accept("PARTITION", "BY")) {
            partitionBy = tokens.commaSeparated(expressions::expression);
        }
        List<OrderItem> orderBy = tokens.accept("ORDER", "BY") ? orderItems() : List.of();
        Frame frame = tokens.atAny("ROWS", "RANGE") ? frame() : null;
        tokens.expect(")");
        return new Over(partitionBy, orderBy, frame, at);
    }

    private Frame frame() {
        boolean rows = tokens.next().is("ROWS");
        if (tokens.accept("BETWEEN")) {
            Long start = bound();
            tokens.expect("AND");
            return new Frame(rows, start, bound());
        }
        return new Frame(rows, bound(), 0L);
    }

    private Long bound() {
        if (tokens.accept("UNBOUNDED")) {
            if (!tokens.accept("PRECEDING")) {
                tokens.expect("FOLLOWING");
            }
            return null;
        }
        if (tokens.accept("CURRENT", "ROW")) {
            return 0L;
        }
        long distance = tokens.integer();
        if (tokens.accept("PRECEDING")) {
            return -distance;
        }
        tokens.expect("FOLLOWING");
        return distance;
    }
}
