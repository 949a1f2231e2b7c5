package io.lazuli.languages.dataflow.function;

import static io.lazuli.foundation.LazuliException.failure;
import static io.lazuli.languages.dataflow.function.FlowFunction.function;
import static io.lazuli.languages.dataflow.function.Operators.call;
import static io.lazuli.languages.dataflow.function.Operators.number;
import static io.lazuli.languages.dataflow.function.Operators.when;

import io.lazuli.algebra.expression.AggregateCall;
import io.lazuli.algebra.expression.Call;
import io.lazuli.algebra.expression.Cast;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.expression.WindowCall;
import io.lazuli.algebra.operator.AggregateOperators;
import io.lazuli.algebra.operator.ArrayOperators;
import io.lazuli.algebra.operator.CollectingOperators;
import io.lazuli.algebra.operator.ComparisonOperators;
import io.lazuli.algebra.operator.ConversionOperators;
import io.lazuli.algebra.operator.Operator;
import io.lazuli.algebra.operator.WindowOperators;
import io.lazuli.algebra.type.DataType;
import io.lazuli.algebra.type.DecimalType;
import io.lazuli.algebra.type.Field;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.algebra.type.StructType;
import io.lazuli.foundation.CommonError;
import io.lazuli.languages.dataflow.scope.RowContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Aggregates of a group's rows, or of a window's; they skip nulls where not said otherwise. */
final class AggregateFunctions {
    static final List<FlowFunction> ALL = Stream.of(
        List.of(
            function("avg(number)", call -> mean(call, call.number(0))),
            function("avgIf(condition, number)", call -> mean(call, where(call, call.number(1)))),
            function("mean(number)", call -> mean(call, call.number(0))),
            function("meanIf(condition, number)", call -> mean(call, where(call, call.number(1))))),
        conditional("covariancePopulation", "number, number", 2, CollectingOperators.COVARIANCE_POPULATION, true),
        conditional("covarianceSample", "number, number", 2, CollectingOperators.COVARIANCE_SAMPLE, true),
        conditional("kurtosis", "number", 1, CollectingOperators.KURTOSIS, true),
        conditional("skewness", "number", 1, CollectingOperators.SKEWNESS, true),
        conditional("stddev", "number", 1, AggregateOperators.STDDEV_SAMPLE, true),
        conditional("stddevPopulation", "number", 1, AggregateOperators.STDDEV_POPULATION, true),
        conditional("stddevSample", "number", 1, AggregateOperators.STDDEV_SAMPLE, true),
        List.of(
            function("sum(number)", call -> sum(call, false, call.number(0))),
            function("sumIf(condition, number)", call -> sum(call, false, where(call, call.number(1)))),
            function("sumDistinct(number)", call -> sum(call, true, call.number(0))),
            function("sumDistinctIf(condition, number)", call -> sum(call, true, where(call, call.number(1))))),
        conditional("variance", "number", 1, AggregateOperators.VARIANCE_SAMPLE, true),
        conditional("variancePopulation", "number", 1, AggregateOperators.VARIANCE_POPULATION, true),
        conditional("varianceSample", "number", 1, AggregateOperators.VARIANCE_SAMPLE, true),
        List.of(
            function("approxDistinctCount(value, [error])",
                call -> aggregate(call, CollectingOperators.COUNT_DISTINCT_ESTIMATE, false, call.value(0))),
            function("collect(value)", call -> aggregate(call, CollectingOperators.COLLECT, false, call.value(0))),
            function("collectUnique(value)", call -> call(ArrayOperators.ARRAY_DISTINCT,
                aggregate(call, CollectingOperators.COLLECT, false, call.value(0)))),
            function("count([value], ...)", call -> call.count() == 0 ? aggregate(call, AggregateOperators.COUNT_ROWS, false)
                : aggregate(call, AggregateOperators.COUNT, false, row(call, 0, true))),
            function("countAll([value])", call -> aggregate(call, AggregateOperators.COUNT_ROWS, false)),
            function("countAllDistinct(value, ...)", call -> aggregate(call, AggregateOperators.COUNT, true, row(call, 0, false))),
            function("countDistinct(value, ...)", call -> aggregate(call, AggregateOperators.COUNT, true, row(call, 0, true))),
            function("countIf(condition, [value])", call -> aggregate(call, AggregateOperators.COUNT, false,
                where(call, call.has(1) ? call.value(1) : number(1)))),
            function("first(value, [ignoreNulls])", call -> edge(call, true)),
            function("isDistinct(value, ...)", AggregateFunctions::isDistinct),
            function("last(value, [ignoreNulls])", call -> edge(call, false)),
            function("max(value)", call -> aggregate(call, AggregateOperators.MAX, false, call.value(0))),
            function("maxIf(condition, value)", call -> aggregate(call, AggregateOperators.MAX, false, where(call, call.value(1)))),
            function("min(value)", call -> aggregate(call, AggregateOperators.MIN, false, call.value(0))),
            function("minIf(condition, value)", call -> aggregate(call, AggregateOperators.MIN, false, where(call, call.value(1)))),
            function("topN(value, count, n)", call -> aggregate(call, CollectingOperators.TOP_BY, false, call.value(0), call.number(1),
                number(call.constantInteger(2)))))).flatMap(List::stream).toList();

