package io.lazuli.engine.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.algebra.expression.Call;
import io.lazuli.algebra.expression.Cast;
import io.lazuli.algebra.expression.ColumnReference;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.operator.ArrayOperators;
import io.lazuli.algebra.operator.ConversionOperators;
import io.lazuli.algebra.operator.LenientMathOperators;
import io.lazuli.algebra.operator.MathOperators;
import io.lazuli.algebra.operator.Operator;
import io.lazuli.algebra.operator.StringOperators;
import io.lazuli.algebra.operator.TextSliceOperators;
import io.lazuli.algebra.plan.NamedExpression;
import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.plan.Project;
import io.lazuli.algebra.plan.Values;
import io.lazuli.algebra.type.ArrayType;
import io.lazuli.algebra.type.DataType;
import io.lazuli.algebra.type.DecimalType;
import io.lazuli.algebra.type.Field;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.algebra.type.Schema;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Calls within calls stay small for Spark, and have the values that they have one by one, each over the results of the one before. Were an
 * argument written as often as its operator looks at it, most of these texts would have from 33 thousand characters up to more than memory
 * holds.
 */
class DeepExpressionsTest {
    private static final int DEPTH = 8;
    /** A third more than the longest has; the shortest of those written again and again would have more. */
    private static final int LARGEST_TEXT = 30_000;
    private static final DataType DECIMAL = new DecimalType(24, 6);
    private static final DataType NUMBERS = new ArrayType(ScalarType.INT32);
    private static final Schema SCHEMA = Schema.of(new Field("float", ScalarType.FLOAT64), new Field("decimal", DECIMAL),
        new Field("whole", ScalarType.INT32), new Field("text", ScalarType.STRING), new Field("numbers", NUMBERS));
    private static final Values ROWS = new Values(SCHEMA, List.of(
        row(-12.345, new BigDecimal("12.345678"), 2, "12.5", List.of(3, 1, 2)),
        row(1e300, new BigDecimal("-0.500000"), -1, " 7 ", List.of()),
        row(null, null, 1, null, null), row(2.5, new BigDecimal("2.500000"), null, "x", List.of(5))));

    private final BothEngines engines = BothEngines.open();

    private static List<Expression> row(Object... values) {
        return IntStream.range(0, values.length)
            .<Expression>mapToObj(i -> new Literal(values[i], SCHEMA.fields().get(i).type())).toList();
    }

    /** A column, and what is done with it again and again. */
    private record Nest(String column, UnaryOperator<Expression> step) {
    }

    private static Expression column(String name) {
        return ColumnReference.of(SCHEMA.fields().get(SCHEMA.names().indexOf(name)));
    }

    private static Named<Nest> nest(Operator operator, String column, String... others) {
        return Named.of(operator.name() + " of " + column, new Nest(column, value -> Call.of(operator,
            Stream.concat(Stream.of(value), Stream.of(others).map(DeepExpressionsTest::column)).toList())));
    }

    private static Named<Nest> nest(String name, String column, UnaryOperator<Expression> step) {
        return Named.of(name, new Nest(column, step));
    }

    static Stream<Named<Nest>> nests() {
        Literal one = Literal.int32(1);
        return Stream.of(nest(MathOperators.ROUND, "float", "whole"), nest(MathOperators.TRUNCATE, "float", "whole"),
            nest(MathOperators.ROUND, "decimal", "whole"), nest(MathOperators.TRUNCATE, "decimal", "whole"),
            nest("quotients", "whole", value -> Call.of(LenientMathOperators.DIVIDE_OR_NULL, value, one)),
            nest(TextSliceOperators.DROP_RIGHT, "text", "whole"),
            nest(LenientMathOperators.GREATEST, "numbers", "numbers"), nest(MathOperators.FLOOR, "float"),
            nest("repeated texts", "text", value -> Call.of(StringOperators.REPEAT, value, one)),
            nest("numbers from texts and back", "text",
                value -> Cast.orNull(Cast.orNull(value, DECIMAL), ScalarType.STRING)),
            nest("split texts", "text", value -> Call.of(ArrayOperators.ARRAY_ITEM,
                Call.of(StringOperators.SPLIT, value, column("text")), one)),
            nest("slices", "numbers", value -> Call.of(ArrayOperators.ARRAY_SLICE, value, one, column("whole"))),
            nest("characters", "text", value -> Call.of(StringOperators.CHARACTER_OF, Call.of(StringOperators.CODE_OF, value))),
            nest("elements", "whole", value -> Call.of(ConversionOperators.ELEMENT_AT, column("numbers"),
                Cast.orNull(value, ScalarType.INT64))));
    }

    @ParameterizedTest
    @MethodSource("nests")
    void staySmallAndHaveTheValuesOfTheirParts(Nest nest) {
        Expression whole = column(nest.column());
        Plan parts = ROWS;
        for (int i = 0; i < DEPTH; i++) {
            whole = nest.step().apply(whole);
            Expression part = nest.step().apply(column(nest.column()));
            parts = new Project(parts, SCHEMA.fields().stream().map(field -> new NamedExpression(field.name(),
                field.name().equals(nest.column()) ? part : ColumnReference.of(field))).toList());
        }
        Plan deep = new Project(ROWS, List.of(new NamedExpression("deep", whole)));
        assertThat(engines.spark.explain(deep).length()).isLessThan(LARGEST_TEXT);
        Plan expected = new Project(parts, List.of(new NamedExpression("deep", column(nest.column()))));
        assertThat(engines.onSpark(deep)).isEqualTo(engines.onDuckDb(expected));
    }
}
