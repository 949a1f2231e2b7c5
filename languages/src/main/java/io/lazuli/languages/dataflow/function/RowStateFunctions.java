package io.lazuli.languages.dataflow.function;

import static io.lazuli.foundation.LazuliException.failure;
import static io.lazuli.languages.dataflow.function.FlowFunction.function;

import io.lazuli.algebra.expression.Expression;
import io.lazuli.foundation.CommonError;
import io.lazuli.languages.dataflow.scope.RowState;
import java.util.List;
import java.util.stream.IntStream;

/** What transformations know of a row beside its columns: {@link RowState}. */
final class RowStateFunctions {
    static final List<FlowFunction> ALL = List.of(
        state("assertErrorMessages()"), state("hasError([id])"), state("isDelete([stream])"), state("isError([stream])"),
        state("isIgnore([stream])"), state("isInsert([stream])"), state("isMatch([stream])"), state("isUpdate([stream])"),
        state("isUpsert([stream])"));

    private RowStateFunctions() {
    }

    private static FlowFunction state(String signature) {
        String name = signature.substring(0, signature.indexOf('('));
        return function(signature, call -> {
            List<Expression> arguments = IntStream.range(0, call.count()).mapToObj(call::value).toList();
            RowState state = call.scope().rowState();
            Expression value = state == null ? null : state.value(name, arguments, call.at());
            if (value == null) {
                throw failure(CommonError.NOT_SUPPORTED, call.at(), "%s: nothing is known of the row's state here", name);
            }
            return value;
        });
    }
}
