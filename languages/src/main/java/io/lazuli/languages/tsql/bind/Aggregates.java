package io.lazuli.languages.tsql.bind;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.expression.AggregateCall;
import io.lazuli.algebra.expression.Call;
import io.lazuli.algebra.expression.Cast;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.operator.AggregateOperators;
import io.lazuli.algebra.operator.MathOperators;
import io.lazuli.algebra.operator.Operator;
import io.lazuli.algebra.plan.SortKey;
import io.lazuli.algebra.type.DataType;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.languages.tsql.syntax.SqlExpression.FunctionCall;
import io.lazuli.languages.tsql.syntax.SqlExpression.OrderItem;
import io.lazuli.languages.tsql.type.SqlError;
import io.lazuli.languages.tsql.type.SqlType;
import io.lazuli.languages.tsql.type.SqlType.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/** Aggregates, over groups or windows. Of integers the mean is an integer. */
final class Aggregates {
    private static final Set<String> NAMES =
        Set.of("COUNT", "COUNT_BIG", "SUM", "AVG", "MIN", "MAX", "STDEV", "STDEVP", "VAR", "VARP", "STRING_AGG");

    private Aggregates() {
    }

    static boolean isAggregate(FunctionCall call) {
        return call.name().size() == 1 && NAMES.contains(call.name().getFirst().toUpperCase(Locale.ROOT));
    }

    static Typed bind(FunctionCall call, ExpressionBinder binder) {
        Grouping grouping = binder.grouping();
        if (grouping == null) {
            throw failure(SqlError.MISPLACED_AGGREGATE, call.at(), "An aggregate may not appear here: %s.", call.name().getFirst());
        }
        return apply(call, binder.overRows(), (operator, arguments) -> grouping.aggregate(group(call, operator, arguments, binder)));
    }

    private static AggregateCall group(FunctionCall call, Operator operator, List<Expression> arguments, ExpressionBinder binder) {
        DataType type = operator.resultType(arguments.stream().map(Expression::type).toList());
        List<SortKey> order = new ArrayList<>();
        for (OrderItem item : call.withinGroup()) {
            Expression key = Expressions.key(binder.overRows().value(item.expression()).expression());
            order.add(new SortKey(key, item.ascending(), item.ascending()));
        }
        boolean distinct = call.distinct() && operator != AggregateOperators.MIN_BY && operator != AggregateOperators.MAX_BY;
        return new AggregateCall(operator, arguments, distinct, order, Optional.empty(), type);
    }

    /** Builds the aggregate from calls of operators, which {@code place} puts into groups or windows. */
    static Typed apply(FunctionCall call, ExpressionBinder rows, BiFunction<Operator, List<Expression>, Expression> place) {
        String name = call.name().getFirst().toUpperCase(Locale.ROOT);
        int expected = name.equals("STRING_AGG") ? 2 : call.star() ? 0 : 1;
        if (call.arguments().size() != expected || call.star() && !name.startsWith("COUNT")) {
            throw failure(SqlError.ARGUMENT_COUNT, call.at(), "The %s function requires %d argument(s).", name,
                name.equals("STRING_AGG") ? 2 : 1);
        }
        if (call.star()) {
            return count(name, place.apply(AggregateOperators.COUNT_ROWS, List.of()));
        }
        Typed value = rows.value(call.arguments().getFirst());
        return switch (name) {
            case "COUNT", "COUNT_BIG" -> count(name, place.apply(AggregateOperators.COUNT, List.of(call.distinct()
                ? Expressions.key(value.expression()) : value.expression())));
            case "SUM" -> sum(value, call, place);
            case "AVG" -> average(value, call, place);
            case "MIN" -> extreme(value, call, place, AggregateOperators.MIN, AggregateOperators.MIN_BY);
            case "MAX" -> extreme(value, call, place, AggregateOperators.MAX, AggregateOperators.MAX_BY);
            case "STDEV" -> deviation(value, call, place, AggregateOperators.STDDEV_SAMPLE);
            case "STDEVP" -> deviation(value, call, place, AggregateOperators.STDDEV_POPULATION);
            case "VAR" -> deviation(value, call, place, AggregateOperators.VARIANCE_SAMPLE);
            case "VARP" -> deviation(value, call, place, AggregateOperators.VARIANCE_POPULATION);
            default -> stringAggregate(call, rows, place);
        };
    }

