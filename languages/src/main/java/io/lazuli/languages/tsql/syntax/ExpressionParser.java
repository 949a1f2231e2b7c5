package io.lazuli.languages.tsql.syntax;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.Place;
import io.lazuli.languages.tsql.syntax.SqlExpression.And;
import io.lazuli.languages.tsql.syntax.SqlExpression.AtTimeZone;
import io.lazuli.languages.tsql.syntax.SqlExpression.Between;
import io.lazuli.languages.tsql.syntax.SqlExpression.Binary;
import io.lazuli.languages.tsql.syntax.SqlExpression.Branch;
import io.lazuli.languages.tsql.syntax.SqlExpression.Case;
import io.lazuli.languages.tsql.syntax.SqlExpression.Collate;
import io.lazuli.languages.tsql.syntax.SqlExpression.ColumnName;
import io.lazuli.languages.tsql.syntax.SqlExpression.Comparison;
import io.lazuli.languages.tsql.syntax.SqlExpression.Constant;
import io.lazuli.languages.tsql.syntax.SqlExpression.ConstantKind;
import io.lazuli.languages.tsql.syntax.SqlExpression.Conversion;
import io.lazuli.languages.tsql.syntax.SqlExpression.Exists;
import io.lazuli.languages.tsql.syntax.SqlExpression.InList;
import io.lazuli.languages.tsql.syntax.SqlExpression.InQuery;
import io.lazuli.languages.tsql.syntax.SqlExpression.IsNull;
import io.lazuli.languages.tsql.syntax.SqlExpression.Like;
import io.lazuli.languages.tsql.syntax.SqlExpression.Not;
import io.lazuli.languages.tsql.syntax.SqlExpression.Or;
import io.lazuli.languages.tsql.syntax.SqlExpression.Subquery;
import io.lazuli.languages.tsql.syntax.SqlExpression.Unary;
import io.lazuli.languages.tsql.syntax.SqlExpression.Variable;
import io.lazuli.languages.tsql.syntax.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Parses expressions and conditions. Which of both stands where is left to the binder, as parentheses may hold either. */
final class ExpressionParser {
    private static final Set<String> COMPARISONS = Set.of("=", "<>", "!=", "<", "<=", ">", ">=", "!<", "!>");
    private static final Set<String> ADDITIVE = Set.of("+", "-", "&", "|", "^");
    private static final Set<String> MULTIPLICATIVE = Set.of("*", "/", "%");
    /** Functions called without parentheses. */
    private static final Set<String> BARE_FUNCTIONS =
        Set.of("CURRENT_TIMESTAMP", "CURRENT_DATE", "CURRENT_USER", "SESSION_USER", "SYSTEM_USER", "USER");
    /** Reserved words that name functions. */
    private static final Set<String> RESERVED_FUNCTIONS = Set.of("COALESCE", "NULLIF", "LEFT", "RIGHT", "IDENTITY");

    private final TokenStream tokens;
    private final QueryParser queries;
    private final CallParser calls;

    ExpressionParser(TokenStream tokens, QueryParser queries) {
        this.tokens = tokens;
        this.queries = queries;
        this.calls = new CallParser(tokens, this);
    }

    /** A value or a condition. */
    SqlExpression expression() {
        return tokens.nested(this::or);
    }

    private SqlExpression or() {
        SqlExpression left = and();
        while (tokens.at("OR")) {
            Place at = tokens.next().at();
            left = new Or(left, and(), at);
        }
        return left;
    }

    private SqlExpression and() {
        SqlExpression left = not();
        while (tokens.at("AND")) {
            Place at = tokens.next().at();
            left = new And(left, not(), at);
        }
        return left;
    }

    private SqlExpression not() {
        if (tokens.at("NOT")) {
            Place at = tokens.next().at();
            return new Not(tokens.nested(this::not), at);
        }
        return predicate();
    }

    private SqlExpression predicate() {
        SqlExpression value = additive();
        while (true) {
            Token token = tokens.peek();
            if (token.kind() == Kind.SYMBOL && COMPARISONS.contains(token.text())) {
                value = comparison(value);
            } else if (tokens.at("IS")) {
                tokens.next();
                boolean negated = tokens.accept("NOT");
                if (tokens.at("DISTINCT")) {
                    throw TokenStream.unsupported(token.at(), "IS [NOT] DISTINCT FROM");
                }
                tokens.expect("NULL");
                value = new IsNull(value, negated, token.at());
            } else if (tokens.atAny("BETWEEN", "IN", "LIKE") || tokens.at("NOT") && isRangeWord(tokens.peek(1))) {
                boolean negated = tokens.accept("NOT");
                value = range(value, negated, token.at());
            } else {
                return value;
            }
        }
    }

