package io.lazuli.algebra.expression;

import io.lazuli.algebra.plan.SortKey;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Walks over expressions. */
public final class Expressions {
    private Expressions() {
    }

    /** Gives the expression and all its parts, outermost first; does not enter the plans of subqueries. */
    public static void forEach(Expression expression, Consumer<Expression> visitor) {
        visitor.accept(expression);
        parts(expression).forEach(part -> forEach(part, visitor));
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
}
