package io.lazuli.languages.dataflow.syntax;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.NearestName;
import io.lazuli.foundation.Place;
import io.lazuli.languages.dataflow.syntax.FlowExpression.ArrayOrMap;
import io.lazuli.languages.dataflow.syntax.FlowExpression.Assignment;
import io.lazuli.languages.dataflow.syntax.FlowExpression.Binary;
import io.lazuli.languages.dataflow.syntax.FlowExpression.CachedLookup;
import io.lazuli.languages.dataflow.syntax.FlowExpression.Call;
import io.lazuli.languages.dataflow.syntax.FlowExpression.Column;
import io.lazuli.languages.dataflow.syntax.FlowExpression.Constant;
import io.lazuli.languages.dataflow.syntax.FlowExpression.Declaration;
import io.lazuli.languages.dataflow.syntax.FlowExpression.Index;
import io.lazuli.languages.dataflow.syntax.FlowExpression.LambdaItem;
import io.lazuli.languages.dataflow.syntax.FlowExpression.Local;
import io.lazuli.languages.dataflow.syntax.FlowExpression.Member;
import io.lazuli.languages.dataflow.syntax.FlowExpression.Option;
import io.lazuli.languages.dataflow.syntax.FlowExpression.Pair;
import io.lazuli.languages.dataflow.syntax.FlowExpression.Parameter;
import io.lazuli.languages.dataflow.syntax.FlowExpression.PatternVariable;
import io.lazuli.languages.dataflow.syntax.FlowExpression.Structure;
import io.lazuli.languages.dataflow.syntax.FlowExpression.TypeHint;
import io.lazuli.languages.dataflow.syntax.FlowExpression.Unary;
import io.lazuli.languages.dataflow.syntax.Token.Kind;
import java.util.List;
import java.util.Locale;

/**
 * Parses the expressions of data flows.
 *
 * <p>Text that is none fails with {@code SYNTAX_ERROR} and line and column. Names, types and functions are the binder's to check. A
 * script's parser shares the {@link TokenStream} and calls {@link #arguments()} for what stands in a transformation's parentheses.
 */
public final class ExpressionParser {
    /** Operators from those that bind least to those that bind most. */
    private static final List<List<String>> LEVELS = List.of(List.of("||"), List.of("&&"), List.of("|"), List.of("^"), List.of("&"),
        List.of("===", "==", "!=", "<=>"), List.of("<=", ">=", "<", ">"), List.of("+", "-"), List.of("*", "/", "%"));
    private static final List<String> CACHE_FORMS = List.of("lookup", "mlookup", "output", "outputs");

    private final TokenStream tokens;
    private final TypeParser types;

    public ExpressionParser(TokenStream tokens) {
        this.tokens = tokens;
        this.types = new TypeParser(tokens);
    }

    /** The expression that is the whole text. */
    public static FlowExpression parse(String text) {
        return whole(new TokenStream(text));
    }

    static FlowExpression whole(TokenStream tokens) {
        FlowExpression expression = new ExpressionParser(tokens).expression();
        if (!tokens.at(Kind.END)) {
            throw tokens.unexpected("an operator or the end of the expression" + (tokens.at("=") ? " (== compares)" : ""));
        }
        return expression;
    }

    public FlowExpression expression() {
        return tokens.nested(() -> binary(0));
    }

    public TypeName type() {
        return types.type();
    }

    /** {@code name as type 'format'}. */
    public TypeName.Member declaration() {
        return types.member();
    }

    /** {@code (argument, ...)}: expressions, and the forms that only transformations and structures have. */
    public List<FlowExpression> arguments() {
        return tokens.inParentheses(this::argument);
    }

    /** {@code name: value}, {@code name as type 'format'}, {@code target = value}, {@code key -> value} or an expression. */
    public FlowExpression argument() {
        Token first = tokens.peek();
        if (first.kind() == Kind.WORD && tokens.peek(1).is(":")) {
            tokens.next();
            tokens.next();
            return new Option(first.text(), argument(), first.at());
        }
        if (first.isName() && tokens.peek(1).is("as")) {
            tokens.next();
            return new Declaration(types.member(first), first.at());
        }
        FlowExpression expression = expression();
        Place at = tokens.at();
        if (tokens.accept("=")) {
            return new Assignment(expression, expression(), at);
        }
        return pairs(expression, at);
    }

    /** {@code key -> value}; {@code a -> b -> c}, which calls take for three arguments, is {@code a -> (b -> c)}. */
    private FlowExpression pairs(FlowExpression key, Place at) {
        if (!tokens.accept("->")) {
            return key;
        }
        FlowExpression value = expression();
        return tokens.nested(() -> new Pair(key, pairs(value, tokens.at()), at));
    }

