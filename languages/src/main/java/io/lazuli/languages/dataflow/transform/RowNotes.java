package io.lazuli.languages.dataflow.transform;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.expression.Call;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.FieldAccess;
import io.lazuli.algebra.expression.Lambda;
import io.lazuli.algebra.expression.LambdaVariable;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.operator.ArrayOperators;
import io.lazuli.algebra.operator.ComparisonOperators;
import io.lazuli.algebra.type.ArrayType;
import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.Place;
import io.lazuli.languages.dataflow.scope.RowState;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the hidden columns tell of a row, for {@code isMatch()}, {@code isInsert()}, {@code hasError('id')}, {@code random(5)}. */
final class RowNotes implements RowState {
    static final int INSERT = 1;
    static final int UPDATE = 2;
    static final int UPSERT = 4;
    static final int DELETE = 8;
    private static final Map<String, Integer> POLICIES =
        Map.of("isInsert", INSERT, "isUpdate", UPDATE, "isUpsert", UPSERT, "isDelete", DELETE);

    private final List<FlowColumn> columns;

    RowNotes(List<FlowColumn> columns) {
        this.columns = columns;
    }

    @Override
    public Expression value(String function, List<Expression> arguments, Place at) {
        return switch (function) {
            case "isInsert", "isUpdate", "isUpsert", "isDelete" -> policy(POLICIES.get(function));
            case RowState.NUMBER -> number(at);
            case "isIgnore" -> Literal.FALSE;
            case "isMatch" -> note(FlowColumn.MATCHED)
                .<Expression>map(column -> Call.of(ComparisonOperators.COALESCE, column, Literal.FALSE)).orElse(Literal.FALSE);
            case "isError" -> note(FlowColumn.FAILURES).map(RowNotes::any).orElse(Literal.FALSE);
            case "hasError" -> note(FlowColumn.FAILURES).map(failures -> arguments.isEmpty() ? any(failures)
                : any(having(failures, arguments.getFirst()))).orElse(Literal.FALSE);
            case "assertErrorMessages" -> note(FlowColumn.FAILURES).map(AssertTransformation::messages)
                .orElse(AssertTransformation.NO_MESSAGES);
            default -> null;
        };
    }

    private Expression policy(int code) {
        return note(FlowColumn.POLICY).<Expression>map(policy -> Call.of(ComparisonOperators.EQUAL, policy, Literal.int32(code)))
            .orElse(code == INSERT ? Literal.TRUE : Literal.FALSE);
    }

    /** Null where there are no rows. */
    private Expression number(Place at) {
        Optional<Expression> number = note(FlowColumn.NUMBER);
        if (number.isEmpty() && !columns.isEmpty()) {
            throw failure(CommonError.NOT_SUPPORTED, at, "random with a seed is not supported here; a derive can add its numbers");
        }
        return number.orElse(null);
    }

    private Optional<Expression> note(String name) {
        return columns.stream().filter(column -> column.name().equals(name)).<Expression>map(FlowColumn::reference).findFirst();
    }

    private static Expression any(Expression failures) {
        return Call.of(ComparisonOperators.GREATER, Call.of(ArrayOperators.ARRAY_SIZE, failures),
            Literal.int32(0));
    }

    private static Expression having(Expression failures, Expression id) {
        LambdaVariable failure = new LambdaVariable("failure", ((ArrayType) failures.type()).element());
        Expression same = Call.of(ComparisonOperators.EQUAL, FieldAccess.of(failure, "key"), id);
        return Call.of(ArrayOperators.ARRAY_FILTER, failures, new Lambda(List.of(failure), same));
    }
}
