package io.lazuli.languages.dataflow.transform;

import io.lazuli.algebra.expression.Call;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.operator.ComparisonOperators;
import io.lazuli.algebra.type.DataType;
import io.lazuli.algebra.type.DecimalType;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.languages.dataflow.function.Conversions;
import io.lazuli.languages.dataflow.function.FlowTypes;
import io.lazuli.languages.dataflow.syntax.FlowExpression;
import io.lazuli.languages.dataflow.syntax.TypeName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Values as the types and formats that a script declares for columns: {@code released as date 'M/d/yyyy'}. */
final class DeclaredColumns {
    /** The functions that read a text by a format. */
    private static final Map<DataType, String> READERS = Map.of(ScalarType.DATE, "toDate", ScalarType.TIMESTAMP, "toTimestamp",
        ScalarType.INT8, "toByte", ScalarType.INT16, "toShort", ScalarType.INT32, "toInteger", ScalarType.INT64, "toLong",
        ScalarType.FLOAT32, "toFloat", ScalarType.FLOAT64, "toDouble");

    private DeclaredColumns() {
    }

    /**
     * The value in the declared type, null where it does not fit.
     *
     * @param formats the formats that are tried for the type when the declaration has none
     */
    static Expression value(FlowContext context, Expression value, TypeName.Member declared, List<String> formats) {
        DataType type = FlowTypes.of(declared.type());
        List<String> patterns = declared.format().map(List::of).orElse(formats);
        String reader = type instanceof DecimalType ? "toDecimal" : READERS.get(type);
        if (value.type() != ScalarType.STRING || patterns.isEmpty() || reader == null) {
            return Conversions.convert(value, type);
        }
        List<Expression> read = new ArrayList<>();
        for (String pattern : patterns) {
            FlowExpression text = new FlowExpression.PatternVariable("$", declared.at());
            List<FlowExpression> arguments = new ArrayList<>(List.of(text));
            if (type instanceof DecimalType decimal) {
                arguments.add(new FlowExpression.Constant(decimal.precision(), declared.at()));
                arguments.add(new FlowExpression.Constant(decimal.scale(), declared.at()));
            }
            arguments.add(new FlowExpression.Constant(pattern, declared.at()));
            FlowExpression call = new FlowExpression.Call(reader, arguments, declared.at());
            FlowColumn column = new FlowColumn(declared.name(), List.of(), declared.name(), value.type(), false);
            read.add(Conversions.convert(Scope.withoutColumns(context).matching(column, 1, value, value, false).bind(call), type));
        }
        return read.size() == 1 ? read.getFirst() : Call.of(ComparisonOperators.COALESCE, read);
    }
}