    private FlowExpression binary(int level) {
        if (level == LEVELS.size()) {
            return unary();
        }
        FlowExpression left = binary(level + 1);
        while (tokens.at(Kind.SYMBOL) && LEVELS.get(level).contains(tokens.peek().text())) {
            Token operator = tokens.next();
            left = new Binary(operator.text(), left, binary(level + 1), operator.at());
        }
        return left;
    }

    private FlowExpression unary() {
        Token operator = tokens.peek();
        if (tokens.accept("!") || tokens.accept("-")) {
            boolean number = operator.is("-") && tokens.at(Kind.NUMBER) && !tokens.peek().text().matches("0[xX].*");
            if (number) {
                Token digits = tokens.next();
                return postfix(new Constant(Numbers.parse("-" + digits.text(), digits.at()), operator.at()));
            }
            return tokens.nested(() -> new Unary(operator.text(), unary(), operator.at()));
        }
        return tokens.accept("+") ? tokens.nested(this::unary) : postfix(primary());
    }

    private FlowExpression postfix(FlowExpression first) {
        FlowExpression value = first;
        while (true) {
            Place at = tokens.at();
            if (tokens.accept(".")) {
                value = new Member(value, tokens.name(), at);
            } else if (tokens.accept("[")) {
                value = new Index(value, expression(), at);
                tokens.expect("]");
            } else if (tokens.accept("?")) {
                value = new TypeHint(value, types.type(), at);
            } else {
                return value;
            }
        }
    }

    private FlowExpression primary() {
        Token token = tokens.peek();
        Place at = token.at();
        return switch (token.kind()) {
            case STRING -> new Constant(tokens.next().text(), at);
            case INTERPOLATED -> InterpolationParser.parse(tokens.source(), tokens.next());
            case NUMBER -> new Constant(Numbers.parse(tokens.next().text(), at), at);
            case DOLLAR -> dollar(tokens.next());
            case HASH -> new LambdaItem(tokens.next().text(), at);
            case WORD, BRACED_NAME -> named();
            case SYMBOL -> symbol(token);
            case END -> throw tokens.unexpected("an expression");
        };
    }

    private static FlowExpression dollar(Token token) {
        boolean pattern = token.text().equals("$") || token.text().matches("\\d+");
        return pattern ? new PatternVariable(token.text(), token.at()) : new Parameter(token.text(), token.at());
    }

    private FlowExpression symbol(Token token) {
        return switch (token.text()) {
            case "(" -> {
                tokens.next();
                FlowExpression inner = expression();
                tokens.expect(")");
                yield inner;
            }
            case "[" -> new ArrayOrMap(tokens.enclosed("[", this::argument, "]"), token.at());
            case "@" -> {
                tokens.next();
                yield new Structure(arguments(), token.at());
            }
            case ":" -> {
                tokens.next();
                yield new Local(tokens.name(), token.at());
            }
            default -> throw tokens.unexpected("an expression");
        };
    }

    /** What begins with a name: a call, a cached lookup, {@code stream@column}, a constant or a column. */
    private FlowExpression named() {
        Token name = tokens.next();
        if (name.kind() == Kind.WORD && tokens.at("(")) {
            return new Call(name.text(), arguments(), name.at());
        }
        if (tokens.at(Kind.HASH) && tokens.peek().start() == name.end()) {
            return cached(name);
        }
        if (tokens.at("@") && !tokens.at("@", "(")) {
            return streamColumn(name);
        }
        return name.kind() == Kind.WORD ? word(name) : new Column(null, name.text(), name.at());
    }

    private static FlowExpression word(Token name) {
        return switch (name.text().toLowerCase(Locale.ROOT)) {
            case "true" -> new Constant(true, name.at());
            case "false" -> new Constant(false, name.at());
            case "null" -> new Constant(null, name.at());
            default -> new Column(null, name.text(), name.at());
        };
    }

    /** {@code stream@column}; a split's stream has two names: {@code split1@cheap@price}. */
    private FlowExpression streamColumn(Token first) {
        StringBuilder stream = new StringBuilder(first.text());
        tokens.expect("@");
        String column = tokens.name();
        while (tokens.accept("@")) {
            stream.append('@').append(column);
            column = tokens.name();
        }
        return new Column(stream.toString(), column, first.at());
    }

    private FlowExpression cached(Token sink) {
        Token form = tokens.next();
        if (!CACHE_FORMS.contains(form.text())) {
            throw failure(CommonError.SYNTAX_ERROR, form.at(), "After a cached sink stands one of %s, not '%s'%s", CACHE_FORMS, form.text(),
                NearestName.hint(form.text(), CACHE_FORMS));
        }
        return new CachedLookup(sink.text(), form.text(), tokens.inParentheses(this::expression), sink.at());
    }
}
