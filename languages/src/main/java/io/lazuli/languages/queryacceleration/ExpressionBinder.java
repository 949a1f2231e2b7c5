package io.lazuli.languages.queryacceleration;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.expression.AggregateCall;
import io.lazuli.algebra.expression.Call;
import io.lazuli.algebra.expression.Case;
import io.lazuli.algebra.expression.ColumnReference;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.operator.AggregateOperators;
import io.lazuli.algebra.operator.ComparisonOperators;
import io.lazuli.algebra.operator.DateOperators;
import io.lazuli.algebra.operator.MathOperators;
import io.lazuli.algebra.operator.Operator;
import io.lazuli.algebra.operator.StringOperators;
import io.lazuli.algebra.plan.NamedExpression;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Turns an expression over a record into one of the algebra. */
final class ExpressionBinder {
    private static final Map<String, Operator> COMPARISONS = Map.of("=", ComparisonOperators.EQUAL, "<>", ComparisonOperators.NOT_EQUAL,
        "<", ComparisonOperators.LESS, "<=", ComparisonOperators.LESS_OR_EQUAL, ">", ComparisonOperators.GREATER,
        ">=", ComparisonOperators.GREATER_OR_EQUAL);
    private static final Map<String, Operator> ARITHMETIC = Map.of("+", MathOperators.ADD, "-", MathOperators.SUBTRACT,
        "*", MathOperators.MULTIPLY, "%", MathOperators.REMAINDER);

    private final Row row;
    private final List<String> missingOrdinals;
    /** What aggregates are collected in; null where none may stand. */
    private List<NamedExpression> aggregates;
    private boolean withinAggregate;

    ExpressionBinder(Row row, List<String> missingOrdinals, List<NamedExpression> aggregates) {
        this.row = row;
        this.missingOrdinals = missingOrdinals;
        this.aggregates = aggregates;
    }

    Expression bind(Node node) {
        return switch (node) {
            case Node.Constant constant -> constant(constant.value());
            case Node.Field field -> field(field);
            case Node.Call call -> aggregateOperator(call.name()) != null ? aggregate(call) : Functions.call(call, this);
            case Node.Binary binary -> binary(binary);
            case Node.Not not -> Call.of(ComparisonOperators.NOT, Values.condition(bind(not.operand())));
            case Node.Negation negation -> Call.of(MathOperators.NEGATE, Values.number(bind(negation.operand()), negation.place()));
            case Node.Conversion conversion ->
                Values.convert(bind(conversion.operand()), Values.type(conversion.type(), conversion.place()));
            case Node.Absent absent -> absent(absent);
            case Node.Choice choice -> choice(choice);
        };
    }

    private static Expression constant(Object value) {
        return switch (value) {
            case null -> Literal.NULL;
            case Long number -> Literal.int64(number);
            case Double number -> new Literal(number, ScalarType.FLOAT64);
            case Boolean truth -> truth ? Literal.TRUE : Literal.FALSE;
            default -> Literal.string((String) value);
        };
    }

    private Expression field(Node.Field field) {
        if (aggregates != null && !withinAggregate) {
            throw failure(CommonError.SYNTAX_ERROR, field.place(), "A field stands beside an aggregate and not in one");
        }
        return row.value(field.steps(), field.place()).orElseGet(() -> {
            if (row.input() != Input.DOCUMENTS && field.steps().getFirst() instanceof Node.Step.Member member) {
                missingOrdinals.add(member.name());
            }
            return new Literal(null, ScalarType.STRING);
        });
    }

    private Expression absent(Node.Absent absent) {
        return absent.operand() instanceof Node.Field field && row.value(field.steps(), field.place()).isEmpty() ? Literal.TRUE
            : Call.of(ComparisonOperators.IS_NULL, bind(absent.operand()));
    }