    private AggregateFunctions() {
    }

    /** An aggregate of numbers, and the same with a condition before them. */
    private static List<FlowFunction> conditional(String name, String parameters, int count, Operator operator, boolean floating) {
        return List.of(
            function(name + "(" + parameters + ")", call -> aggregate(call, operator, false, numbers(call, 0, count, floating))),
            function(name + "If(condition, " + parameters + ")", call -> aggregate(call, operator, false,
                Stream.of(numbers(call, 1, count, floating)).map(value -> where(call, value)).toArray(Expression[]::new))));
    }

    private static Expression sum(FunctionCall call, boolean distinct, Expression value) {
        if (value.type() instanceof DecimalType decimal) {
            return Cast.orNull(aggregate(call, AggregateOperators.SUM_OR_NULL, distinct, value), DecimalArithmetic.total(decimal));
        }
        return aggregate(call, value.type().isInteger() ? AggregateOperators.SUM_WRAPPING : AggregateOperators.SUM, distinct, value);
    }

    /** The mean of decimals is one, with four digits more. */
    private static Expression mean(FunctionCall call, Expression value) {
        if (!(value.type() instanceof DecimalType decimal)) {
            return aggregate(call, AggregateOperators.AVG, false, value);
        }
        return DecimalArithmetic.quotient(aggregate(call, AggregateOperators.SUM_OR_NULL, false, value),
            Cast.strict(aggregate(call, AggregateOperators.COUNT, false, value), FlowTypes.decimal(ScalarType.INT64)),
            DecimalArithmetic.mean(decimal));
    }

    private static Expression[] numbers(FunctionCall call, int from, int count, boolean floating) {
        return IntStream.range(from, from + count).mapToObj(i -> floating ? call.float64(i) : call.number(i)).toArray(Expression[]::new);
    }

    /** The value in rows that fulfil the first argument, else null, which aggregates skip. */
    private static Expression where(FunctionCall call, Expression value) {
        return when(call.bool(0), value, new Literal(null, value.type()));
    }

    private static Expression aggregate(FunctionCall call, Operator operator, boolean distinct, Expression... arguments) {
        List<Expression> list = List.of(arguments);
        DataType type = operator.resultType(list.stream().map(Expression::type).toList());
        return switch (call.scope().rows()) {
            case RowContext.SingleRow _ -> throw failure(CommonError.INVALID_ARGUMENT, call.at(),
                "%s is a function of many rows: it stands in an aggregate or window transformation", call.name());
            case RowContext.Group _ -> new AggregateCall(operator, list, distinct, List.of(), Optional.empty(), type);
            case RowContext.Window window -> {
                if (distinct) {
                    throw failure(CommonError.NOT_SUPPORTED, call.at(), "%s in a window transformation", call.name());
                }
                yield new WindowCall(operator, list, window.partitionBy(), window.orderBy(), window.frame(), type);
            }
        };
    }

    private static Expression edge(FunctionCall call, boolean first) {
        boolean known = call.has(1) && call.constantBoolean(1);
        if (call.scope().rows() instanceof RowContext.Window) {
            return aggregate(call, first ? known ? CollectingOperators.FIRST_KNOWN_VALUE : WindowOperators.FIRST_VALUE
                : known ? CollectingOperators.LAST_KNOWN_VALUE : WindowOperators.LAST_VALUE, false, call.value(0));
        }
        return aggregate(call, first ? known ? AggregateOperators.ANY_VALUE : CollectingOperators.FIRST
            : known ? CollectingOperators.LAST_KNOWN : CollectingOperators.LAST, false, call.value(0));
    }

    /** One value itself, several as a structure; null when one of them is null, if {@code known}. */
    private static Expression row(FunctionCall call, int from, boolean known) {
        if (known && call.count() == from + 1) {
            return call.value(from);
        }
        List<Field> fields = new ArrayList<>();
        List<Expression> values = new ArrayList<>();
        Expression complete = Literal.TRUE;
        for (int i = from; i < call.count(); i++) {
            values.add(call.value(i));
            fields.add(new Field("v" + i, call.value(i).type()));
            complete = call(ComparisonOperators.AND, complete,
                call(ComparisonOperators.NOT, call(ComparisonOperators.IS_NULL, call.value(i))));
        }
        StructType type = new StructType(fields);
        Expression structure = new Call(ConversionOperators.STRUCTURE, values, type);
        return known ? when(complete, structure, new Literal(null, type)) : structure;
    }

    /** Whether no value occurs twice; nulls are no values. */
    private static Expression isDistinct(FunctionCall call) {
        Expression row = row(call, 0, true);
        return call(ComparisonOperators.EQUAL, aggregate(call, AggregateOperators.COUNT, true, row),
            aggregate(call, AggregateOperators.COUNT, false, row));
    }
}
