package io.lazuli.engine.spark;

import static io.lazuli.engine.spark.RandomValues.DECIMAL;
import static io.lazuli.engine.spark.RandomValues.LONG_DECIMAL;
import static io.lazuli.engine.spark.RandomValues.MAP;
import static io.lazuli.engine.spark.RandomValues.NUMBERS;
import static io.lazuli.engine.spark.RandomValues.PAIR;
import static io.lazuli.engine.spark.RandomValues.PAIRS;
import static io.lazuli.engine.spark.RandomValues.TYPES;

import io.lazuli.algebra.expression.Call;
import io.lazuli.algebra.expression.Case;
import io.lazuli.algebra.expression.Cast;
import io.lazuli.algebra.expression.ColumnReference;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.FieldAccess;
import io.lazuli.algebra.expression.Lambda;
import io.lazuli.algebra.expression.LambdaVariable;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.operator.ArrayOperators;
import io.lazuli.algebra.operator.ComparisonOperators;
import io.lazuli.algebra.operator.ConversionOperators;
import io.lazuli.algebra.operator.LenientMathOperators;
import io.lazuli.algebra.operator.MapOperators;
import io.lazuli.algebra.operator.StringOperators;
import io.lazuli.algebra.plan.Values;
import io.lazuli.algebra.type.ArrayType;
import io.lazuli.algebra.type.DataType;
import io.lazuli.algebra.type.DecimalType;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.algebra.type.StructType;
import java.util.List;
import java.util.Random;

/**
 * Makes rows and expressions over them, by chance but well typed. Nulls come from rows alone: with constant ones an engine may know a
 * result without what would fail in it.
 */
final class RandomExpressions {
    private final Random random;
    private final RandomValues values;
    private int variables;

    RandomExpressions(long seed) {
        this.random = new Random(seed);
        this.values = new RandomValues(random);
    }

    Values rows(int count) {
        return values.rows(count);
    }

    int number(int bound) {
        return random.nextInt(bound);
    }

    <T> T oneOf(List<T> some) {
        return some.get(random.nextInt(some.size()));
    }

    Expression expression(int depth) {
        return expression(oneOf(TYPES), depth);
    }

    Expression expression(DataType type, int depth) {
        if (depth <= 0 || random.nextInt(8) == 0) {
            return random.nextInt(3) > 0 && TYPES.contains(type) ? new ColumnReference("c" + type, type)
                : new Literal(values.value(type), type);
        }
        if (random.nextInt(4) == 0) {
            Expression special = special(type, depth - 1);
            if (special != null) {
                return special;
            }
        }
        // Operators with many types would crowd out the others.
        List<OperatorForms.Form> all = OperatorForms.ALL.getOrDefault(type, List.of());
        List<String> names = all.stream().map(form -> form.operator().name()).distinct().toList();
        if (names.isEmpty()) {
            return expression(type, 0);
        }
        String name = oneOf(names);
        OperatorForms.Form form = oneOf(all.stream().filter(each -> each.operator().name().equals(name)).toList());
        return Call.of(form.operator(), form.parameters().stream().map(parameter -> parameter.of(this, depth - 1)).toList());
    }

    private Expression special(DataType type, int depth) {
        return switch (random.nextInt(4)) {
            case 0 -> new Case(List.of(new Case.Branch(expression(ScalarType.BOOLEAN, depth), expression(type, depth))),
                expression(type, depth));
            case 1 -> part(type, depth);
            case 2 -> reduced(type, depth);
            default -> type instanceof ArrayType array ? overElements(array, depth) : whole(type, depth);
        };
    }

