package io.lazuli.languages.tsql.syntax;

import io.lazuli.foundation.Place;
import io.lazuli.languages.tsql.syntax.Statement.CreateProcedure;
import io.lazuli.languages.tsql.syntax.Statement.Parameter;
import io.lazuli.languages.tsql.syntax.Statement.Replace;
import java.util.List;
import java.util.Locale;

/** Parses procedures and their parameters. */
final class ProcedureParser {
    private final TokenStream tokens;
    private final ExpressionParser expressions;
    private final StatementParser statements;

    ProcedureParser(TokenStream tokens, ExpressionParser expressions, StatementParser statements) {
        this.tokens = tokens;
        this.expressions = expressions;
        this.statements = statements;
    }

    Statement procedure(Token first, Replace replace) {
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
        TypeName type = expressions.typeName();
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
        return expressions.expression();
    }
}