    private static boolean isRangeWord(Token token) {
        return token.is("BETWEEN") || token.is("IN") || token.is("LIKE");
    }

    private SqlExpression comparison(SqlExpression left) {
        Token operator = tokens.next();
        if (tokens.atAny("ALL", "ANY", "SOME") && tokens.peek(1).is("(")) {
            throw TokenStream.unsupported(tokens.at(), "A comparison with " + tokens.peek().text().toUpperCase(Locale.ROOT));
        }
        String canonical = switch (operator.text()) {
            case "!=" -> "<>";
            case "!<" -> ">=";
            case "!>" -> "<=";
            default -> operator.text();
        };
        return new Comparison(canonical, left, additive(), operator.at());
    }

    private SqlExpression range(SqlExpression value, boolean negated, Place at) {
        if (tokens.accept("BETWEEN")) {
            SqlExpression low = additive();
            tokens.expect("AND");
            return new Between(value, low, additive(), negated, at);
        }
        if (tokens.accept("LIKE")) {
            SqlExpression pattern = additive();
            SqlExpression escape = tokens.accept("ESCAPE") ? additive() : null;
            return new Like(value, pattern, escape, negated, at);
        }
        tokens.expect("IN", "(");
        if (queries.startsQuery()) {
            Query query = queries.query();
            tokens.expect(")");
            return new InQuery(value, query, negated, at);
        }
        List<SqlExpression> items = tokens.commaSeparated(this::expression);
        tokens.expect(")");
        return new InList(value, items, negated, at);
    }

    private SqlExpression additive() {
        SqlExpression left = multiplicative();
        while (tokens.at(Kind.SYMBOL) && ADDITIVE.contains(tokens.peek().text())) {
            Token operator = tokens.next();
            left = new Binary(operator.text(), left, multiplicative(), operator.at());
        }
        return left;
    }

    private SqlExpression multiplicative() {
        SqlExpression left = unary();
        while (tokens.at(Kind.SYMBOL) && MULTIPLICATIVE.contains(tokens.peek().text())) {
            Token operator = tokens.next();
            left = new Binary(operator.text(), left, unary(), operator.at());
        }
        return left;
    }

    private SqlExpression unary() {
        if (tokens.atAny("-", "+", "~")) {
            Token operator = tokens.next();
            return new Unary(operator.text(), tokens.nested(this::unary), operator.at());
        }
        SqlExpression value = tokens.nested(this::primary);
        while (true) {
            if (tokens.at("COLLATE")) {
                Place at = tokens.next().at();
                value = new Collate(value, tokens.next().text(), at);
            } else if (tokens.at("AT", "TIME", "ZONE")) {
                Place at = tokens.at();
                tokens.expect("AT", "TIME", "ZONE");
                value = new AtTimeZone(value, primary(), at);
            } else {
                return value;
            }
        }
    }

    private SqlExpression primary() {
        Token token = tokens.peek();
        return switch (token.kind()) {
            case INTEGER -> constant(ConstantKind.INTEGER);
            case DECIMAL -> constant(ConstantKind.DECIMAL);
            case FLOAT -> constant(ConstantKind.FLOAT);
            case MONEY -> constant(ConstantKind.MONEY);
            case STRING -> constant(ConstantKind.STRING);
            case NATIONAL_STRING -> constant(ConstantKind.NATIONAL_STRING);
            case BINARY -> constant(ConstantKind.BINARY);
            case VARIABLE -> new Variable(tokens.next().text(), token.at());
            case SYMBOL -> parenthesised();
            case WORD -> word();
            case QUOTED_NAME -> nameOrCall();
            case BATCH_END, END -> throw tokens.unexpected("expected an expression");
        };
    }

    private SqlExpression constant(ConstantKind kind) {
        Token token = tokens.next();
        return new Constant(kind, token.text(), token.at());
    }

