package io.lazuli.languages.dataflow.script;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.Place;
import io.lazuli.languages.dataflow.script.FlowScript.Parameter;
import io.lazuli.languages.dataflow.script.FlowScript.Statement;
import io.lazuli.languages.dataflow.script.FlowScript.StreamReference;
import io.lazuli.languages.dataflow.syntax.ExpressionParser;
import io.lazuli.languages.dataflow.syntax.FlowExpression;
import io.lazuli.languages.dataflow.syntax.Token;
import io.lazuli.languages.dataflow.syntax.Token.Kind;
import io.lazuli.languages.dataflow.syntax.TokenStream;
import io.lazuli.languages.dataflow.syntax.TypeName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Parses whole scripts; text that is none fails with {@code SYNTAX_ERROR}, line and column. */
public final class ScriptParser {
    private final TokenStream tokens;
    private final ExpressionParser expressions;

    private ScriptParser(TokenStream tokens) {
        this.tokens = tokens;
        this.expressions = new ExpressionParser(tokens);
    }

    /** The script, in which each statement's transformation is known and takes its arguments by name. */
    public static FlowScript parse(String text) {
        FlowScript script = new ScriptParser(new TokenStream(text)).script();
        script.statements().forEach(TransformationForm::check);
        return script;
    }

    private FlowScript script() {
        List<Parameter> parameters = parameters();
        List<Statement> statements = new ArrayList<>();
        while (!tokens.at(Kind.END)) {
            statements.add(statement());
        }
        return new FlowScript(parameters, statements);
    }

    private List<Parameter> parameters() {
        List<Parameter> parameters = new ArrayList<>();
        if (!tokens.accept("parameters", "{")) {
            return parameters;
        }
        Set<String> names = new HashSet<>();
        while (!tokens.accept("}")) {
            Parameter parameter = parameter();
            if (!names.add(parameter.name())) {
                throw failure(CommonError.SYNTAX_ERROR, parameter.at(), "Parameter '%s' is declared twice", parameter.name());
            }
            parameters.add(parameter);
            if (!tokens.accept(",") && !tokens.at("}")) {
                throw tokens.unexpected("',' or '}'");
            }
        }
        return parameters;
    }

    private Parameter parameter() {
        Place at = tokens.at();
        String name = tokens.name();
        tokens.expect("as");
        TypeName type = expressions.type();
        Optional<FlowExpression> value = Optional.empty();
        if (tokens.accept("(")) {
            value = Optional.of(expressions.expression());
            tokens.expect(")");
        }
        return new Parameter(name, type, value, at);
    }

    private Statement statement() {
        List<StreamReference> inputs = new ArrayList<>();
        if (!startsTransformation()) {
            do {
                inputs.add(reference());
            } while (tokens.accept(","));
        }
        if (!startsTransformation()) {
            throw tokens.unexpected(inputs.isEmpty() ? "a stream or a transformation" : "a transformation, such as 'filter('");
        }
        Token transformation = tokens.next();
        List<FlowExpression> arguments = expressions.arguments();
        tokens.expect("~>");
        Place nameAt = tokens.at();
        String name = tokens.name();
        List<String> outputs = tokens.accept("@") ? tokens.inParentheses(tokens::name) : List.of();
        return new Statement(inputs, transformation.text(), arguments, name, outputs, transformation.at(), nameAt);
    }

    private boolean startsTransformation() {
        return tokens.at(Kind.WORD) && tokens.peek(1).is("(");
    }

    private StreamReference reference() {
        Place at = tokens.at();
        String name = tokens.name();
        return new StreamReference(name, tokens.accept("@") ? Optional.of(tokens.name()) : Optional.empty(), at);
    }
}
