package io.lazuli.engine.spark.render;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.expression.AggregateCall;
import io.lazuli.algebra.expression.Call;
import io.lazuli.algebra.expression.Case;
import io.lazuli.algebra.expression.Cast;
import io.lazuli.algebra.expression.ColumnReference;
import io.lazuli.algebra.expression.ExistsSubquery;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.FieldAccess;
import io.lazuli.algebra.expression.InSubquery;
import io.lazuli.algebra.expression.Lambda;
import io.lazuli.algebra.expression.LambdaVariable;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.expression.OuterReference;
import io.lazuli.algebra.expression.ScalarSubquery;
import io.lazuli.algebra.expression.WindowCall;
import io.lazuli.algebra.plan.Limit;
import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.plan.SortKey;
import io.lazuli.algebra.type.DataType;
import io.lazuli.foundation.CommonError;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Writes expressions over the current row.
 *
 * @param scopes how the current row's columns are called, then those of the enclosing queries, nearest first
 * @param variables how the variables of the lambdas around are called
 */
record ExpressionSql(PlanSql plans, List<Map<String, String>> scopes, Map<String, String> variables) {
    String of(Expression expression) {
        return switch (expression) {
            case Literal literal -> SparkLiterals.of(literal.value(), literal.type());
            case ColumnReference column -> scopes.getFirst().get(column.name());
            case OuterReference outer -> scopes.get(outer.level()).get(outer.name());
            case Call call -> call(call);
            case Cast cast -> new SharedTexts(this).of(List.of(of(cast.value())),
                value -> new SparkCasts(this).of(value.getFirst(), cast.value().type(), cast.type(), cast.onFailure()));
            case Case choice -> choice.branches().stream()
                .map(branch -> " WHEN " + of(branch.condition()) + " THEN " + of(branch.value()))
                .collect(Collectors.joining("", "(CASE", " ELSE " + of(choice.otherwise()) + " END)"));
            case AggregateCall call -> typed(new AggregateSql(this).of(call), call.type());
            case WindowCall call -> typed(new WindowSql(this).of(call), call.type());
            case ScalarSubquery query -> "(" + scalar(query.plan()) + ")";
            case ExistsSubquery exists -> "EXISTS (" + query(exists.plan()) + ")";
            case InSubquery in -> "(" + of(in.value()) + " IN (" + query(in.plan()) + "))";
            case Lambda _ -> throw new IllegalStateException("A function stands where a value belongs");
            case LambdaVariable variable -> variables.get(variable.name());
            case FieldAccess access -> "(" + of(access.struct()) + ")." + SparkTypes.name(access.field());
        };
    }

    private String scalar(Plan plan) {
        return plan instanceof Limit(Plan input, long offset, long count) && offset == 0 && count == 1
            ? plans.first(input, scopes) : query(plan);
    }

    private String query(Plan plan) {
        return plans.query(plan, scopes);
    }

    private String call(Call call) {
        OperatorTable.Rendering rendering = OperatorTable.of(call.operator());
        List<String> arguments = call.arguments().stream().map(argument -> argument instanceof Lambda ? "" : of(argument)).toList();
        String text = new SharedTexts(this).of(arguments,
            shared -> rendering.of(new Arguments(shared, call.arguments(), call.type(), this)));
        return typed(text, call.type());
    }

    static String typed(String sql, DataType type) {
        return "CAST(" + sql + " AS " + SparkTypes.of(type) + ")";
    }

    /** The body of a function whose parameters have these texts. */
    String body(Lambda lambda, List<String> parameters) {
        Map<String, String> inner = new HashMap<>(variables);
        for (int i = 0; i < parameters.size(); i++) {
            inner.put(lambda.parameters().get(i).name(), parameters.get(i));
        }
        return new ExpressionSql(plans, scopes, inner).of(lambda.body());
    }

    /** A name that no other variable has. */
    String variable() {
        return plans.variable();
    }

    /** The number of the current row, which the input must have. */
    String row() {
        return scopes.getFirst().get(PlanSql.ROW);
    }

    Surroundings surroundings() {
        return plans.surroundings();
    }

    /** The value, or a failure where it is null though the condition holds. */
    String orFailure(String value, String condition, DataType type) {
        return "CASE WHEN " + condition + " AND " + value + " IS NULL THEN raise_error('lazuli/CONVERSION_FAILED<A value does not fit into "
            + type + ">lazuli') ELSE " + value + " END";
    }

    String order(SortKey key) {
        return of(key.expression()) + (key.ascending() ? " ASC" : " DESC") + (key.nullsFirst() ? " NULLS FIRST" : " NULLS LAST");
    }

    static RuntimeException refused(String construct) {
        return failure(CommonError.NOT_SUPPORTED, "The Spark engine does not have %s", construct);
    }
}