    private SqlExpression parenthesised() {
        Place at = tokens.at();
        if (!tokens.at("(")) {
            throw tokens.unexpected("expected an expression");
        }
        tokens.next();
        if (queries.startsQuery()) {
            Query query = queries.query();
            tokens.expect(")");
            return new Subquery(query, at);
        }
        SqlExpression value = expression();
        tokens.expect(")");
        return value;
    }

    private SqlExpression word() {
        Token token = tokens.peek();
        String word = token.text().toUpperCase(Locale.ROOT);
        if (BARE_FUNCTIONS.contains(word)) {
            tokens.next();
            return CallParser.call(List.of(word), List.of(), token.at());
        }
        if (RESERVED_FUNCTIONS.contains(word) && tokens.peek(1).is("(")) {
            tokens.next();
            return calls.call(List.of(token.text()), token.at());
        }
        return switch (word) {
            case "NULL" -> {
                tokens.next();
                yield new Constant(ConstantKind.NULL, "NULL", token.at());
            }
            case "CASE" -> caseExpression();
            case "EXISTS" -> exists();
            case "CONVERT", "TRY_CONVERT" -> convert(word.equals("TRY_CONVERT"));
            case "CAST", "TRY_CAST" -> tokens.peek(1).is("(") ? cast(word.equals("TRY_CAST")) : nameOrCall();
            case "PARSE", "TRY_PARSE" -> {
                if (tokens.peek(1).is("(")) {
                    throw TokenStream.unsupported(token.at(), word);
                }
                yield nameOrCall();
            }
            default -> nameOrCall();
        };
    }

    private SqlExpression exists() {
        Place at = tokens.next().at();
        tokens.expect("(");
        Query query = queries.query();
        tokens.expect(")");
        return new Exists(query, at);
    }

    private SqlExpression nameOrCall() {
        Place at = tokens.at();
        List<String> name = tokens.qualifiedName();
        return tokens.at("(") ? calls.call(name, at) : new ColumnName(name, at);
    }

    private SqlExpression caseExpression() {
        Place at = tokens.next().at();
        SqlExpression input = tokens.at("WHEN") ? null : expression();
        List<Branch> branches = new ArrayList<>();
        while (tokens.accept("WHEN")) {
            SqlExpression when = expression();
            tokens.expect("THEN");
            branches.add(new Branch(when, expression()));
        }
        if (branches.isEmpty()) {
            throw tokens.unexpected("expected WHEN");
        }
        SqlExpression otherwise = tokens.accept("ELSE") ? expression() : null;
        tokens.expect("END");
        return new Case(input, branches, otherwise, at);
    }

    private SqlExpression cast(boolean orNull) {
        Place at = tokens.next().at();
        tokens.expect("(");
        SqlExpression value = expression();
        tokens.expect("AS");
        TypeName type = typeName();
        tokens.expect(")");
        return new Conversion(value, type, null, orNull, at);
    }

    private SqlExpression convert(boolean orNull) {
        Place at = tokens.next().at();
        tokens.expect("(");
        TypeName type = typeName();
        tokens.expect(",");
        SqlExpression value = expression();
        SqlExpression style = tokens.accept(",") ? expression() : null;
        tokens.expect(")");
        return new Conversion(value, type, style, orNull, at);
    }

    /** {@code decimal(10, 2)}, {@code [nvarchar](max)}, {@code sys.sysname}. */
    TypeName typeName() {
        Place at = tokens.at();
        if (tokens.accept("DOUBLE")) {
            tokens.accept("PRECISION");
            return new TypeName("float", List.of(), at);
        }
        boolean national = tokens.accept("NATIONAL");
        List<String> parts = tokens.qualifiedName();
        String name = (national ? "n" : "") + parts.getLast().toLowerCase(Locale.ROOT);
        if (name.matches("n?char(acter)?|binary") && tokens.accept("VARYING")) {
            name = name.startsWith("n") ? "nvarchar" : name.equals("binary") ? "varbinary" : "varchar";
        }
        List<String> arguments = tokens.at("(") ? tokens.inParentheses(this::typeArgument) : List.of();
        return new TypeName(name, arguments, at);
    }

    private String typeArgument() {
        if (tokens.accept("MAX")) {
            return "max";
        }
        long value = tokens.integer();
        if (value < 0 || value > 8000) {
            throw failure(CommonError.SYNTAX_ERROR, tokens.at(), "The size (%d) given to the type exceeds the maximum allowed.", value);
        }
        return String.valueOf(value);
    }

    QueryParser queries() {
        return queries;
    }
}