    private static Typed count(String name, Expression count) {
        return name.equals("COUNT") ? new Typed(Cast.strict(count, ScalarType.INT32), SqlType.INT) : new Typed(count, SqlType.BIGINT);
    }

    private static Typed numeric(Typed value, FunctionCall call) {
        SqlType type = value.type();
        if (type.equals(SqlType.NULL) || !type.isNumber()) {
            throw failure(SqlError.INVALID_OPERAND, call.at(), "Operand data type %s is invalid for %s operator.", type,
                call.name().getFirst().toLowerCase(Locale.ROOT));
        }
        return type.is(Kind.TINYINT, Kind.SMALLINT) ? Conversions.implicit(value, SqlType.INT, call.at())
            : type.is(Kind.REAL) ? Conversions.implicit(value, SqlType.FLOAT, call.at())
            : type.is(Kind.SMALLMONEY) ? Conversions.implicit(value, SqlType.MONEY, call.at()) : value;
    }

    private static Typed sum(Typed given, FunctionCall call, BiFunction<Operator, List<Expression>, Expression> place) {
        Typed value = numeric(given, call);
        SqlType type = value.type().is(Kind.DECIMAL) ? SqlType.decimal(38, value.type().scale()) : value.type();
        return new Typed(Cast.strict(place.apply(AggregateOperators.SUM, List.of(value.expression())), type.dataType()), type);
    }

    private static Typed average(Typed given, FunctionCall call, BiFunction<Operator, List<Expression>, Expression> place) {
        Typed value = numeric(given, call);
        SqlType type = value.type();
        if (type.isFloat()) {
            return new Typed(place.apply(AggregateOperators.AVG, List.of(value.expression())), SqlType.FLOAT);
        }
        Expression sum = place.apply(AggregateOperators.SUM, List.of(value.expression()));
        Expression count = place.apply(AggregateOperators.COUNT, List.of(value.expression()));
        // No values: a null sum, which makes the quotient null before its divisor 0 matters.
        Expression divisor = Expressions.choose(Expressions.isNull(sum), new io.lazuli.algebra.expression.Literal(null, ScalarType.INT64),
            count);
        if (type.isInteger()) {
            return new Typed(Cast.strict(Call.of(MathOperators.DIVIDE_INTEGERS, sum, divisor), type.dataType()), type);
        }
        SqlType result = type.is(Kind.MONEY) ? type : SqlType.decimal(38, Math.max(type.scale(), 6));
        Expression divided = new Call(MathOperators.DIVIDE, List.of(sum, Cast.strict(divisor, SqlType.decimal(19, 0).dataType())),
            result.dataType());
        return new Typed(divided, result);
    }

    private static Typed extreme(
        Typed value, FunctionCall call, BiFunction<Operator, List<Expression>, Expression> place, Operator plain, Operator byKey) {
        if (value.type().is(Kind.BIT)) {
            throw failure(SqlError.INVALID_OPERAND, call.at(), "Operand data type bit is invalid for %s operator.",
                call.name().getFirst().toLowerCase(Locale.ROOT));
        }
        Expression result = value.isString() ? place.apply(byKey, List.of(value.expression(), Expressions.key(value.expression())))
            : place.apply(plain, List.of(value.expression()));
        return new Typed(result, value.type());
    }

    private static Typed deviation(
        Typed value, FunctionCall call, BiFunction<Operator, List<Expression>, Expression> place, Operator operator) {
        Typed number = Conversions.implicit(numeric(value, call), SqlType.FLOAT, call.at());
        return new Typed(place.apply(operator, List.of(number.expression())), SqlType.FLOAT);
    }

    private static Typed stringAggregate(
        FunctionCall call, ExpressionBinder rows, BiFunction<Operator, List<Expression>, Expression> place) {
        Typed text = rows.text(call.arguments().getFirst());
        Typed separator = rows.text(call.arguments().get(1));
        if (!(separator.constant() instanceof String)) {
            throw ExpressionBinder.unsupported("STRING_AGG with a separator that is not constant", call.at());
        }
        return new Typed(place.apply(AggregateOperators.STRING_AGG, List.of(text.expression(), separator.expression())),
            text.type().isNational() ? SqlType.nvarchar(SqlType.MAX) : SqlType.varchar(8000));
    }
}
