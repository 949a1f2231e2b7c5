package io.lazuli.languages.dataflow.transform;

import io.lazuli.algebra.expression.Call;
import io.lazuli.algebra.expression.Cast;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.operator.LenientMathOperators;
import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.languages.dataflow.function.Conversions;
import io.lazuli.languages.dataflow.function.FlowTypes;
import io.lazuli.languages.dataflow.syntax.TypeName;

/** {@code keyGenerate(output(id as long), startAt: 100L, stepValue: 10L)}: numbers the rows. */
final class KeyGenerateTransformation {
    private KeyGenerateTransformation() {
    }

    static FlowStream apply(Arguments arguments, FlowStream input) {
        TypeName.Member output = AddedColumn.declared(arguments);
        String field = FlowStream.freeName("number", input.plan());
        Plan numbered = RowNumbers.add(input.plan(), field);
        Expression index = Call.of(LenientMathOperators.SUBTRACT_WRAPPING, FlowStream.reference(numbered, field), Literal.int64(1));
        Expression key = Call.of(LenientMathOperators.ADD_WRAPPING, number(arguments, "startAt"),
            Call.of(LenientMathOperators.MULTIPLY_WRAPPING, index, number(arguments, "stepValue")));
        return AddedColumn.to(input.over(numbered), output.name(), Conversions.convert(key, FlowTypes.of(output.type())));
    }

    private static Expression number(Arguments arguments, String option) {
        return arguments.option(option).map(value -> Cast.strict(Scope.withoutColumns(arguments.context()).bind(value), ScalarType.INT64))
            .orElse(Literal.int64(1));
    }
}
