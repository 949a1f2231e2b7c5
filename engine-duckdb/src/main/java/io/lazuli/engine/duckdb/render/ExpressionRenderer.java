package io.lazuli.engine.duckdb.render;

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
import io.lazuli.algebra.operator.Operator;
import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.plan.SortKey;
import io.lazuli.algebra.type.DataType;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.algebra.type.StructType;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Writes expressions over the current row.
 *
 * @param scopes the current row's columns, then those of the enclosing queries, nearest first
 */
record ExpressionRenderer(PlanRenderer plans, List<Scope> scopes) {
    String render(Expression expression) {
        return switch (expression) {
            case Literal literal -> SqlLiterals.of(literal.value(), literal.type());
            case ColumnReference column -> scopes.getFirst().reference(column.name());
            case OuterReference outer -> scopes.get(outer.level()).reference(outer.name());
            case Call call -> call(call);
            case Cast cast -> Casts.of(render(cast.value()), cast.value().type(), cast.type(), cast.onFailure());
            case Case choice -> choice(choice);
            case AggregateCall call -> aggregate(call.withArgumentsOfFilteredRows());
            case WindowCall call -> window(call);
            case Lambda lambda -> lambda.parameters().stream().map(ExpressionRenderer::variable)
                .collect(Collectors.joining(", ", "lambda ", ": ")) + render(lambda.body());
            case LambdaVariable variable -> variable(variable);
            case FieldAccess access -> field(access);
            case ScalarSubquery subquery -> "(" + query(subquery.plan()) + ")";
            case ExistsSubquery exists -> "EXISTS (" + query(exists.plan()) + ")";
            case InSubquery in -> "(" + render(in.value()) + " IN (" + query(in.plan()) + "))";
        };
    }

    private String query(Plan plan) {
        return plans.select(plan, scopes);
    }

    private Rendering.Arguments arguments(List<Expression> arguments, DataType result) {
        return new Rendering.Arguments(
            arguments.stream().map(this::render).toList(), arguments.stream().map(Expression::type).toList(), result);
    }

    private String call(Call call) {
        return switch (OperatorTable.of(call.operator())) {
            case Rendering.Scalar scalar -> scalar.render(arguments(call.arguments(), call.type()));
            case Rendering.Aggregate _, Rendering.Typed _, Rendering.Extreme _, Rendering.Chosen _ ->
                throw new IllegalStateException(call.operator() + " is rendered as an aggregate");
        };
    }

    private String choice(Case choice) {
        return choice.branches().stream()
            .map(branch -> " WHEN " + render(branch.condition()) + " THEN " + render(branch.value()))
            .collect(Collectors.joining("", "CASE", " ELSE " + render(choice.otherwise()) + " END"));
    }

    private String aggregate(AggregateCall call) {
        Form form = form(call.operator(), arguments(call.arguments(), call.type()));
        String rest = orderBy(call.orderBy()) + ")"
            + call.filter().map(condition -> " FILTER (WHERE " + render(condition) + ")").orElse("");
        return form.around(call.distinct() ? "DISTINCT " : "", rest);
    }

    private String window(WindowCall call) {
        Form form = form(call.operator(), arguments(call.arguments(), call.type()));
        String partition = call.partitionBy().isEmpty() ? ""
            : call.partitionBy().stream().map(this::render).collect(Collectors.joining(", ", "PARTITION BY ", ""));
        return form.around("", ") OVER (" + partition + orderBy(call.orderBy()) + frame(call.frame()) + ")");
    }

    /** An aggregate's rendering and what fills it. */
    private record Form(Rendering.Aggregate rendering, Rendering.Arguments arguments) {
        /** The whole, where {@code before} and {@code behind} stand around the arguments of the calls. */
        String around(String before, String behind) {
            return Arrays.stream(rendering.around().split("(?=\\{(?:call|other)})|(?<=\\{(?:call|other)})")).map(part -> switch (part) {
                case "{call}" -> called(rendering.call(), before, behind);
                case "{other}" -> called(rendering.other(), before, behind);
                default -> arguments.fill(part);
            }).collect(Collectors.joining());
        }

        private String called(Rendering.Function function, String before, String behind) {
            return function.name() + "(" + before + arguments.fill(function.arguments()) + behind;
        }
    }

    private static Form form(Operator operator, Rendering.Arguments arguments) {
        return switch (OperatorTable.of(operator)) {
            case Rendering.Aggregate aggregate -> new Form(aggregate, arguments);
            case Rendering.Typed typed -> new Form(typed.of(arguments), arguments);
            case Rendering.Extreme extreme -> {
                DataType type = arguments.types().getFirst();
                boolean nested = NestedOrder.isNested(type);
                yield new Form(new Rendering.Aggregate(nested ? extreme.byKey() : extreme.function(), "{*}",
                    UnsignedZero.of("{call}", type)),
                    nested ? arguments.with(NestedOrder.key(arguments.sql().getFirst(), type), type) : arguments);
            }
            case Rendering.Chosen chosen -> new Form(chosen(chosen.function(), arguments), arguments);
            case Rendering.Scalar _ -> throw new IllegalStateException(operator + " is rendered as a scalar operator");
        };
    }

    /** DuckDB takes the sign from zeros on the way, but not of doubles; within arrays, structures and maps they never have one. */
    private static Rendering.Aggregate chosen(String function, Rendering.Arguments arguments) {
        DataType type = arguments.types().getFirst();
        if (type == ScalarType.FLOAT32) {
            String key = arguments.sql().size() > 1 ? ", {1}" : "";
            return new Rendering.Aggregate(function, "CAST({0} AS DOUBLE)" + key, "CAST({call} AS {type})");
        }
        return new Rendering.Aggregate(function, "{*}", type instanceof ScalarType ? "{call}" : UnsignedZero.of("{call}", type));
    }

    private static String frame(Optional<WindowCall.Frame> frame) {
        return frame.map(value -> " " + value.unit() + " BETWEEN " + bound(value.start()) + " AND " + bound(value.end())).orElse("");
    }

    private static String bound(WindowCall.Bound bound) {
        if (bound.offset() == null) {
            return bound.preceding() ? "UNBOUNDED PRECEDING" : "UNBOUNDED FOLLOWING";
        }
        if (bound.offset() == 0) {
            return "CURRENT ROW";
        }
        return Math.abs(bound.offset()) + (bound.offset() < 0 || bound.preceding() ? " PRECEDING" : " FOLLOWING");
    }

    /** {@code ORDER BY} with a space before it, or nothing for no keys. */
    String orderBy(List<SortKey> keys) {
        return keys.isEmpty() ? "" : keys.stream().map(this::sortKey).collect(Collectors.joining(", ", " ORDER BY ", ""));
    }

    private String sortKey(SortKey key) {
        // A bare number would be taken for a column's position.
        String text = key.expression() instanceof Literal ? "(" + render(key.expression()) + " IS NULL)"
            : NestedOrder.key(render(key.expression()), key.expression().type());
        return text + (key.ascending() ? " ASC" : " DESC") + (key.nullsFirst() ? " NULLS FIRST" : " NULLS LAST");
    }

    private static String variable(LambdaVariable variable) {
        return SqlNames.quote("lambda " + variable.name());
    }

    private String field(FieldAccess access) {
        StructType type = (StructType) access.struct().type();
        for (int i = 0; i < type.fields().size(); i++) {
            if (type.fields().get(i).name().equals(access.field())) {
                return "struct_extract(" + render(access.struct()) + ", " + SqlLiterals.string(SqlNames.of(type).get(i)) + ")";
            }
        }
        throw new IllegalStateException(access.field() + " is not in " + type);
    }
}
