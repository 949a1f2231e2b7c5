package io.lazuli.languages.tsql.syntax;

import java.util.ArrayList;
import java.util.List;

/**
 * Parses T-SQL text.
 *
 * <p>Text that is no T-SQL fails with {@code SYNTAX_ERROR}, a construct that is not run with {@code NOT_SUPPORTED}; both with line and
 * column. Names, types and functions are the binder's to check.
 */
public final class TsqlParser {
    private TsqlParser() {
    }

    /** The batches of a script, which lines with {@code GO} separate. */
    public static List<List<Statement>> script(String text) {
        TokenStream tokens = new TokenStream(text);
        StatementParser parser = new StatementParser(tokens);
        List<List<Statement>> batches = new ArrayList<>();
        while (true) {
            List<Statement> batch = parser.batch();
            if (!batch.isEmpty()) {
                batches.add(batch);
            }
            if (tokens.at(Token.Kind.END)) {
                return batches;
            }
            tokens.next();
        }
    }

    /** A type as catalogs keep it, such as {@code decimal(10,2)}. */
    public static TypeName type(String text) {
        TokenStream tokens = new TokenStream(text);
        return new QueryParser(tokens).expressions().typeName();
    }

    /** An expression alone, such as a column's default. */
    public static SqlExpression expression(String text) {
        TokenStream tokens = new TokenStream(text);
        SqlExpression expression = new QueryParser(tokens).expressions().expression();
        if (!tokens.at(Token.Kind.END)) {
            throw tokens.unexpected("the expression ends before");
        }
        return expression;
    }
}