    private Expression binary(Node.Binary binary) {
        Expression left = bind(binary.left());
        Expression right = bind(binary.right());
        Place place = binary.place();
        return switch (binary.operator()) {
            case "AND" -> Call.of(ComparisonOperators.AND, Values.condition(left), Values.condition(right));
            case "OR" -> Call.of(ComparisonOperators.OR, Values.condition(left), Values.condition(right));
            case "LIKE" -> Call.of(ComparisonOperators.LIKE, text(left), pattern(text(right)));
            case "||" -> Call.of(StringOperators.CONCAT, text(left), text(right));
            default -> COMPARISONS.containsKey(binary.operator())
                ? Call.of(COMPARISONS.get(binary.operator()), Values.alike(List.of(left, right), place))
                : arithmetic(binary.operator(), left, right, place);
        };
    }

    private static Expression pattern(Expression pattern) {
        return pattern instanceof Literal literal && literal.value() instanceof String text ? Literal.string(text.replace("\\", "\\\\"))
            : Call.of(StringOperators.REPLACE, pattern, Literal.string("\\"), Literal.string("\\\\"));
    }

    private static Expression arithmetic(String operator, Expression left, Expression right, Place place) {
        boolean days = Values.plain(left).type() == ScalarType.TIMESTAMP && (operator.equals("+") || operator.equals("-"));
        if (days) {
            Expression count = Values.convert(right, ScalarType.INT64);
            return Call.of(DateOperators.DATE_ADD, Literal.string("day"),
                operator.equals("+") ? count : Call.of(MathOperators.NEGATE, count), Values.plain(left));
        }
        List<Expression> numbers = Values.alike(List.of(Values.number(left, place), Values.number(right, place)), place);
        if (operator.equals("/")) {
            return Call.of(numbers.getFirst().type() == ScalarType.INT64 ? MathOperators.DIVIDE_INTEGERS : MathOperators.DIVIDE, numbers);
        }
        return Call.of(ARITHMETIC.get(operator), numbers);
    }

    private Expression choice(Node.Choice choice) {
        List<Expression> values = new ArrayList<>(choice.values().stream().map(this::bind).toList());
        values.add(choice.otherwise().map(this::bind).orElse(Literal.NULL));
        List<Expression> alike = Values.alike(values, choice.place());
        List<Case.Branch> branches = new ArrayList<>();
        for (Node condition : choice.conditions()) {
            Expression when = choice.operand().map(operand -> bind(new Node.Binary("=", operand, condition, choice.place())))
                .orElseGet(() -> Values.condition(bind(condition)));
            branches.add(new Case.Branch(when, alike.get(branches.size())));
        }
        return new Case(branches, alike.getLast());
    }

    Expression text(Expression value) {
        return Values.convert(value, ScalarType.STRING);
    }

    static Operator aggregateOperator(String name) {
        return switch (name) {
            case "COUNT" -> AggregateOperators.COUNT;
            case "SUM" -> AggregateOperators.SUM;
            case "AVG", "AVERAGE" -> AggregateOperators.AVG;
            case "MIN" -> AggregateOperators.MIN;
            case "MAX" -> AggregateOperators.MAX;
            default -> null;
        };
    }

    private Expression aggregate(Node.Call call) {
        if (aggregates == null || withinAggregate) {
            throw failure(CommonError.SYNTAX_ERROR, call.place(), "%s cannot stand here", call.name());
        }
        if (call.arguments().size() != (call.name().equals("COUNT") ? call.arguments().size() : 1) || call.arguments().size() > 1) {
            throw failure(CommonError.SYNTAX_ERROR, call.place(), "%s takes one argument", call.name());
        }
        withinAggregate = true;
        AggregateCall bound = call.arguments().isEmpty() ? AggregateCall.of(AggregateOperators.COUNT_ROWS)
            : AggregateCall.of(aggregateOperator(call.name()), argument(call));
        withinAggregate = false;
        String name = "aggregate " + aggregates.size();
        aggregates.add(new NamedExpression(name, bound));
        return new ColumnReference(name, bound.type());
    }

    private Expression argument(Node.Call call) {
        Expression value = bind(call.arguments().getFirst());
        return switch (call.name()) {
            case "SUM", "AVG", "AVERAGE" -> Values.number(value, call.place());
            default -> Values.plain(value);
        };
    }
}
