package io.lazuli.languages.dataflow.transform;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.expression.Case;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.foundation.CommonError;
import java.util.List;
import java.util.Map;

/**
 * {@code alterRow(deleteIf(closed), upsertIf(true()))}: how sinks with keys are to write each row; the first condition that is true
 * tells, and rows without any are inserted.
 */
final class AlterRowTransformation {
    private static final Map<String, Integer> POLICIES = Map.of("insertIf", RowNotes.INSERT, "updateIf", RowNotes.UPDATE, "upsertIf",
        RowNotes.UPSERT, "deleteIf", RowNotes.DELETE);

    private AlterRowTransformation() {
    }

    static FlowStream apply(Arguments arguments, FlowStream input) {
        Scope scope = Scope.of(arguments.context(), input);
        List<Case.Branch> branches = arguments.parts("insertIf", "updateIf", "upsertIf", "deleteIf").map(call -> {
            if (call.arguments().size() != 1) {
                throw failure(CommonError.SYNTAX_ERROR, call.at(), "'%s' takes one condition", call.name());
            }
            return new Case.Branch(scope.condition(call.arguments().getFirst()), Literal.int32(POLICIES.get(call.name())));
        }).toList();
        return branches.isEmpty() ? input : input.withHidden(FlowColumn.POLICY, new Case(branches, Literal.int32(RowNotes.INSERT)));
    }
}
