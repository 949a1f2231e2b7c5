package io.lazuli.languages.dataflow.transform;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.expression.Call;
import io.lazuli.algebra.expression.Cast;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.FieldAccess;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.operator.ConversionOperators;
import io.lazuli.algebra.plan.Filter;
import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.plan.Unnest;
import io.lazuli.algebra.type.DataType;
import io.lazuli.algebra.type.Field;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.algebra.type.StructType;
import io.lazuli.foundation.CommonError;
import io.lazuli.languages.dataflow.function.FlowTypes;
import io.lazuli.languages.dataflow.syntax.TypeName;
import io.lazuli.languages.dataflow.transform.FlowColumn.Output;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code unpivot(output(month as string, sales as long), ungroupBy(shop), ignoreNullPivots: false)}: a row for each column that is not
 * grouped by, with the column's name and its value.
 */
final class UnpivotTransformation {
    private UnpivotTransformation() {
    }

    static FlowStream apply(Arguments arguments, FlowStream input) {
        List<TypeName.Member> declared = arguments.declared("output");
        if (declared.size() != 2) {
            throw failure(CommonError.SYNTAX_ERROR, arguments.statement().at(),
                "An unpivot declares two columns, for names and for values: output(month as string, sales as long)");
        }
        List<Output> keys = keys(arguments, input);
        List<FlowColumn> turned = input.visible().stream()
            .filter(column -> keys.stream().noneMatch(key -> key.expression().equals(column.reference()))).toList();
        if (turned.isEmpty()) {
            throw failure(CommonError.INVALID_ARGUMENT, arguments.statement().at(), "All columns are grouped by; none is left to unpivot");
        }
        String pair = FlowStream.freeName("pair", input.plan());
        Plan pairs = new Unnest(input.plan(), pairs(turned, FlowTypes.of(declared.get(1).type())), pair, false);
        Expression element = FlowStream.reference(pairs, pair);
        Plan kept = arguments.flag("ignoreNullPivots", false)
            ? new Filter(pairs, Conditions.not(Conditions.isNull(FieldAccess.of(element, "value")))) : pairs;
        List<Output> outputs = new ArrayList<>(keys);
        outputs.add(Output.of(declared.get(0).name(),
            Cast.orNull(FieldAccess.of(element, "name"), FlowTypes.of(declared.get(0).type()))));
        outputs.add(Output.of(declared.get(1).name(), FieldAccess.of(element, "value")));
        return input.over(kept).select(outputs);
    }

    private static List<Output> keys(Arguments arguments, FlowStream input) {
        Scope scope = Scope.of(arguments.context(), input);
        return arguments.part("ungroupBy").map(part -> part.arguments().stream().map(argument -> scope.column(scope.bind(argument))
            .map(FlowColumn::output).orElseThrow(() -> failure(CommonError.SYNTAX_ERROR, argument.at(), "%s is no column", argument)))
            .toList()).orElse(List.of());
    }

    private static Expression pairs(List<FlowColumn> columns, DataType type) {
        StructType pair = new StructType(List.of(new Field("name", ScalarType.STRING), new Field("value", type)));
        return Call.of(ConversionOperators.ARRAY, columns.stream().<Expression>map(column -> new Call(ConversionOperators.STRUCTURE,
            List.of(Literal.string(column.name()), Cast.orNull(column.reference(), type)), pair)).toList());
    }
}
