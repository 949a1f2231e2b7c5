package io.lazuli.languages.dataflow.script;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.NearestName;
import io.lazuli.languages.dataflow.syntax.FlowExpression;
import io.lazuli.languages.dataflow.syntax.FlowExpression.Call;
import io.lazuli.languages.dataflow.syntax.FlowExpression.Constant;
import java.util.List;

/** {@code partitionBy('hash', 4, city)}, which any transformation takes: a kind, the number of partitions, and what the kind looks at. */
final class PartitionForm {
    private static final List<String> KINDS = List.of("roundRobin", "hash", "dynamicRange", "key", "range", "external");

    private PartitionForm() {
    }

    /** Fails with {@code SYNTAX_ERROR} for a kind that does not exist and a number that is none; parameters may say both later. */
    static void check(Call partitionBy) {
        List<FlowExpression> arguments = partitionBy.arguments();
        if (arguments.size() < 2) {
            throw failure(CommonError.SYNTAX_ERROR, partitionBy.at(), "Expected partitionBy('hash', 4, column), found %s", partitionBy);
        }
        if (arguments.get(0) instanceof Call(String name, var _, var at) && name.equals("null")) {
            throw failure(CommonError.SYNTAX_ERROR, at, "There are no partitions null(), but %s", KINDS);
        }
        if (arguments.get(0) instanceof Constant(Object kind, var at) && (kind == null || !KINDS.contains(kind))) {
            throw failure(CommonError.SYNTAX_ERROR, at, "There are no partitions %s, but %s%s", arguments.get(0), KINDS,
                NearestName.hint(String.valueOf(kind), KINDS));
        }
        if (arguments.get(1) instanceof Constant(Object count, var at)
            && !(count instanceof Byte || count instanceof Short || count instanceof Integer || count instanceof Long)) {
            throw failure(CommonError.SYNTAX_ERROR, at, "The number of partitions is a whole number, not %s", arguments.get(1));
        }
    }
}
