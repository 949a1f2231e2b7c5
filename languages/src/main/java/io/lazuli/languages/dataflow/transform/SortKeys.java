package io.lazuli.languages.dataflow.transform;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.expression.Call;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.operator.JavaImplementedOperators;
import io.lazuli.algebra.plan.SortKey;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.foundation.CommonError;
import io.lazuli.languages.dataflow.syntax.FlowExpression;
import java.util.List;

/** {@code asc(name, true), desc(price, false)}: sort keys, each with whether nulls come first. */
final class SortKeys {
    private SortKeys() {
    }

    static List<SortKey> of(Arguments arguments, Scope scope) {
        boolean ignoreCase = arguments.flag("caseInsensitive", false);
        return arguments.parts("asc", "desc").map(call -> key(arguments, call, scope, ignoreCase)).toList();
    }

    /** As {@link #of}, and one key at least. */
    static List<SortKey> required(Arguments arguments, Scope scope) {
        List<SortKey> keys = of(arguments, scope);
        if (keys.isEmpty()) {
            throw failure(CommonError.SYNTAX_ERROR, arguments.statement().at(), "'%s' needs asc(column, nullsFirst) or desc(...)",
                arguments.statement().transformation());
        }
        return keys;
    }

    private static SortKey key(Arguments arguments, FlowExpression.Call call, Scope scope, boolean ignoreCase) {
        if (call.arguments().isEmpty() || call.arguments().size() > 2) {
            throw failure(CommonError.SYNTAX_ERROR, call.at(), "Expected %s(column, nullsFirst), found %s", call.name(), call);
        }
        boolean ascending = call.name().equals("asc");
        Expression value = scope.bind(call.arguments().getFirst());
        boolean nullsFirst = call.arguments().size() == 2
            ? arguments.truth(call.arguments().get(1), call, call.name() + "(column, nullsFirst), whose second value is true or false")
            : ascending;
        boolean small = ignoreCase && value.type() == ScalarType.STRING;
        return new SortKey(small ? Call.of(JavaImplementedOperators.named("lower_case"), value) : value, ascending, nullsFirst);
    }
}