    /** Of what is made of parts, or converted. */
    private Expression whole(DataType type, int depth) {
        return switch (type) {
            case StructType struct -> new Call(ConversionOperators.STRUCTURE,
                struct.fields().stream().map(field -> expression(field.type(), depth)).toList(), struct);
            case ScalarType.STRING -> Cast.strict(expression(oneOf(List.of(ScalarType.BOOLEAN, ScalarType.INT8, ScalarType.INT32,
                ScalarType.INT64, DECIMAL, LONG_DECIMAL, ScalarType.DATE, ScalarType.TIMESTAMP, ScalarType.FLOAT64, NUMBERS, PAIRS, MAP)),
                depth), type);
            case ScalarType.TIMESTAMP -> Cast.strict(expression(ScalarType.DATE, depth), type);
            case ScalarType.DATE -> Cast.strict(expression(ScalarType.TIMESTAMP, depth), type);
            case ScalarType.FLOAT64, ScalarType.FLOAT32, ScalarType.INT8, ScalarType.INT16, ScalarType.INT32, ScalarType.INT64 ->
                Cast.orNull(expression(number(), depth), type);
            case DecimalType _ -> Cast.orNull(expression(number(), depth), type);
            default -> null;
        };
    }

    private DataType number() {
        return oneOf(TYPES.stream().filter(DataType::isNumeric).toList());
    }

    private Expression part(DataType type, int depth) {
        if (type == ScalarType.INT32 && random.nextBoolean()) {
            return Call.of(MapOperators.MAP_VALUE, expression(MAP, depth), expression(ScalarType.STRING, depth));
        }
        return PAIR.fields().stream().filter(field -> field.type().equals(type)).findFirst()
            .<Expression>map(field -> FieldAccess.of(expression(PAIR, depth), field.name())).orElse(null);
    }

    private LambdaVariable variable(String name, DataType type) {
        return new LambdaVariable(name + variables++, type);
    }

    /** What becomes of the elements of numbers from the first to the last. */
    private Expression reduced(DataType type, int depth) {
        LambdaVariable result = variable("result", type);
        LambdaVariable item = variable("item", ScalarType.INT32);
        Expression text = Cast.strict(item, ScalarType.STRING);
        Expression step = switch (type) {
            case ScalarType.INT32 -> Call.of(LenientMathOperators.ADD_WRAPPING, result, item);
            case ScalarType.STRING -> Call.of(ComparisonOperators.COALESCE, Call.of(
                StringOperators.CONCAT, result, text), result);
            case ScalarType.FLOAT64 -> Call.of(LenientMathOperators.GREATEST, result, Cast.strict(item, type));
            default -> null;
        };
        return step == null ? null
            : Call.of(ArrayOperators.ARRAY_REDUCE, expression(NUMBERS, depth), expression(type, depth),
                new Lambda(List.of(result, item), step));
    }

    private Expression overElements(ArrayType type, int depth) {
        LambdaVariable item = variable("item", type.element());
        LambdaVariable other = variable("other", type.element());
        LambdaVariable index = variable("index", ScalarType.INT64);
        return switch (random.nextInt(4)) {
            case 0 -> Call.of(ArrayOperators.ARRAY_FILTER, expression(type, depth), new Lambda(List.of(item),
                Call.of(ComparisonOperators.LESS, item, expression(type.element(), 0))));
            case 1 -> Call.of(ArrayOperators.ARRAY_TRANSFORM, expression(type, depth), new Lambda(List.of(item, index),
                new Case(List.of(new Case.Branch(Call.of(ComparisonOperators.GREATER, index, Literal.int64(1)), item)),
                    expression(type.element(), 0))));
            case 2 -> Call.of(ArrayOperators.ARRAY_SORT, expression(type, depth), new Lambda(List.of(item, other), new Case(List.of(
                new Case.Branch(Call.of(ComparisonOperators.LESS, item, other), Literal.int32(-1)),
                new Case.Branch(Call.of(ComparisonOperators.GREATER, item, other), Literal.int32(1))), Literal.int32(0))));
            default -> Call.of(ConversionOperators.ARRAY, List.of(expression(type.element(), depth), expression(type.element(), depth)));
        };
    }
}
