package io.lazuli.datafactory.dataflow;

import io.lazuli.algebra.expression.Call;
import io.lazuli.algebra.expression.Case;
import io.lazuli.algebra.expression.ColumnReference;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.FieldAccess;
import io.lazuli.algebra.expression.Lambda;
import io.lazuli.algebra.expression.LambdaVariable;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.operator.ArrayOperators;
import io.lazuli.algebra.operator.ComparisonOperators;
import io.lazuli.algebra.operator.ConversionOperators;
import io.lazuli.algebra.plan.NamedExpression;
import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.plan.Project;
import io.lazuli.algebra.type.ArrayType;
import io.lazuli.algebra.type.DataType;
import io.lazuli.algebra.type.Field;
import io.lazuli.algebra.type.MapType;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.algebra.type.StructType;
import io.lazuli.languages.dataflow.bind.ExpressionBinder;
import io.lazuli.languages.dataflow.scope.ExpressionScope;
import io.lazuli.languages.dataflow.scope.InputColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What stands in text files for the values of rows, as Spark writes them: dates are {@code 2024-05-31}, timestamps
 * {@code 2024-05-31T08:15:00.000Z}.
 */
final class WrittenValues {
    private static final String TIMESTAMP = "toString(value, `yyyy-MM-dd'T'HH:mm:ss.SSS'Z'`)";

    private WrittenValues() {
    }

    /** In delimited text values are as {@code toString} gives them, except timestamps. */
    static Plan delimited(Plan rows) {
        return each(rows, value -> {
            DataType type = value.type();
            boolean nested = type instanceof StructType || type instanceof ArrayType || type instanceof MapType;
            return nested || type == ScalarType.STRING || type == ScalarType.BINARY ? value
                : bound(type == ScalarType.TIMESTAMP ? TIMESTAMP : "toString(value)", value);
        });
    }

    /** In JSON dates and timestamps are texts, also within structures and arrays. */
    static Plan json(Plan rows) {
        return each(rows, WrittenValues::withTexts);
    }

    private static Plan each(Plan rows, UnaryOperator<Expression> value) {
        return new Project(rows, rows.schema().fields().stream()
            .map(field -> new NamedExpression(field.name(), value.apply(ColumnReference.of(field)))).toList());
    }

    private static Expression bound(String text, Expression value) {
        return ExpressionBinder.bind(text, ExpressionScope.EMPTY.withColumns(List.of(InputColumn.of("", "value", value))));
    }

    private static boolean hasTime(DataType type) {
        return switch (type) {
            case StructType struct -> struct.fields().stream().anyMatch(field -> hasTime(field.type()));
            case ArrayType array -> hasTime(array.element());
            default -> type == ScalarType.DATE || type == ScalarType.TIMESTAMP;
        };
    }

    private static Expression withTexts(Expression value) {
        if (!hasTime(value.type())) {
            return value;
        }
        return switch (value.type()) {
            case StructType struct -> structure(value, struct);
            case ArrayType array -> {
                LambdaVariable item = new LambdaVariable("written " + depth(array), array.element());
                yield Call.of(ArrayOperators.ARRAY_TRANSFORM, value, new Lambda(List.of(item), withTexts(item)));
            }
            default -> bound(value.type() == ScalarType.TIMESTAMP ? TIMESTAMP : "toString(value)", value);
        };
    }

    private static int depth(DataType type) {
        return switch (type) {
            case StructType struct -> 1 + struct.fields().stream().mapToInt(field -> depth(field.type())).max().orElse(0);
            case ArrayType array -> 1 + depth(array.element());
            default -> 0;
        };
    }

    /** A structure that is null stays null. */
    private static Expression structure(Expression value, StructType struct) {
        List<Field> fields = new ArrayList<>();
        List<Expression> values = new ArrayList<>();
        struct.fields().forEach(field -> {
            values.add(withTexts(FieldAccess.of(value, field.name())));
            fields.add(new Field(field.name(), values.getLast().type()));
        });
        StructType type = new StructType(fields);
        return new Case(List.of(new Case.Branch(
            Call.of(ComparisonOperators.IS_NULL, value), new Literal(null, type))), new Call(ConversionOperators.STRUCTURE, values, type));
    }
}
