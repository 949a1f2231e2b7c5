package io.lazuli.algebra.expression;

import io.lazuli.algebra.operator.OperatorCatalogue;
import io.lazuli.algebra.plan.SortKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/** Walks over expressions. */
public final class Expressions {
    private Expressions() {
    }

    /** Gives the expression and all its parts, outermost first; does not enter the plans of subqueries. */
    public static void forEach(Expression expression, Consumer<Expression> visitor) {
        visitor.accept(expression);
        parts(expression).forEach(part -> forEach(part, visitor));
    }

    /** The expression and all its parts, outermost first, without the plans of subqueries. */
    public static Stream<Expression> stream(Expression expression) {
        return Stream.concat(Stream.of(expression), parts(expression).stream().flatMap(Expressions::stream));
    }

    /** Whether it has the same value each time that it is worked out for a row; of subqueries that is not known. */
    public static boolean isSteady(Expression expression) {
        return stream(expression).allMatch(part -> switch (part) {
            case Call call -> OperatorCatalogue.isSteady(call.operator());
            case ScalarSubquery _, ExistsSubquery _, InSubquery _ -> false;
            default -> true;
        });
    }

    /** The expressions directly within this one. */
    public static List<Expression> parts(Expression expression) {
        return switch (expression) {
            case Literal _, ColumnReference _, OuterReference _, LambdaVariable _, ScalarSubquery _, ExistsSubquery _ -> List.of();
            case Call call -> call.arguments();
            case Cast cast -> List.of(cast.value());
            case Case choice -> {
                List<Expression> parts = new ArrayList<>();
                choice.branches().forEach(branch -> parts.addAll(List.of(branch.condition(), branch.value())));
                parts.add(choice.otherwise());
                yield parts;
            }
            case AggregateCall call -> {
                List<Expression> parts = new ArrayList<>(call.arguments());
                call.orderBy().stream().map(SortKey::expression).forEach(parts::add);
                call.filter().ifPresent(parts::add);
                yield parts;
            }
            case WindowCall call -> {
                List<Expression> parts = new ArrayList<>(call.arguments());
                parts.addAll(call.partitionBy());
                call.orderBy().stream().map(SortKey::expression).forEach(parts::add);
                yield parts;
            }
            case Lambda lambda -> List.of(lambda.body());
            case FieldAccess access -> List.of(access.struct());
            case InSubquery in -> List.of(in.value());
        };
    }

    /** The expression in which the outermost parts that the function answers for are replaced by its answers, of the same types. */
    public static Expression replace(Expression expression, Function<Expression, Optional<Expression>> replacement) {
        return replacement.apply(expression).orElseGet(() -> rebuilt(expression, part -> replace(part, replacement)));
    }

    private static Expression rebuilt(Expression expression, Function<Expression, Expression> part) {
        return switch (expression) {
            case Literal _, ColumnReference _, OuterReference _, LambdaVariable _, ScalarSubquery _, ExistsSubquery _ -> expression;
            case Call call -> new Call(call.operator(), all(call.arguments(), part), call.type());
            case Cast cast -> new Cast(part.apply(cast.value()), cast.type(), cast.onFailure());
            case Case choice -> new Case(choice.branches().stream()
                .map(branch -> new Case.Branch(part.apply(branch.condition()), part.apply(branch.value()))).toList(),
                part.apply(choice.otherwise()));
            case AggregateCall call -> new AggregateCall(call.operator(), all(call.arguments(), part), call.distinct(),
                keys(call.orderBy(), part), call.filter().map(part), call.type());
            case WindowCall call -> new WindowCall(call.operator(), all(call.arguments(), part), all(call.partitionBy(), part),
                keys(call.orderBy(), part), call.frame(), call.type());
            case Lambda lambda -> new Lambda(lambda.parameters(), part.apply(lambda.body()));
            case FieldAccess access -> new FieldAccess(part.apply(access.struct()), access.field(), access.type());
            case InSubquery in -> new InSubquery(part.apply(in.value()), in.plan());
        };
    }

    private static List<Expression> all(List<Expression> parts, Function<Expression, Expression> part) {
        return parts.stream().map(part).toList();
    }

    private static List<SortKey> keys(List<SortKey> keys, Function<Expression, Expression> part) {
        return keys.stream().map(key -> new SortKey(part.apply(key.expression()), key.ascending(), key.nullsFirst())).toList();
    }
}
