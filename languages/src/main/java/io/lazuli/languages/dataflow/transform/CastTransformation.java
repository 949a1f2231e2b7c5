package io.lazuli.languages.dataflow.transform;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.AlgebraError;
import io.lazuli.algebra.expression.Call;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.operator.ComparisonOperators;
import io.lazuli.foundation.NearestName;
import io.lazuli.languages.dataflow.syntax.TypeName;
import io.lazuli.languages.dataflow.transform.FlowColumn.Output;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * {@code cast(output(age as integer, born as date 'yyyy-MM-dd'), errors: true)}: columns in other types; what does not fit becomes null.
 *
 * <p>With {@code errors} such a row counts as one that failed an assertion.
 */
final class CastTransformation {
    private CastTransformation() {
    }

    static FlowStream apply(Arguments arguments, FlowStream input) {
        List<Output> outputs = new ArrayList<>(input.visible().stream().map(FlowColumn::output).toList());
        Expression failed = Literal.FALSE;
        for (TypeName.Member declared : arguments.declared("output")) {
            int place = place(declared, outputs);
            Output before = outputs.get(place);
            Expression value = DeclaredColumns.value(arguments.context(), before.expression(), declared, List.of());
            outputs.set(place, new Output(before.name(), value, before.streams(), before.drifted()));
            Expression lost = Conditions.and(Conditions.isNull(value), Conditions.not(Conditions.isNull(before.expression())));
            failed = failed.equals(Literal.FALSE) ? lost : Call.of(ComparisonOperators.OR, failed, lost);
        }
        if (!arguments.flag("errors", false)) {
            return input.select(outputs);
        }
        FlowStream noted = AssertTransformation.note(input, failed, arguments.statement().name(), Literal.string("Type conversion failed"));
        return FlowStream.project(noted.plan(),
            Stream.concat(outputs.stream(), noted.hidden().stream().map(FlowColumn::output)).toList());
    }

    private static int place(TypeName.Member declared, List<Output> outputs) {
        List<String> names = outputs.stream().map(Output::name).toList();
        if (!names.contains(declared.name())) {
            throw failure(AlgebraError.COLUMN_NOT_FOUND, declared.at(), "Column '%s' is not found; there are %s%s", declared.name(), names,
                NearestName.hint(declared.name(), names));
        }
        return names.indexOf(declared.name());
    }
}
