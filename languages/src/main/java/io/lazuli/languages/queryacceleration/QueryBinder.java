package io.lazuli.languages.queryacceleration;

import io.lazuli.algebra.expression.Call;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.operator.ConversionOperators;
import io.lazuli.algebra.plan.Aggregate;
import io.lazuli.algebra.plan.Filter;
import io.lazuli.algebra.plan.Limit;
import io.lazuli.algebra.plan.NamedExpression;
import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.plan.Project;
import io.lazuli.algebra.type.DecimalType;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.foundation.Place;
import java.util.ArrayList;
import java.util.List;

/** Turns a query over a scan into a plan. */
public final class QueryBinder {
    private final Query query;
    private final List<String> missingOrdinals = new ArrayList<>();

    private QueryBinder(Query query) {
        this.query = query;
    }

    /** The plan of a query; errors have the place in its text. */
    public static BoundQuery bind(Query query, Plan scan, Input input) {
        return new QueryBinder(query).bound(Row.of(scan, input).at(query.path(), Place.at(1, 1)));
    }

    private BoundQuery bound(Row row) {
        Plan filtered = query.condition().map(condition -> (Plan) new Filter(row.plan(),
            Values.condition(new ExpressionBinder(row, missingOrdinals, null).bind(condition)))).orElse(row.plan());
        List<String> names = new ArrayList<>();
        List<Expression> values = new ArrayList<>();
        List<NamedExpression> aggregates = new ArrayList<>();
        boolean aggregating = query.columns().stream().anyMatch(column -> hasAggregate(column.expression()));
        ExpressionBinder binder = new ExpressionBinder(row, missingOrdinals, aggregating ? aggregates : null);
        for (Query.Column column : query.columns()) {
            values.add(binder.bind(column.expression()));
            names.add(column.name().orElseGet(() -> name(column.expression(), names.size() + 1)));
        }
        if (query.columns().isEmpty()) {
            row.columns().forEach(column -> {
                names.add(column.name());
                values.add(column.value());
            });
        }
        Plan input = aggregating ? new Aggregate(filtered, List.of(), aggregates) : filtered;
        Plan projected = project(input, values);
        Plan plan = query.limit().isPresent() ? new Limit(projected, 0, query.limit().getAsLong()) : projected;
        List<BoundQuery.Column> columns = new ArrayList<>();
        for (String name : names) {
            columns.add(new BoundQuery.Column(name, isJson(values.get(columns.size()))));
        }
        return new BoundQuery(plan, columns, missingOrdinals);
    }

    private static Plan project(Plan input, List<Expression> values) {
        List<NamedExpression> columns = new ArrayList<>();
        for (Expression value : values) {
            Expression typed = value.type() == ScalarType.NULL ? new Literal(null, ScalarType.STRING)
                : value.type() instanceof ScalarType || !isJson(value) ? value : Call.of(ConversionOperators.JSON_TEXT, value);
            columns.add(new NamedExpression("column " + columns.size(), typed));
        }
        return new Project(input, columns);
    }

    /** Whether a value is shown as JSON: one whose type varies, and one with parts. */
    private static boolean isJson(Expression value) {
        return value.type() == ScalarType.VARIANT || !(value.type() instanceof ScalarType || value.type() instanceof DecimalType);
    }

    private static String name(Node expression, int position) {
        return expression instanceof Node.Field field && field.steps().getLast() instanceof Node.Step.Member member ? member.name()
            : "_" + position;
    }

    private static boolean hasAggregate(Node node) {
        return switch (node) {
            case Node.Constant _, Node.Field _ -> false;
            case Node.Call call -> ExpressionBinder.aggregateOperator(call.name()) != null
                || call.arguments().stream().anyMatch(QueryBinder::hasAggregate);
            case Node.Binary binary -> hasAggregate(binary.left()) || hasAggregate(binary.right());
            case Node.Not not -> hasAggregate(not.operand());
            case Node.Negation negation -> hasAggregate(negation.operand());
            case Node.Conversion conversion -> hasAggregate(conversion.operand());
            case Node.Absent absent -> hasAggregate(absent.operand());
            case Node.Choice choice -> choice.conditions().stream().anyMatch(QueryBinder::hasAggregate)
                || choice.values().stream().anyMatch(QueryBinder::hasAggregate) || choice.otherwise().filter(QueryBinder::hasAggregate)
                .isPresent();
        };
    }
}
