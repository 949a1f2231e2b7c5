package io.lazuli.languages.queryacceleration;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads expressions: OR, AND, NOT, comparisons, sums, products, then operands. */
final class ExpressionParser {
    private static final int MAX_DEPTH = 200;

    private final Tokens tokens;
    private int depth;

    ExpressionParser(Tokens tokens) {
        this.tokens = tokens;
    }

    Node expression() {
        if (++depth > MAX_DEPTH) {
            throw failure(CommonError.SYNTAX_ERROR, tokens.peek().place(), "The expression is nested too deeply");
        }
        Node left = conjunction();
        while (tokens.peek().is("OR")) {
            Place place = tokens.next().place();
            left = new Node.Binary("OR", left, conjunction(), place);
        }
        depth--;
        return left;
    }

    private Node conjunction() {
        Node left = negation();
        while (tokens.peek().is("AND")) {
            Place place = tokens.next().place();
            left = new Node.Binary("AND", left, negation(), place);
        }
        return left;
    }

    private Node negation() {
        int nots = 0;
        Place place = tokens.peek().place();
        while (tokens.accept("NOT")) {
            nots++;
        }
        Node operand = comparison();
        return nots % 2 == 0 ? operand : new Node.Not(operand, place);
    }

    private Node comparison() {
        Node left = sum();
        Token token = tokens.peek();
        if (tokens.accept("IS")) {
            boolean not = tokens.accept("NOT");
            boolean missing = tokens.accept("MISSING");
            if (!missing) {
                tokens.expect("NULL");
            }
            return negated(not, new Node.Absent(left, missing, token.place()));
        }
        boolean not = token.is("NOT") && tokens.accept("NOT");
        if (tokens.accept("BETWEEN")) {
            Node low = sum();
            tokens.expect("AND");
            Node high = sum();
            return negated(not, new Node.Binary("AND", new Node.Binary(">=", left, low, token.place()),
                new Node.Binary("<=", left, high, token.place()), token.place()));
        }
        if (tokens.accept("IN")) {
            return negated(not, in(left, token.place()));
        }
        if (tokens.accept("LIKE")) {
            return negated(not, new Node.Binary("LIKE", left, sum(), token.place()));
        }
        if (not) {
            throw tokens.unexpected("BETWEEN, IN or LIKE");
        }
        for (String operator : List.of("=", "<>", "!=", "<=", ">=", "<", ">")) {
            if (tokens.accept(operator)) {
                return new Node.Binary(operator.equals("!=") ? "<>" : operator, left, sum(), token.place());
            }
        }
        return left;
    }

    private static Node negated(boolean not, Node node) {
        return not ? new Node.Not(node, node.place()) : node;
    }

    private Node in(Node left, Place place) {
        tokens.expect("(");
        Node any = new Node.Binary("=", left, expression(), place);
        while (tokens.accept(",")) {
            any = new Node.Binary("OR", any, new Node.Binary("=", left, expression(), place), place);
        }
        tokens.expect(")");
        return any;
    }

    private Node sum() {
        Node left = product();
        while (tokens.peek().is("+") || tokens.peek().is("-") || tokens.peek().is("||")) {
            Token operator = tokens.next();
            left = new Node.Binary(operator.text(), left, product(), operator.place());
        }
        return left;
    }

    private Node product() {
        Node left = signed();
        while (tokens.peek().is("*") || tokens.peek().is("/") || tokens.peek().is("%")) {
            Token operator = tokens.next();
            left = new Node.Binary(operator.text(), left, signed(), operator.place());
        }
        return left;
    }

    private Node signed() {
        Token token = tokens.peek();
        if (!tokens.accept("-")) {
            tokens.accept("+");
            return operand();
        }
        return new Node.Negation(operand(), token.place());
    }

    private Node operand() {
        Token token = tokens.peek();
        switch (token.kind()) {
            case STRING -> {
                return new Node.Constant(tokens.next().text(), token.place());
            }
            case INTEGER -> {
                return token.text().length() > 18 ? new Node.Constant(Double.valueOf(tokens.next().text()), token.place())
                    : new Node.Constant(tokens.integer(), token.place());
            }
            case FLOAT -> {
                return new Node.Constant(Double.valueOf(tokens.next().text()), token.place());
            }
            case QUOTED_NAME -> {
                return field();
            }
            case WORD -> {
                return word(token);
            }
            default -> {
                tokens.expect("(");
                Node inner = expression();
                tokens.expect(")");
                return inner;
            }
        }
    }

