package io.lazuli.languages.queryacceleration;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.LazuliException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads {@code SELECT … FROM BlobStorage[*].path [WHERE …] [LIMIT n]}. */
final class QueryParser {
    private static final long LEAST_SPLIT = 10 << 20;

    private final Tokens tokens;
    private final ExpressionParser expressions;

    QueryParser(List<Token> list) {
        tokens = new Tokens(list);
        expressions = new ExpressionParser(tokens);
    }

    Query query() {
        tokens.expect("SELECT");
        if (tokens.peek().is("SYS") && tokens.peek(1).is(".")) {
            return split();
        }
        List<Query.Column> columns = columns();
        tokens.expect("FROM");
        List<Node.Step> path = table();
        Optional<Node> condition = tokens.accept("WHERE") ? Optional.of(expressions.expression()) : Optional.empty();
        OptionalLong limit = tokens.accept("LIMIT") ? OptionalLong.of(tokens.integer()) : OptionalLong.empty();
        end();
        return new Query(columns, path, condition, limit, OptionalLong.empty());
    }

    private void end() {
        tokens.accept(";");
        if (tokens.peek().kind() != Token.Kind.END) {
            throw tokens.unexpected("the end of the query");
        }
    }

    private List<Query.Column> columns() {
        List<Query.Column> columns = new ArrayList<>();
        if (tokens.accept("*")) {
            return columns;
        }
        do {
            Node expression = expressions.expression();
            columns.add(new Query.Column(expression, tokens.accept("AS") ? Optional.of(tokens.name()) : Optional.empty()));
        } while (tokens.accept(","));
        return columns;
    }

    private List<Node.Step> table() {
        Token table = tokens.next();
        if (!table.is("BlobStorage")) {
            throw failure(CommonError.SYNTAX_ERROR, table.place(), "Expected BlobStorage instead of '%s'", table.text());
        }
        List<Node.Step> path = new ArrayList<>(expressions.steps());
        if (!path.isEmpty() && path.getFirst() instanceof Node.Step.Each) {
            path.removeFirst();
        }
        return path;
    }

    private Query split() {
        tokens.next();
        tokens.expect(".");
        tokens.expect("SPLIT");
        tokens.expect("(");
        Token size = tokens.peek();
        long bytes = tokens.integer();
        if (bytes < LEAST_SPLIT) {
            throw tooSmall(size);
        }
        tokens.expect(")");
        tokens.expect("FROM");
        tokens.expect("BlobStorage");
        end();
        return new Query(List.of(), List.of(), Optional.empty(), OptionalLong.empty(), OptionalLong.of(bytes));
    }

    private static LazuliException tooSmall(Token size) {
        return failure(CommonError.INVALID_ARGUMENT, size.place(), "sys.split takes at least %d bytes, not %s", LEAST_SPLIT, size.text());
    }
}