    private Node word(Token token) {
        String word = token.text().toUpperCase(Locale.ROOT);
        boolean call = tokens.peek(1).is("(");
        return switch (word) {
            case "NULL" -> constant(null);
            case "TRUE" -> constant(true);
            case "FALSE" -> constant(false);
            case "CASE" -> choice();
            case "CAST" -> call ? cast() : field();
            default -> call ? call(word) : field();
        };
    }

    private Node constant(Object value) {
        return new Node.Constant(value, tokens.next().place());
    }

    private Node cast() {
        Place place = tokens.next().place();
        tokens.expect("(");
        Node operand = expression();
        tokens.expect("AS");
        String type = tokens.name();
        tokens.expect(")");
        return new Node.Conversion(operand, type.toUpperCase(Locale.ROOT), place);
    }

    private Node choice() {
        Place place = tokens.next().place();
        Optional<Node> operand = tokens.peek().is("WHEN") ? Optional.empty() : Optional.of(expression());
        List<Node> conditions = new ArrayList<>();
        List<Node> values = new ArrayList<>();
        while (tokens.accept("WHEN")) {
            conditions.add(expression());
            tokens.expect("THEN");
            values.add(expression());
        }
        if (conditions.isEmpty()) {
            throw tokens.unexpected("WHEN");
        }
        Optional<Node> otherwise = tokens.accept("ELSE") ? Optional.of(expression()) : Optional.empty();
        tokens.expect("END");
        return new Node.Choice(operand, conditions, values, otherwise, place);
    }

    private Node call(String name) {
        Place place = tokens.next().place();
        tokens.expect("(");
        List<Node> arguments = new ArrayList<>();
        switch (name) {
            case "EXTRACT" -> {
                arguments.add(new Node.Constant(tokens.name(), place));
                tokens.expect("FROM");
                arguments.add(expression());
            }
            case "TRIM" -> trim(arguments, place);
            case "COUNT" -> {
                if (!tokens.accept("*")) {
                    arguments.add(expression());
                }
            }
            default -> arguments(arguments);
        }
        tokens.expect(")");
        return new Node.Call(name, arguments, place);
    }

    /** {@code [LEADING | TRAILING | BOTH] [characters FROM] text}: the side, the text, the characters. */
    private void trim(List<Node> arguments, Place place) {
        String side = "BOTH";
        for (String word : List.of("LEADING", "TRAILING", "BOTH")) {
            if (tokens.peek().is(word) && !tokens.peek(1).is(")")) {
                tokens.next();
                side = word;
            }
        }
        Node first = tokens.peek().is("FROM") ? new Node.Constant(" ", place) : expression();
        boolean characters = tokens.accept("FROM");
        arguments.add(new Node.Constant(side, place));
        arguments.add(characters ? expression() : first);
        arguments.add(characters ? first : new Node.Constant(" ", place));
    }

    private void arguments(List<Node> arguments) {
        if (!tokens.peek().is(")")) {
            do {
                arguments.add(expression());
            } while (tokens.accept(","));
        }
    }

    private Node field() {
        Token token = tokens.peek();
        List<Node.Step> steps = new ArrayList<>();
        steps.add(member());
        steps.addAll(steps());
        boolean wholeRow = token.is("BlobStorage") && steps.size() > 1;
        if (wholeRow) {
            steps.removeFirst();
            steps.removeIf(Node.Step.Each.class::isInstance);
        }
        return new Node.Field(steps, token.place());
    }

    private Node.Step member() {
        Token token = tokens.peek();
        return new Node.Step.Member(tokens.name(), token.kind() == Token.Kind.QUOTED_NAME);
    }

    /** {@code .name}, {@code [0]} and {@code [*]}, as many as there are. */
    List<Node.Step> steps() {
        List<Node.Step> steps = new ArrayList<>();
        while (true) {
            if (tokens.accept(".")) {
                steps.add(member());
            } else if (tokens.accept("[")) {
                steps.add(tokens.accept("*") ? new Node.Step.Each() : new Node.Step.Element(tokens.integer()));
                tokens.expect("]");
            } else {
                return steps;
            }
        }
    }
}
